// SPDX-License-Identifier: MIT
#include "reports/files/waiver_status.h"

#include "engine/base/calendar.h"
#include "engine/base/memory.h"
#include "reports/files/csv_text.h"
#include "reports/words/phrases.h"

#include <stdlib.h>

static void say(struct buffer *out, const char *language, enum phrase which, const char *value)
{
    char *text;
    if (asprintf(&text, phrase(which, language), value) < 0)
        memory_exhausted();
    buffer_printf(out, "%s%s", out->length ? "; " : "", text);
    free(text);
}

static const char *day_text(int day, char text[CALENDAR_TEXT_MAX])
{
    calendar_format_day(day, text);
    return text;
}

// Why it waives nothing, for what holds for the whole line.
static bool explain_whole(const struct waiver *waiver, const char *language, struct buffer *out)
{
    char day[CALENDAR_TEXT_MAX];
    switch (waiver->status) {
    case WAIVER_UNREADABLE:
        say(out, language, PHRASE_WAIVER_UNREADABLE, waiver->unreadable);
        return true;
    case WAIVER_UNUSED:
        say(out, language, PHRASE_WAIVER_UNUSED, "");
        return true;
    case WAIVER_EXPIRED:
        say(out, language, PHRASE_WAIVER_EXPIRED, day_text(waiver->expires_on, day));
        return true;
    case WAIVER_NOT_YET:
        say(out, language, PHRASE_WAIVER_NOT_YET, day_text(waiver->approved_on, day));
        return true;
    case WAIVER_NOT_WAIVABLE:
        say(out, language, PHRASE_WAIVER_NOT_WAIVABLE, "");
        return true;
    case WAIVER_APPLIED:
    case WAIVER_SUPERSEDED:
    case WAIVER_NOT_JUDGED:
    case WAIVER_CHANGED:
    case WAIVER_SELF_APPROVED:
    case WAIVER_UNKNOWN_APPROVER:
    case WAIVER_OVER_LIMIT:
        break;
    }
    return false;
}

void waiver_status_explain(const struct waiver *waiver, const char *language, struct buffer *out)
{
    static const enum phrase phrases[] = {
        [WAIVER_CHANGED] = PHRASE_WAIVER_CHANGED,
        [WAIVER_SELF_APPROVED] = PHRASE_WAIVER_SELF_APPROVED,
        [WAIVER_UNKNOWN_APPROVER] = PHRASE_WAIVER_UNKNOWN_APPROVER,
        [WAIVER_OVER_LIMIT] = PHRASE_WAIVER_OVER_LIMIT,
    };
    if (explain_whole(waiver, language, out))
        return;
    for (int status = WAIVER_CHANGED; status < WAIVER_STATUSES; status++) {
        if (waiver->refused[status] == 0)
            continue;
        say(out, language, phrases[status], waiver->approved_by);
        if (waiver->is_pattern)
            buffer_printf(out, " (%zu)", waiver->refused[status]);
    }
}

size_t waiver_status_refused(const struct waiver *waiver)
{
    size_t refused = 0;
    for (int i = 0; i < WAIVER_STATUSES; i++)
        refused += waiver->refused[i];
    return refused;
}

static void add_day(struct buffer *line, const struct waiver *waiver, int day)
{
    char text[CALENDAR_TEXT_MAX];
    csv_text_add(line, waiver->unreadable ? NULL : day_text(day, text));
}

static void add_waiver(struct buffer *line, const struct run *run, const struct waiver *waiver)
{
    struct buffer problem = {0};
    csv_text_add_count(line, (uint64_t)waiver->line);
    csv_text_add(line, waiver->exception);
    csv_text_add(line, waiver_status_name(waiver->status));
    csv_text_add_count(line, waiver->waived);
    csv_text_add_count(line, waiver_status_refused(waiver));
    csv_text_add(line, waiver->reason);
    csv_text_add(line, waiver->approved_by);
    add_day(line, waiver, waiver->approved_on);
    add_day(line, waiver, waiver->expires_on);
    waiver_status_explain(waiver, run->language, &problem);
    csv_text_add(line, buffer_text(&problem));
    csv_text_end_line(line);
    buffer_clear(&problem);
}

int waiver_status_write(const struct run *run, struct output *output, struct error *error)
{
    struct buffer line = {0};
    if (!run->waivers)
        return 0;
    if (output_begin(output, "waiver_status.csv", error) < 0)
        return -1;
    output_add_text(output, "line,exception,status,waived,not_waived,reason,approved_by,"
                            "approved_on,expires_on,problem\n");
    for (size_t i = 0; i < run->waivers->count; i++) {
        add_waiver(&line, run, &run->waivers->items[i]);
        output_add(output, line.data, line.length);
        buffer_reset(&line);
    }
    buffer_clear(&line);
    return output_end(output, error);
}
