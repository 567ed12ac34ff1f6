// SPDX-License-Identifier: MIT
#include "engine/base/calendar.h"
#include "engine/base/currency.h"
#include "engine/base/memory.h"
#include "reports/figures/exception.h"
#include "reports/xlsx/xlsx_inside.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

// ---- controls

static const struct xlsx_column control_columns[] = {
    {WORD_CONTROL, 10},        {WORD_TITLE, 40},
    {WORD_FAMILY, 8},          {WORD_SEVERITY, 10},
    {WORD_STATUS, 13},         {WORD_POPULATION, 28},
    {WORD_LOADED, 10},         {WORD_IN_SCOPE, 10},
    {WORD_NOT_APPLICABLE, 11}, {WORD_TESTED, 10},
    {WORD_PASSED, 10},         {WORD_UNTESTABLE, 11},
    {WORD_ERRORS, 8},          {WORD_EXCEPTION_COUNT, 11},
    {WORD_WAIVED, 9},          {WORD_RATE, 10},
    {WORD_EXCEPTION_ROWS, 11}, {WORD_AMOUNT, 18},
    {WORD_EXACT, 14},          {WORD_AMOUNT_OPEN, 18},
    {WORD_EXACT_OPEN, 14},     {WORD_CURRENCY, 9},
    {WORD_KIND, 13},           {WORD_SUGGESTED, 18},
    {WORD_SUGGESTED_BY, 16},   {WORD_THRESHOLD, 40},
    {WORD_REASON, 40},         {WORD_RISK, 40},
    {WORD_TESTS, 50},          {WORD_FOLLOW_UP, 50},
    {WORD_SOURCE_CLAUSE, 30},  {WORD_REQUIRED, 9},
    {WORD_RULE_FILE, 28},      {WORD_RULE_HASH, 20},
};
enum { CONTROL_COUNT_COLUMNS = 11 };

static int lines_of(const struct control_result *result)
{
    return result->amount_count > 1 ? result->amount_count : 1;
}

static void add_list(struct buffer *out, const char *text)
{
    buffer_printf(out, "%s%s", out->length ? "; " : "", text);
}

static void add_population(const struct xlsx *xlsx, const struct control *control)
{
    struct buffer text = {0};
    for (int i = 0; i < control->population_count; i++) {
        buffer_add_text(&text, i ? ", " : "");
        xlsx_add_table_name(xlsx, control->populations[i], &text);
    }
    sheet_add_text(xlsx->controls, buffer_text(&text), STYLE_WRAP);
    buffer_clear(&text);
}

static void add_counts(const struct xlsx *xlsx, int index)
{
    struct sheet *sheet = xlsx->controls;
    const struct control_result *result = &xlsx->run->evaluation->results[index];
    sheet_add_count(sheet, result->loaded);
    sheet_add_count(sheet, result->in_scope);
    sheet_add_count(sheet, result->not_applicable);
    sheet_add_count(sheet, result->tested);
    sheet_add_count(sheet, result->passed);
    sheet_add_count(sheet, result->untestable);
    sheet_add_count(sheet, result->errors);
    if (result->exceptions > 0)
        sheet_add_count_link(sheet, result->exceptions, xlsx->exceptions,
                             xlsx->first_exceptions[index]);
    else
        sheet_add_count(sheet, 0);
    sheet_add_count(sheet, xlsx->waived.controls[index].exceptions);
    sheet_add_rate(sheet, result->exception_rows, result->tested);
    sheet_add_count(sheet, result->exception_rows);
}

static void add_amount(const struct xlsx *xlsx, int index, int line)
{
    struct sheet *sheet = xlsx->controls;
    const struct control *control = &xlsx->run->engagement->controls[index];
    const struct control_result *result = &xlsx->run->evaluation->results[index];
    if (line >= result->amount_count) {
        sheet_skip(sheet, 5);
    } else {
        const struct amount_total *amount = &result->amounts[line];
        const char *currency = dictionary_get(xlsx->run->data->texts, amount->currency).bytes;
        struct total open = {0};
        bool known = waived_open(&xlsx->waived, xlsx->run, index, line, &open);
        sheet_add_amount(sheet, amount->text, currency_digits(currency));
        xlsx_add_total(sheet, open, !known, currency);
        sheet_add_text(sheet, currency, STYLE_TEXT);
    }
    sheet_add_text(sheet, xlsx_word_kind(control->amount_kind, xlsx->run->language), STYLE_TEXT);
}

