// SPDX-License-Identifier: MIT
// The sections of the summary on what is at risk: before and after waivers, each document once;
// waivers that are void; suggested grades.
#include "engine/base/currency.h"
#include "reports/figures/documents.h"
#include "reports/figures/risk.h"
#include "reports/figures/waiver_status.h"
#include "reports/words/words.h"
#include "reports/xlsx/xlsx_inside.h"

// ---- amounts and documents

static void write_risk(const struct xlsx *xlsx, const struct documents *documents,
                       const struct risks *risks, size_t at)
{
    struct sheet *sheet = xlsx->summary;
    const struct risk *risk = &risks->items[at];
    const struct sum *once = risk_once(risks, at, documents);
    const struct sum all = {risk->kind, risk->currency, risk->negative, risk->all,
                            risk->exceptions};
    const struct sum open = {risk->kind, risk->currency, risk->negative, risk->open,
                             risk->exceptions};
    sheet_add_row(sheet);
    sheet_add_text(sheet, word_kind(risk->kind, xlsx->run->language), STYLE_TEXT);
    xlsx_add_sum(sheet, &all);
    sheet_add_text(sheet, risk->currency, STYLE_TEXT);
    xlsx_add_sum(sheet, &open);
    sheet_add_text(sheet, xlsx_say(xlsx, risk->assumed ? WORD_ASSUMED : WORD_ESTABLISHED),
                   STYLE_TEXT);
    if (once) {
        sheet_add_count(sheet, once->count);
        xlsx_add_sum(sheet, once);
    }
}

static void write_risks(const struct xlsx *xlsx, const struct documents *documents)
{
    struct risks risks;
    risks_init(&risks, xlsx->run);
    if (risks.count > 0) {
        xlsx_begin_section(xlsx, word_get(WORD_AMOUNTS_AT_RISK, xlsx->run->language));
        HEADINGS(xlsx, WORD_KIND, WORD_AMOUNT_BEFORE, WORD_EXACT, WORD_CURRENCY, WORD_AMOUNT_OPEN,
                 WORD_EXACT, WORD_BASIS, WORD_DOCUMENTS, WORD_ONCE, WORD_EXACT);
    }
    for (size_t i = 0; i < risks.count; i++)
        write_risk(xlsx, documents, &risks, i);
}

static void write_count(const struct xlsx *xlsx, enum word word, size_t count)
{
    sheet_add_row(xlsx->summary);
    sheet_add_text(xlsx->summary, xlsx_say(xlsx, word), STYLE_TEXT);
    sheet_add_count(xlsx->summary, count);
}

static void write_documents(const struct xlsx *xlsx)
{
    struct documents documents;
    documents_init(&documents, xlsx->run);
    write_risks(xlsx, &documents);
    if (documents.count > 0) {
        xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_DISTINCT));
        write_count(xlsx, WORD_ALL, documents.count);
        write_count(xlsx, WORD_DISTINCT_SHARED, documents.shared);
    }
    documents_clear(&documents);
}

// ---- waivers that are void

static void write_void(const struct xlsx *xlsx, const struct waiver *waiver)
{
    struct sheet *sheet = xlsx->summary;
    const char *language = xlsx->run->language;
    struct buffer place = {0}, why = {0};
    buffer_printf(&place, "%s:%lld", xlsx->run->engagement->waivers, (long long)waiver->line);
    waiver_status_explain(waiver, language, &why);
    sheet_add_row(sheet);
    sheet_add_text(sheet, buffer_text(&place), STYLE_TEXT);
    xlsx_add_masked(xlsx, sheet, waiver->exception, STYLE_WRAP);
    sheet_add_text(sheet, word_waiver(waiver_problem(waiver), language), STYLE_WRAP);
    xlsx_add_masked(xlsx, sheet, buffer_text(&why), STYLE_WARNING);
    buffer_clear(&place);
    buffer_clear(&why);
}

static void write_waivers(const struct xlsx *xlsx)
{
    const struct waivers *waivers = xlsx->run->waivers;
    if (waivers_warnings(waivers) == 0)
        return;
    xlsx_begin_section(xlsx, word_get(WORD_VOID_WAIVERS, xlsx->run->language));
    HEADINGS(xlsx, WORD_WAIVER_LINE, WORD_EXCEPTION, WORD_WAIVER, WORD_WHY_VOID);
    for (size_t i = 0; i < waivers->count; i++)
        if (waiver_problem(&waivers->items[i]) != WAIVER_APPLIED)
            write_void(xlsx, &waivers->items[i]);
}

// ---- grades

static void write_graded(const struct xlsx *xlsx, int index)
{
    struct sheet *sheet = xlsx->summary;
    const struct run *run = xlsx->run;
    const struct graded_control *graded = &xlsx->grading.controls[index];
    struct buffer reasons = {0};
    grade_reasons(graded->reasons, run->language, &reasons);
    sheet_add_row(sheet);
    sheet_add_text(sheet, grade_text(graded->grade, run->language),
                   graded->grade == GRADE_MATERIAL ? STYLE_WARNING : STYLE_TEXT);
    xlsx_add_control(xlsx, sheet, index);
    sheet_add_count(sheet, graded->open);
    sheet_add_count(sheet, graded->grave);
    sheet_add_amount(sheet, graded->amount, currency_digits(run->data->scope.currency));
    sheet_add_text(sheet, buffer_text(&reasons), STYLE_TEXT);
    sheet_add_text(sheet, bilingual_get(&run->engagement->controls[index].title, run->language),
                   STYLE_TEXT);
    buffer_clear(&reasons);
}

static void write_grades(const struct xlsx *xlsx)
{
    if (!xlsx->run->engagement->materiality.stated)
        return;
    xlsx_begin_section(xlsx, word_get(WORD_GRADES, xlsx->run->language));
    for (int grade = GRADE_MATERIAL; grade >= GRADE_SIGNIFICANT; grade--) {
        struct buffer threshold = {0};
        grade_threshold(xlsx->run, (enum grade)grade, &threshold);
        sheet_add_row(xlsx->summary);
        sheet_add_text(xlsx->summary, buffer_text(&threshold), STYLE_TEXT);
        buffer_clear(&threshold);
    }
    HEADINGS(xlsx, WORD_SUGGESTED_GRADE, WORD_CONTROL, WORD_OPEN, WORD_GRAVE, WORD_AMOUNT,
             WORD_EXACT, WORD_SUGGESTED_BY, WORD_TITLE);
    for (int grade = GRADE_MATERIAL; grade >= GRADE_GENERAL; grade--)
        for (int i = 0; i < xlsx->grading.count; i++)
            if ((int)xlsx->grading.controls[i].grade == grade)
                write_graded(xlsx, i);
}

void xlsx_write_followup(const struct xlsx *xlsx)
{
    write_documents(xlsx);
    write_waivers(xlsx);
    write_grades(xlsx);
}
