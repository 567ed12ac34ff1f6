// SPDX-License-Identifier: MIT
// The first sheet, from what must not be missed to what can be looked up: complete or not and why,
// exceptions by family, what people have to follow up, what was not tested, the control totals. It
// has no heading of its own, so rows follow as sections need them.
#include "engine/base/calendar.h"
#include "engine/base/memory.h"
#include "reports/figures/incomplete.h"
#include "reports/files/version.h"
#include "reports/words/words.h"
#include "reports/xlsx/xlsx_inside.h"

#include <stdlib.h>
#include <string.h>

static void add_word(const struct xlsx *xlsx, enum word word, enum style style)
{
    sheet_add_text(xlsx->summary, xlsx_say(xlsx, word), style);
}

// ---- what the run is about

static void add_line(const struct xlsx *xlsx, enum word word, const char *text)
{
    if (!text || !*text)
        return;
    sheet_add_row(xlsx->summary);
    add_word(xlsx, word, STYLE_TEXT);
    sheet_add_text(xlsx->summary, text, STYLE_TEXT);
}

static void add_day_line(const struct xlsx *xlsx, enum word word, int day)
{
    char text[CALENDAR_TEXT_MAX];
    calendar_format_day(day, text);
    sheet_add_row(xlsx->summary);
    add_word(xlsx, word, STYLE_TEXT);
    sheet_add_day(xlsx->summary, text);
}

static void write_head(const struct xlsx *xlsx)
{
    const struct engagement *engagement = xlsx->run->engagement;
    const struct scope *scope = &xlsx->run->data->scope;
    char from[CALENDAR_TEXT_MAX], to[CALENDAR_TEXT_MAX];
    struct buffer period = {0};
    sheet_add_row(xlsx->summary);
    sheet_add_text(xlsx->summary, engagement->title ? engagement->title : "vouch", STYLE_TITLE);
    add_line(xlsx, WORD_ENTITY, engagement->entity);
    if (scope->from <= CALENDAR_DAY_MIN || scope->to >= CALENDAR_DAY_MAX) {
        buffer_add_text(&period, xlsx_say(xlsx, WORD_ALL_DATES));
    } else {
        calendar_format_day(scope->from, from);
        calendar_format_day(scope->to, to);
        buffer_printf(&period, "%s – %s", from, to);
    }
    add_line(xlsx, WORD_PERIOD, buffer_text(&period));
    add_day_line(xlsx, WORD_AS_OF, scope->as_of);
    add_line(xlsx, WORD_CURRENCY, scope->currency);
    add_line(xlsx, WORD_TIMEZONE, scope->zone ? zone_name(scope->zone) : NULL);
    add_line(xlsx, WORD_PROGRAM, "vouch " VOUCH_VERSION);
    add_line(xlsx, WORD_PREVIOUS_RECORD, xlsx->run->previous_sha256);
    sheet_add_row(xlsx->summary);
    add_word(xlsx, WORD_RESULT, STYLE_TEXT);
    if (xlsx->run->verdict.incomplete)
        add_word(xlsx, WORD_INCOMPLETE, STYLE_WARNING);
    else
        add_word(xlsx, WORD_COMPLETE, STYLE_BOLD);
    buffer_clear(&period);
}

// ---- why it is incomplete

static void add_cause(void *context, const struct incomplete_cause *cause)
{
    const struct xlsx *xlsx = context;
    char count[32];
    snprintf(count, sizeof count, "%zu", cause->count);
    struct buffer text = {0};
    word_add_sentence(cause->word, xlsx->run->language, cause->count ? count : cause->texts[0],
                      cause->texts[1], cause->texts[2], cause->texts[3], &text);
    sheet_add_row(xlsx->summary);
    sheet_add_text(xlsx->summary, buffer_text(&text), STYLE_WARNING);
    buffer_clear(&text);
}

static void write_incomplete(const struct xlsx *xlsx)
{
    if (!xlsx->run->verdict.incomplete)
        return;
    xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_WHY_INCOMPLETE));
    incomplete_visit(xlsx->run, add_cause, (void *)xlsx);
}

// ---- results

enum { SEVERITIES = SEVERITY_CRITICAL + 1 };

struct family {
    const char *name;
    size_t controls, tested, exceptions[SEVERITIES], waived;
};

static size_t gather_families(const struct run *run, struct family *families, size_t *of_control)
{
    size_t count = 0;
    for (int i = 0; i < run->engagement->control_count; i++) {
        const struct control *control = &run->engagement->controls[i];
        size_t at = 0;
        if (!run_has_control(run, i))
            continue;
        while (at < count && strcmp(families[at].name, control->family) != 0)
            at++;
        count += at == count;
        families[at].name = control->family;
        families[at].controls++;
        families[at].tested += run->evaluation->results[i].tested;
        of_control[i] = at;
    }
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        const struct finding *finding = &run->evaluation->findings[i];
        struct family *family = &families[of_control[finding->control]];
        family->exceptions[finding->severity]++;
        family->waived += waivers_cover(run->waivers, i);
    }
    return count;
}