static void add_grade(const struct xlsx *xlsx, int index)
{
    enum grade grade = xlsx->grading.controls[index].grade;
    sheet_add_text(xlsx->controls, grade_text(grade, xlsx->run->language), STYLE_TEXT);
    xlsx_add_grade_reasons(xlsx, xlsx->controls, index);
    xlsx_add_threshold(xlsx, xlsx->controls, grade, STYLE_WRAP);
}

static void add_description(const struct xlsx *xlsx, const struct control *control)
{
    const char *language = xlsx->run->language;
    struct buffer sources = {0};
    for (int i = 0; i < control->source_count; i++)
        add_list(&sources, control->sources[i]);
    sheet_add_text(xlsx->controls, bilingual_get(&control->risk, language), STYLE_WRAP);
    sheet_add_text(xlsx->controls, bilingual_get(&control->tests, language), STYLE_WRAP);
    sheet_add_text(xlsx->controls, bilingual_get(&control->follow_up, language), STYLE_WRAP);
    sheet_add_text(xlsx->controls, buffer_text(&sources), STYLE_WRAP);
    sheet_add_text(xlsx->controls, control->required ? xlsx_say(xlsx, WORD_YES) : "", STYLE_TEXT);
    sheet_add_text(xlsx->controls, control->file, STYLE_TEXT);
    sheet_add_text(xlsx->controls, control->file_sha256, STYLE_TEXT);
    buffer_clear(&sources);
}

// One row, and a further one for each further currency: its counts are left out, so that the sums
// of the columns stay right.
static void write_control(const struct xlsx *xlsx, int index)
{
    struct sheet *sheet = xlsx->controls;
    const struct control *control = &xlsx->run->engagement->controls[index];
    const struct control_result *result = &xlsx->run->evaluation->results[index];
    const char *language = xlsx->run->language;
    for (int line = 0; line < lines_of(result); line++) {
        sheet_add_row(sheet);
        if (line == 0 && result->exceptions > 0)
            sheet_add_link(sheet, control->id, xlsx->exceptions, xlsx->first_exceptions[index]);
        else
            sheet_add_text(sheet, control->id, STYLE_BOLD);
        sheet_add_text(sheet, bilingual_get(&control->title, language), STYLE_WRAP);
        sheet_add_text(sheet, control->family, STYLE_TEXT);
        sheet_add_text(sheet, xlsx_word_severity(control->severity, language), STYLE_TEXT);
        sheet_add_text(sheet, xlsx_word_status(result->status, language), STYLE_TEXT);
        add_population(xlsx, control);
        if (line == 0)
            add_counts(xlsx, index);
        else
            sheet_skip(sheet, CONTROL_COUNT_COLUMNS);
        add_amount(xlsx, index, line);
        if (line > 0)
            continue;
        add_grade(xlsx, index);
        xlsx_add_reasons(xlsx, sheet, index, STYLE_WRAP);
        add_description(xlsx, control);
    }
}

// ---- exceptions and their evidence

static const struct xlsx_column exception_columns[] = {
    {WORD_NUMBER, 8},          {WORD_CONTROL, 10},    {WORD_SEVERITY, 10}, {WORD_TITLE, 34},
    {WORD_TABLE, 22},          {WORD_KEY, 20},        {WORD_LABEL, 14},    {WORD_DATE, 12},
    {WORD_CUSTOMER, 12},       {WORD_ACTOR, 12},      {WORD_AMOUNT, 18},   {WORD_EXACT, 14},
    {WORD_CURRENCY, 9},        {WORD_KIND, 13},       {WORD_MESSAGE, 70},  {WORD_VALUES, 40},
    {WORD_EVIDENCE_COUNT, 10}, {WORD_STATUS, 11},     {WORD_WAIVER, 14},   {WORD_WAIVER_REASON, 34},
    {WORD_APPROVED_BY, 12},    {WORD_EXPIRES_ON, 12}, {WORD_OWNER, 14},    {WORD_DISPOSITION, 14},
    {WORD_CAUSE, 24},          {WORD_COMMENT, 40},    {WORD_SOURCE, 34},   {WORD_ID, 40},
    {WORD_FINGERPRINT, 20},    {WORD_RULE_HASH, 20},
};

static const struct xlsx_column evidence_columns[] = {
    {WORD_EXCEPTION, 10}, {WORD_CONTROL, 10}, {WORD_ID, 40},     {WORD_ROLE, 12},
    {WORD_TABLE, 28},     {WORD_KEY, 24},     {WORD_SOURCE, 38}, {WORD_CONTENT, 100},
};

