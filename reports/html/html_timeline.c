// SPDX-License-Identifier: MIT
// The days of a breakdown sorted by name become columns: days, or months, or years, the first of
// which fits. Days are text in the form YYYY-MM-DD, whose beginning is the month or year, and which
// sorts like time. What lies outside of the columns, or has no date, is counted and said, never
// dropped.
#include "reports/html/html_inside.h"

#include "engine/base/calendar.h"
#include "engine/base/memory.h"
#include "reports/html/html_picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A chart has a column for each day, month or year, whatever leaves few enough of them.
enum { DAY_TEXT = 10, MONTH_TEXT = 7, YEAR_TEXT = 4, COLUMNS_MAX = 62 };

struct bucket {
    char name[DAY_TEXT + 1];
    struct share share; // without a name of its own
};

struct timeline {
    struct bucket *buckets;
    size_t count;
    size_t before, after; // exceptions dated outside of them
};

// ---- what is shown

static void shift(struct civil *at, int length)
{
    int day;
    if (length == DAY_TEXT && calendar_day(*at, &day) == 0) {
        *at = calendar_civil(day + 1);
    } else if (length == MONTH_TEXT && at->month < 12) {
        at->month++;
    } else {
        at->month = 1;
        at->year++;
    }
}

static void name_bucket(char name[DAY_TEXT + 1], struct civil at, int length)
{
    char text[CALENDAR_TEXT_MAX];
    snprintf(text, sizeof text, "%04d-%02d-%02d", at.year, at.month, at.day);
    memcpy(name, text, (size_t)length);
    name[length] = '\0';
}

static size_t distance(struct civil from, struct civil to, int length)
{
    int first = 0, last = 0;
    if (length == YEAR_TEXT)
        return (size_t)(to.year - from.year) + 1;
    if (length == MONTH_TEXT)
        return (size_t)((to.year - from.year) * 12 + to.month - from.month) + 1;
    calendar_day(from, &first);
    calendar_day(to, &last);
    return (size_t)(last - first) + 1;
}

// The period, or where it is open the days of the exceptions.
static bool find_range(const struct html_page *page, struct civil *from, struct civil *to)
{
    const struct scope *scope = &page->run->data->scope;
    const struct breakdown *days = &page->breakdowns->day;
    int first = scope->from, last = scope->to;
    if (days->count == 0)
        return false;
    if (first <= CALENDAR_DAY_MIN && calendar_parse_day(days->items[0].name, DAY_TEXT, &first) != 0)
        return false;
    if (last >= CALENDAR_DAY_MAX &&
        calendar_parse_day(days->items[days->count - 1].name, DAY_TEXT, &last) != 0)
        return false;
    *from = calendar_civil(first);
    *to = calendar_civil(last);
    return first <= last;
}

// Days and buckets are both in order.
static void fill(struct timeline *timeline, const struct breakdown *days, int length)
{
    size_t at = 0;
    for (size_t i = 0; i < days->count; i++) {
        const struct share *day = &days->items[i];
        int order = -1;
        while (at < timeline->count &&
               (order = strncmp(day->name, timeline->buckets[at].name, (size_t)length)) > 0)
            at++;
        if (at == timeline->count) {
            timeline->after += day->exceptions;
        } else if (order < 0) {
            timeline->before += day->exceptions;
        } else {
            struct share *share = &timeline->buckets[at].share;
            share->exceptions += day->exceptions;
            sums_merge(&share->sums, &day->sums);
        }
    }
}

// Only the last years are shown when even years would be too many.
static bool timeline_init(struct timeline *timeline, const struct html_page *page)
{
    struct civil from, to;
    int length = DAY_TEXT;
    if (!find_range(page, &from, &to))
        return false;
    if (distance(from, to, length) > COLUMNS_MAX)
        length = distance(from, to, MONTH_TEXT) > COLUMNS_MAX ? YEAR_TEXT : MONTH_TEXT;
    timeline->count = distance(from, to, length);
    if (timeline->count > COLUMNS_MAX) {
        timeline->count = COLUMNS_MAX;
        from.year = to.year - COLUMNS_MAX + 1;
    }
    timeline->buckets = arena_take(page->run->arena, timeline->count, sizeof *timeline->buckets);
    for (size_t i = 0; i < timeline->count; i++, shift(&from, length)) {
        name_bucket(timeline->buckets[i].name, from, length);
        timeline->buckets[i].share.sums.arena = page->run->arena;
    }
    fill(timeline, &page->breakdowns->day, length);
    return true;
}

// ---- how it is drawn

// `measure` < 0: the number of exceptions.
static struct total value_of(const struct html_page *page, const struct bucket *bucket, int measure)
{
    if (measure < 0)
        return total_of_units(bucket->share.exceptions, 0);
    const struct sum *sum = share_sum(&bucket->share, &page->breakdowns->measures[measure]);
    return sum ? sum->total : (struct total){0};
}

static void add_value(struct buffer *out, const struct html_page *page, int measure,
                      struct total value)
{
    if (measure < 0)
        total_format(value, 0, true, out);
    else
        html_amount_add(out, value, page->breakdowns->measures[measure].currency);
}

