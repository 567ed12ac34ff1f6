// SPDX-License-Identifier: MIT
#include "reports/figures/waiver_status.h"

#include "engine/base/calendar.h"
#include "engine/base/reason.h"
#include "reports/words/words.h"

#include <stdlib.h>

static void say(struct buffer *out, const char *language, enum word which, const char *value)
{
    buffer_add_text(out, out->length ? "; " : "");
    word_add_sentence(which, language, value, "", "", "", out);
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
    struct buffer reason = {0};
    switch (waiver->status) {
    case WAIVER_UNREADABLE:
        reason_add(waiver->unreadable, language, &reason);
        say(out, language, WORD_VOID_UNREADABLE, buffer_text(&reason));
        buffer_clear(&reason);
        return true;
    case WAIVER_UNUSED:
        say(out, language, WORD_VOID_UNUSED, "");
        return true;
    case WAIVER_EXPIRED:
        say(out, language, WORD_VOID_EXPIRED, day_text(waiver->expires_on, day));
        return true;
    case WAIVER_NOT_YET:
        say(out, language, WORD_VOID_NOT_YET, day_text(waiver->approved_on, day));
        return true;
    case WAIVER_NOT_WAIVABLE:
        say(out, language, WORD_VOID_NOT_WAIVABLE, "");
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
    static const enum word phrases[] = {
        [WAIVER_CHANGED] = WORD_VOID_CHANGED,
        [WAIVER_SELF_APPROVED] = WORD_VOID_SELF_APPROVED,
        [WAIVER_UNKNOWN_APPROVER] = WORD_VOID_UNKNOWN_APPROVER,
        [WAIVER_OVER_LIMIT] = WORD_VOID_OVER_LIMIT,
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