struct writing {
    const struct xlsx *xlsx;
    struct exception exception;
    size_t number;        // of the exception, from 0
    size_t evidence_rows; // written so far
    struct buffer text;
};

static const char *values_text(struct writing *writing)
{
    const struct finding *finding = writing->exception.finding;
    buffer_reset(&writing->text);
    for (int i = 0; i < finding->value_count; i++)
        buffer_printf(&writing->text, "%s%s=%s", i ? "; " : "", finding->values[i].name,
                      finding->values[i].text);
    return buffer_text(&writing->text);
}

// What people say about it.
static void write_followup(const struct xlsx *xlsx, const struct exception *exception)
{
    struct sheet *sheet = xlsx->exceptions;
    const struct waiver *waiver = exception->waiver;
    const struct disposition *disposition = exception->disposition;
    bool waived = strcmp(exception->status, "waived") == 0;
    sheet_add_text(sheet, xlsx_say(xlsx, waived ? WORD_WAIVED : WORD_OPEN), STYLE_TEXT);
    if (waiver) {
        char day[CALENDAR_TEXT_MAX];
        calendar_format_day(waiver->expires_on, day);
        sheet_add_text(sheet, xlsx_word_waiver(exception->waiver_status, xlsx->run->language),
                       waived ? STYLE_TEXT : STYLE_WARNING);
        xlsx_add_masked(xlsx, sheet, waiver->reason, STYLE_WRAP);
        xlsx_add_masked(xlsx, sheet, waiver->approved_by, STYLE_TEXT);
        sheet_add_day(sheet, day);
    } else {
        sheet_skip(sheet, 4);
    }
    xlsx_add_masked(xlsx, sheet, disposition ? disposition->owner : NULL, STYLE_TEXT);
    xlsx_add_masked(xlsx, sheet, disposition ? disposition->status : NULL, STYLE_TEXT);
    xlsx_add_masked(xlsx, sheet, disposition ? disposition->cause : NULL, STYLE_WRAP);
    xlsx_add_masked(xlsx, sheet, disposition ? disposition->comment : NULL, STYLE_WRAP);
}

static void write_exception(struct writing *writing)
{
    const struct xlsx *xlsx = writing->xlsx;
    const char *language = xlsx->run->language;
    struct sheet *sheet = xlsx->exceptions;
    const struct exception *exception = &writing->exception;
    const struct finding *finding = exception->finding;
    sheet_add_row(sheet);
    sheet_add_count(sheet, writing->number + 1);
    xlsx_add_control(xlsx, sheet, finding->control);
    sheet_add_text(sheet, xlsx_word_severity(finding->severity, language), STYLE_TEXT);
    sheet_add_text(sheet, bilingual_get(&exception->control->title, language), STYLE_TEXT);
    sheet_add_text(sheet, exception->table, STYLE_TEXT);
    sheet_add_text(sheet, finding->key, STYLE_TEXT);
    sheet_add_text(sheet, finding->label, STYLE_TEXT);
    sheet_add_day(sheet, buffer_text(&exception->date));
    sheet_add_text(sheet, buffer_text(&exception->customer), STYLE_TEXT);
    sheet_add_text(sheet, buffer_text(&exception->actor), STYLE_TEXT);
    sheet_add_amount(sheet, buffer_text(&exception->amount),
                     exception->currency ? currency_digits(exception->currency) : 0);
    sheet_add_text(sheet, exception->currency, STYLE_TEXT);
    sheet_add_text(
        sheet, finding->has_amount ? xlsx_word_kind(exception->control->amount_kind, language) : "",
        STYLE_TEXT);
    sheet_add_text(sheet, buffer_text(&exception->message), STYLE_WRAP);
    sheet_add_text(sheet, values_text(writing), STYLE_WRAP);
    sheet_add_count_link(sheet, (uint64_t)finding->evidence_count + 1, xlsx->evidence,
                         writing->evidence_rows);
    write_followup(xlsx, exception);
    sheet_add_text(sheet, buffer_text(&exception->source), STYLE_TEXT);
    sheet_add_text(sheet, buffer_text(&exception->id), STYLE_TEXT);
    sheet_add_text(sheet, finding->fingerprint, STYLE_TEXT);
    sheet_add_text(sheet, exception->control->file_sha256, STYLE_TEXT);
}

