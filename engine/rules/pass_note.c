// SPDX-License-Identifier: MIT
#include "engine/rules/pass_note.h"

#include <string.h>

static const char *const names[] = {
    [PASS_SAME_DAY] = "same_day", [PASS_WITHIN_TOLERANCE] = "within_tolerance"};
_Static_assert(sizeof names / sizeof *names == PASS_NOTE_KINDS, "a name for each kind");

const char *pass_note_name(enum pass_note_kind kind)
{
    return names[kind];
}

const char *const same_day_names[] = {
    [SAME_DAY_PASS] = "pass",
    [SAME_DAY_LOW] = "low",
    [SAME_DAY_UNTESTABLE] = "untestable",
    [SAME_DAY_CHOICES] = NULL,
};

enum same_day same_day_from_name(const char *name)
{
    for (int choice = 0; name && choice < SAME_DAY_CHOICES; choice++)
        if (strcmp(same_day_names[choice], name) == 0)
            return (enum same_day)choice;
    return SAME_DAY_PASS;
}

void pass_count_add_sum(struct arena *arena, struct pass_count *count, uint32_t currency,
                        struct total total)
{
    int at = 0;
    while (at < count->sum_count && count->sums[at].currency < currency)
        at++;
    if (at < count->sum_count && count->sums[at].currency == currency) {
        count->sums[at].total = total_add(count->sums[at].total, total);
        return;
    }
    count->sums = arena_extend(arena, count->sums, (size_t)count->sum_count, sizeof *count->sums);
    memmove(&count->sums[at + 1], &count->sums[at],
            (size_t)(count->sum_count++ - at) * sizeof *count->sums);
    count->sums[at] = (struct pass_sum){currency, total};
}

void pass_count_add(struct arena *arena, struct pass_count *count, const struct pass_note *note)
{
    if (note->has_amount)
        pass_count_add_sum(arena, count, note->currency, total_of(note->amount));
}

void pass_count_merge(struct arena *arena, struct pass_count *count, const struct pass_count *more)
{
    count->rows += more->rows;
    for (int i = 0; i < more->sum_count; i++)
        pass_count_add_sum(arena, count, more->sums[i].currency, more->sums[i].total);
}
