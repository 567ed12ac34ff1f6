// SPDX-License-Identifier: MIT
#include "engine/rules/pass_note.h"

#include "engine/base/memory.h"

#include <stdlib.h>
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

void pass_count_add_sum(struct pass_count *count, uint32_t currency, struct total total)
{
    int at = 0;
    while (at < count->sum_count && count->sums[at].currency < currency)
        at++;
    if (at < count->sum_count && count->sums[at].currency == currency) {
        count->sums[at].total = total_add(count->sums[at].total, total);
        return;
    }
    count->sums = memory_resize(count->sums, (size_t)count->sum_count + 1, sizeof *count->sums);
    memmove(&count->sums[at + 1], &count->sums[at],
            (size_t)(count->sum_count++ - at) * sizeof *count->sums);
    count->sums[at] = (struct pass_sum){currency, total};
}

void pass_count_add(struct pass_count *count, const struct pass_note *note)
{
    if (note->has_amount)
        pass_count_add_sum(count, note->currency, total_of(note->amount));
}

void pass_count_merge(struct pass_count *count, const struct pass_count *more)
{
    count->rows += more->rows;
    for (int i = 0; i < more->sum_count; i++)
        pass_count_add_sum(count, more->sums[i].currency, more->sums[i].total);
}

void pass_count_clear(struct pass_count *count)
{
    free(count->sums);
    *count = (struct pass_count){0};
}

void pass_person_clear(struct pass_person *person)
{
    pass_count_clear(&person->count);
    rests_clear(&person->rests);
}