static void set_column(struct html_column *column, const struct html_page *page,
                       const struct bucket *bucket, int measure, struct total largest,
                       struct buffer *says)
{
    struct total value = value_of(page, bucket, measure);
    buffer_printf(says, "%s: ", bucket->name);
    add_value(says, page, measure, value);
    column->share = html_picture_share(value, largest);
    column->negative = value.coefficient < 0;
    column->says = buffer_text(says);
}

static struct total find_largest(const struct html_page *page, const struct timeline *timeline,
                                 int measure)
{
    struct total largest = {0};
    for (size_t i = 0; i < timeline->count; i++)
        html_picture_measure(&largest, value_of(page, &timeline->buckets[i], measure));
    return largest;
}

static void add_label(struct buffer *label, const struct html_page *page, int measure)
{
    if (measure < 0)
        buffer_add_text(label, html_page_word(page, WORD_HEAD_EXCEPTIONS));
    else
        html_measure_name(page, &page->breakdowns->measures[measure], label);
}

static void write_columns(struct html_page *page, const struct timeline *timeline, int measure)
{
    struct total largest = find_largest(page, timeline, measure);
    struct html_column *columns = memory_new(timeline->count, sizeof *columns);
    struct buffer *says = memory_new(timeline->count, sizeof *says), label = {0};
    for (size_t i = 0; i < timeline->count; i++)
        set_column(&columns[i], page, &timeline->buckets[i], measure, largest, &says[i]);
    add_label(&label, page, measure);
    buffer_add_text(&page->text, "<div class=over><p><span>");
    html_text_add(&page->text, buffer_text(&label));
    buffer_add_text(&page->text, "</span> <span>≤ ");
    add_value(&page->text, page, measure, largest);
    buffer_add_text(&page->text, "</span></p>");
    html_picture_columns(&page->text, buffer_text(&label), columns, timeline->count);
    buffer_printf(&page->text,
                  "<p class=axis aria-hidden=true><span>%s</span> <span>%s</span> "
                  "<span>%s</span></p></div>\n",
                  timeline->buckets[0].name, timeline->buckets[timeline->count / 2].name,
                  timeline->buckets[timeline->count - 1].name);
    for (size_t i = 0; i < timeline->count; i++)
        buffer_clear(&says[i]);
    buffer_clear(&label);
    free(says);
    free(columns);
}

// The same for those who cannot see it, or want to know exactly.
static void write_figures(struct html_page *page, const struct timeline *timeline)
{
    int measures = page->breakdowns->measure_count;
    buffer_add_text(&page->text, "<details><summary>");
    html_page_say(page, WORD_FIGURES, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</summary><table><caption>");
    html_page_say(page, WORD_OVER_TIME, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</caption><thead><tr><th scope=col>");
    html_page_say(page, WORD_HEAD_DATE, NULL, NULL, NULL, NULL);
    for (int measure = -1; measure < measures; measure++) {
        struct buffer label = {0};
        add_label(&label, page, measure);
        buffer_add_text(&page->text, "<th scope=col class=n>");
        html_text_add(&page->text, buffer_text(&label));
        buffer_clear(&label);
    }
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < timeline->count; i++) {
        const struct share *share = &timeline->buckets[i].share;
        if (share->exceptions == 0)
            continue;
        buffer_printf(&page->text, "<tr><th scope=row>%s<td class=n>", timeline->buckets[i].name);
        html_count_add(&page->text, share->exceptions);
        for (int measure = 0; measure < measures; measure++) {
            const struct sum *sum = share_sum(share, &page->breakdowns->measures[measure]);
            buffer_add_text(&page->text, "<td class=n>");
            if (sum)
                html_amount_add(&page->text, sum->total, sum->currency);
        }
        buffer_add_text(&page->text, "\n");
    }
    buffer_add_text(&page->text, "</tbody></table></details>\n");
}

static void write_outside(struct html_page *page, const struct timeline *timeline)
{
    struct buffer before = {0}, after = {0}, without = {0};
    html_count_add(&before, timeline->before);
    html_count_add(&after, timeline->after);
    html_count_add(&without, page->breakdowns->day.without);
    buffer_add_text(&page->text, "<p class=note>");
    html_page_say(page, WORD_OUTSIDE, buffer_text(&before), buffer_text(&after),
                  buffer_text(&without), NULL);
    buffer_add_text(&page->text, "</p>");
    buffer_clear(&before);
    buffer_clear(&after);
    buffer_clear(&without);
}

void html_timeline_write(struct html_page *page)
{
    struct timeline timeline = {0};
    if (!timeline_init(&timeline, page))
        return;
    buffer_add_text(&page->text, "<div class=time><h3>");
    html_page_say(page, WORD_OVER_TIME, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</h3>\n<div class=grid>");
    for (int measure = -1; measure < page->breakdowns->measure_count; measure++)
        write_columns(page, &timeline, measure);
    buffer_add_text(&page->text, "</div>");
    write_figures(page, &timeline);
    write_outside(page, &timeline);
    buffer_add_text(&page->text, "</div>\n");
}
