// SPDX-License-Identifier: MIT
#include "engine/evaluation/title.h"

#include "engine/base/calendar.h"

#include <stdbool.h>
#include <string.h>

#define PLACE "{period}"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

// How a month is written; a shorter form never goes before one that holds it.
enum form {
    FORM_DASH,      // 2026-10
    FORM_SLASH,     // 2026/10
    FORM_POINT,     // 2026.10
    FORM_CHINESE,   // 2026年10月
    FORM_CHINESE_0, // 2026年01月
    FORM_DIGITS,    // 202610
    FORM_NAME,      // October 2026
    FORM_SHORT,     // Oct 2026
    FORM_ALONE,     // October
    FORM_YEAR,      // 2026, of a whole year
    FORMS
};

static void add_form(enum form form, int year, int month, struct buffer *out)
{
    const char *name = months[month - 1];
    switch (form) {
    case FORM_DASH:
        buffer_printf(out, "%04d-%02d", year, month);
        break;
    case FORM_SLASH:
        buffer_printf(out, "%04d/%02d", year, month);
        break;
    case FORM_POINT:
        buffer_printf(out, "%04d.%02d", year, month);
        break;
    case FORM_CHINESE:
        buffer_printf(out, "%04d年%d月", year, month);
        break;
    case FORM_CHINESE_0:
        buffer_printf(out, "%04d年%02d月", year, month);
        break;
    case FORM_DIGITS:
        buffer_printf(out, "%04d%02d", year, month);
        break;
    case FORM_NAME:
        buffer_printf(out, "%s %04d", name, year);
        break;
    case FORM_SHORT:
        buffer_printf(out, "%.3s %04d", name, year);
        break;
    case FORM_ALONE:
        buffer_add_text(out, name);
        break;
    case FORM_YEAR:
        buffer_printf(out, "%04d", year);
        break;
    case FORMS:
        break;
    }
}

// A period as titles name it: a month or a year.
struct named {
    int year, month; // month 1 of a whole year
    bool is_month, is_year;
};

static struct named name_of(const char *period)
{
    struct named named = {0};
    int from, to;
    if (calendar_parse_period(period, &from, &to) != 0)
        return named;
    struct civil first = calendar_civil(from), last = calendar_civil(to);
    bool whole = first.day == 1 && last.day == calendar_month_days(last.year, last.month);
    named.year = first.year;
    named.month = first.month;
    named.is_month = whole && first.year == last.year && first.month == last.month;
    named.is_year = whole && first.year == last.year && first.month == 1 && last.month == 12;
    return named;
}

static bool replace(const char *title, const char *old, const char *new, struct buffer *out)
{
    const char *at = strstr(title, old);
    if (!at)
        return false;
    buffer_add(out, title, (size_t)(at - title));
    buffer_add_text(out, new);
    buffer_add_text(out, at + strlen(old));
    return true;
}

// Puts the new period where the title names its own; false where it does not.
static bool rename_period(const char *title, struct named own, struct named now, const char *period,
                          struct buffer *out)
{
    bool done = false;
    for (int form = 0; form < FORMS && !done; form++) {
        struct buffer old = {0}, new = {0};
        bool fits = form == FORM_YEAR ? own.is_year : own.is_month;
        bool same_kind = form == FORM_YEAR ? now.is_year : now.is_month;
        if (fits) {
            add_form((enum form)form, own.year, own.month, &old);
            if (same_kind && (form != FORM_ALONE || own.year == now.year))
                add_form((enum form)form, now.year, now.month, &new);
            else
                buffer_add_text(&new, period);
            done = replace(title, buffer_text(&old), buffer_text(&new), out);
        }
        buffer_clear(&old);
        buffer_clear(&new);
    }
    return done;
}

void title_add(const char *title, const char *own, const char *period, struct buffer *out)
{
    if (replace(title, PLACE, period, out))
        return;
    if (!own || strcmp(own, period) == 0)
        buffer_add_text(out, title);
    else if (!rename_period(title, name_of(own), name_of(period), period, out))
        buffer_printf(out, "%s (%s)", title, period);
}
