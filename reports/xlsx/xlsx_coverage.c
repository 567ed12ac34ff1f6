// SPDX-License-Identifier: MIT
// The sections of the summary on what was tested: how many controls, what their results rest on,
// what management states, what to import next.
#include "engine/data/statement.h"
#include "reports/figures/coverage.h"
#include "reports/words/words.h"
#include "reports/xlsx/xlsx_inside.h"

#include <stdlib.h>

enum { LINES_MAX = 20 };

static void add_sentence(const struct xlsx *xlsx, enum word word, size_t a, size_t b, size_t c,
                         size_t d)
{
    char texts[4][32];
    const size_t counts[] = {a, b, c, d};
    for (int i = 0; i < 4; i++)
        snprintf(texts[i], sizeof texts[i], "%zu", counts[i]);
    struct buffer text = {0};
    word_add_sentence(word, xlsx->run->language, texts[0], texts[1], texts[2], texts[3], &text);
    sheet_add_row(xlsx->summary);
    sheet_add_text(xlsx->summary, buffer_text(&text), STYLE_BOLD);
    buffer_clear(&text);
}

static void write_rests(const struct xlsx *xlsx, const struct coverage *coverage)
{
    struct sheet *sheet = xlsx->summary;
    if (coverage->rest_count == 0)
        return;
    xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_RESTS_ON));
    HEADINGS(xlsx, WORD_TAKEN_AS, WORD_CONTROL_COUNT, WORD_EXCEPTION_ROWS, WORD_RESTING_PASSED,
             WORD_BEARING, WORD_SENTENCE);
    for (size_t i = 0; i < coverage->rest_count && i < LINES_MAX; i++) {
        const struct coverage_rest *rest = &coverage->rests[i];
        const struct assumption *it = &xlsx->run->data->assumptions[rest->assumption];
        struct buffer name = {0}, sentence = {0};
        assumption_name(xlsx->run->data, rest->assumption, &name);
        assumption_sentence(xlsx->run->data, rest->assumption, xlsx->run->language, &sentence);
        sheet_add_row(sheet);
        sheet_add_text(sheet, buffer_text(&name), STYLE_TEXT);
        sheet_add_count(sheet, rest->controls);
        sheet_add_count(sheet, rest->exceptions);
        sheet_add_count(sheet, rest->passed);
        sheet_add_text(sheet, word_bearing(it->accuses, it->acquits, xlsx->run->language),
                       STYLE_TEXT);
        sheet_add_text(sheet, buffer_text(&sentence), STYLE_TEXT);
        buffer_clear(&name);
        buffer_clear(&sentence);
    }
}

static void write_statements(const struct xlsx *xlsx)
{
    const struct engagement *engagement = xlsx->run->engagement;
    const struct data *data = xlsx->run->data;
    struct sheet *sheet = xlsx->summary;
    if (engagement->statement_count == 0)
        return;
    xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_HEAD_STATEMENTS));
    HEADINGS(xlsx, WORD_STATEMENT, WORD_STANDING_OF, WORD_STATED_BY, WORD_STATED_ON,
             WORD_STATED_BECAUSE, WORD_STATED_REFERENCE);
    for (size_t i = 0; i < engagement->statement_count; i++) {
        const struct stating *by = &engagement->statings[i];
        const char *cells[] = {by->by, by->on, by->because, by->reference};
        enum standing standing = statement_standing(data, &data->statements[i]);
        struct buffer text = {0};
        buffer_printf(&text, "%s ", statement_name(data->statements[i].kind));
        statement_subject(data, &data->statements[i], &text);
        sheet_add_row(sheet);
        sheet_add_text(sheet, buffer_text(&text), STYLE_TEXT);
        sheet_add_text(sheet, word_standing(standing, xlsx->run->language),
                       standing == STANDING_CONTRADICTED ? STYLE_WARNING : STYLE_TEXT);
        for (size_t j = 0; j < sizeof cells / sizeof *cells; j++)
            sheet_add_text(sheet, cells[j] ? cells[j] : "", STYLE_TEXT);
        buffer_clear(&text);
    }
}

static void write_lacks(const struct xlsx *xlsx, const struct coverage *coverage)
{
    struct sheet *sheet = xlsx->summary;
    if (coverage->lack_count == 0)
        return;
    xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_HEAD_LACKS));
    HEADINGS(xlsx, WORD_NAME, WORD_LACKING_CONTROLS, WORD_LACKING_ALONE);
    for (size_t i = 0; i < coverage->lack_count && i < LINES_MAX; i++) {
        struct buffer name = {0};
        lack_name(xlsx->run->data, &coverage->lacks[i].lack, &name);
        sheet_add_row(sheet);
        sheet_add_text(sheet, buffer_text(&name), STYLE_TEXT);
        sheet_add_count(sheet, coverage->lacks[i].controls);
        sheet_add_count(sheet, coverage->lacks[i].alone);
        buffer_clear(&name);
    }
}

void xlsx_write_coverage(const struct xlsx *xlsx)
{
    struct coverage coverage;
    coverage_init(&coverage, xlsx->run);
    sheet_add_row(xlsx->summary);
    add_sentence(xlsx, WORD_RUN_COVERAGE, coverage.tested, coverage.controls,
                 xlsx->run->verdict.statuses[STATUS_CLEAN], coverage.resting);
    add_sentence(xlsx, WORD_RUN_TOTALS, coverage.established, coverage.assumed, coverage.untestable,
                 0);
    write_rests(xlsx, &coverage);
    write_statements(xlsx);
    write_lacks(xlsx, &coverage);
}