// "order_id=SO1; amount=10.00": the fields that the row fills.
static const char *content_text(struct writing *writing, int table, int64_t row)
{
    const struct run *run = writing->xlsx->run;
    const struct model_table *definition = &run->data->model->tables[table];
    bool chinese = strcmp(writing->xlsx->run->language, "zh") == 0;
    struct buffer *text = &writing->text;
    buffer_reset(text);
    for (int i = 0; i < definition->field_count; i++) {
        const struct field *field = &definition->fields[i];
        size_t before = text->length;
        buffer_printf(text, "%s%s=", before ? "; " : "",
                      chinese && field->label ? field->label : field->name);
        size_t named = text->length;
        if (!mask_format(run->mask, run->data, table, row, i, text) || text->length == named) {
            text->length = before;
            text->data[before] = '\0';
        }
    }
    return buffer_text(text);
}

static void write_evidence(struct writing *writing, enum xlsx_word role, int table, int64_t row)
{
    const struct xlsx *xlsx = writing->xlsx;
    const struct exception *exception = &writing->exception;
    struct sheet *sheet = xlsx->evidence;
    struct buffer *text = &writing->text;
    sheet_add_row(sheet);
    sheet_add_count_link(sheet, writing->number + 1, xlsx->exceptions, writing->number);
    sheet_add_text(sheet, exception->control->id, STYLE_TEXT);
    sheet_add_text(sheet, buffer_text(&exception->id), STYLE_TEXT);
    sheet_add_text(sheet, xlsx_say(xlsx, role), STYLE_TEXT);
    buffer_reset(text);
    xlsx_add_table_name(xlsx, table, text);
    sheet_add_text(sheet, buffer_text(text), STYLE_TEXT);
    buffer_reset(text);
    data_key(xlsx->run->data, table, row, text);
    sheet_add_text(sheet, buffer_text(text), STYLE_TEXT);
    buffer_reset(text);
    data_origin(xlsx->run->data, table, row, text);
    sheet_add_text(sheet, buffer_text(text), STYLE_TEXT);
    sheet_add_text(sheet, content_text(writing, table, row), STYLE_WRAP);
    writing->evidence_rows++;
}

static void write_finding(struct writing *writing, const struct finding *finding)
{
    exception_fill(&writing->exception, writing->xlsx->run, finding);
    write_exception(writing);
    write_evidence(writing, WORD_ROW_TESTED, finding->table, finding->row);
    for (int i = 0; i < finding->evidence_count; i++)
        write_evidence(writing, WORD_EVIDENCE_ROW, finding->evidence[i].table,
                       finding->evidence[i].row);
    writing->number++;
}

// ---- both

void xlsx_add_results(struct xlsx *xlsx)
{
    const struct run *run = xlsx->run;
    const struct evaluation *evaluation = run->evaluation;
    size_t controls = 0, evidence = evaluation->finding_count;
    int count = run->engagement->control_count;
    xlsx->control_rows = memory_new((size_t)count + 1, sizeof *xlsx->control_rows);
    xlsx->first_exceptions = memory_new((size_t)count + 1, sizeof *xlsx->first_exceptions);
    for (int i = 0; i < count; i++) {
        xlsx->control_rows[i] = controls;
        if (run_has_control(run, i))
            controls += (size_t)lines_of(&evaluation->results[i]);
    }
    // Findings are sorted by control.
    for (size_t i = evaluation->finding_count; i-- > 0;) {
        xlsx->first_exceptions[evaluation->findings[i].control] = i;
        evidence += (size_t)evaluation->findings[i].evidence_count;
    }
    xlsx->controls =
        xlsx_add_sheet(xlsx, WORD_CONTROLS, control_columns, COUNT(control_columns), controls, 2);
    xlsx->exceptions = xlsx_add_sheet(xlsx, WORD_EXCEPTIONS, exception_columns,
                                      COUNT(exception_columns), evaluation->finding_count, 2);
    xlsx->evidence =
        xlsx_add_sheet(xlsx, WORD_EVIDENCE, evidence_columns, COUNT(evidence_columns), evidence, 2);
}

void xlsx_write_results(struct xlsx *xlsx)
{
    const struct run *run = xlsx->run;
    for (int i = 0; i < run->engagement->control_count; i++)
        if (run_has_control(run, i))
            write_control(xlsx, i);
    struct writing writing = {.xlsx = xlsx};
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        run_tell(run, "report.xlsx", i);
        write_finding(&writing, &run->evaluation->findings[i]);
    }
    exception_clear(&writing.exception);
    buffer_clear(&writing.text);
}