static void write_family(const struct xlsx *xlsx, const char *name, const struct family *family)
{
    size_t all = 0;
    sheet_add_row(xlsx->summary);
    sheet_add_text(xlsx->summary, name, STYLE_TEXT);
    sheet_add_count(xlsx->summary, family->controls);
    sheet_add_count(xlsx->summary, family->tested);
    for (int severity = SEVERITY_CRITICAL; severity >= SEVERITY_LOW; severity--) {
        sheet_add_count(xlsx->summary, family->exceptions[severity]);
        all += family->exceptions[severity];
    }
    sheet_add_count(xlsx->summary, all);
    sheet_add_count(xlsx->summary, family->waived);
    sheet_add_count(xlsx->summary, all - family->waived);
}

static void write_families(const struct xlsx *xlsx)
{
    const struct run *run = xlsx->run;
    size_t controls = (size_t)run->engagement->control_count;
    struct family *families = arena_take(xlsx->arena, controls + 1, sizeof *families), all = {0};
    size_t *of_control = arena_take(xlsx->arena, controls + 1, sizeof *of_control);
    size_t count = gather_families(run, families, of_control);
    xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_BY_FAMILY_AND_SEVERITY));
    HEADINGS(xlsx, WORD_FAMILY, WORD_CONTROL_COUNT, WORD_TESTED);
    for (int severity = SEVERITY_CRITICAL; severity >= SEVERITY_LOW; severity--)
        sheet_add_text(xlsx->summary, word_severity((enum severity)severity, run->language),
                       STYLE_HEADING);
    add_word(xlsx, WORD_TOTAL, STYLE_HEADING);
    add_word(xlsx, WORD_WAIVED, STYLE_HEADING);
    add_word(xlsx, WORD_OPEN, STYLE_HEADING);
    for (size_t i = 0; i < count; i++) {
        write_family(xlsx, families[i].name, &families[i]);
        all.controls += families[i].controls;
        all.tested += families[i].tested;
        for (int severity = 0; severity < SEVERITIES; severity++)
            all.exceptions[severity] += families[i].exceptions[severity];
        all.waived += families[i].waived;
    }
    write_family(xlsx, xlsx_say(xlsx, WORD_TOTAL), &all);
}

static void write_statuses(const struct xlsx *xlsx)
{
    xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_BY_STATUS));
    HEADINGS(xlsx, WORD_STATUS, WORD_CONTROL_COUNT);
    for (int status = STATUS_EXCEPTIONS; status <= STATUS_DISABLED; status++) {
        sheet_add_row(xlsx->summary);
        sheet_add_text(xlsx->summary, word_status((enum control_status)status, xlsx->run->language),
                       STYLE_TEXT);
        sheet_add_count(xlsx->summary, xlsx->run->verdict.statuses[status]);
    }
}

// ---- tables of results

struct listing {
    const struct xlsx *xlsx;
    enum word name;
    const struct result_table *table;
    bool begun;
};

static void begin_listing(struct listing *listing)
{
    xlsx_begin_section(listing->xlsx, xlsx_say(listing->xlsx, listing->name));
    xlsx_add_result_headings(listing->xlsx, listing->table);
    listing->begun = true;
}

static void write_row(void *context, const struct result_row *row)
{
    struct listing *listing = context;
    if (!listing->begun)
        begin_listing(listing);
    xlsx_add_result_row(listing->xlsx, listing->xlsx->summary, listing->table, row);
}

// A section for a table of results; without rows only where it is there `always`.
static void write_table(const struct xlsx *xlsx, enum word name, const struct result_table *table,
                        bool always)
{
    struct listing listing = {xlsx, name, table, false};
    if (always)
        begin_listing(&listing);
    table->visit(&(struct result_walk){
        .run = xlsx->run, .language = xlsx->run->language, .see = write_row, .context = &listing});
}

static void write_notes(const struct xlsx *xlsx)
{
    const json_t *notes = xlsx->run->import_notes;
    if (json_array_size(notes) > 0)
        xlsx_begin_section(xlsx, xlsx_say(xlsx, WORD_NOTES));
    for (size_t i = 0; i < json_array_size(notes); i++) {
        sheet_add_row(xlsx->summary);
        sheet_add_text(xlsx->summary, json_string_value(json_array_get(notes, i)), STYLE_TEXT);
    }
}

void xlsx_write_summary(struct xlsx *xlsx)
{
    write_head(xlsx);
    write_incomplete(xlsx);
    write_families(xlsx);
    xlsx_write_followup(xlsx);
    xlsx_write_coverage(xlsx);
    write_statuses(xlsx);
    write_table(xlsx, WORD_NOT_TESTED_OR_PARTLY, &result_untested, false);
    write_table(xlsx, WORD_CONTROL_TOTALS, &result_totals, true);
    write_notes(xlsx);
}
