// SPDX-License-Identifier: MIT
// Notes of rows that passed: a row can pass because two moments are of one day and nobody recorded
// which came first, or because a difference lies within a tolerance. It passes, and results count
// such rows and add up their amounts, with their signs, by currency.
#ifndef VOUCH_PASS_NOTE_H
#define VOUCH_PASS_NOTE_H

#include "engine/base/arena.h"
#include "engine/base/decimal.h"
#include "engine/base/total.h"
#include "engine/data/assumption.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pass_note_kind { PASS_SAME_DAY, PASS_WITHIN_TOLERANCE, PASS_NOTE_KINDS };

const char *pass_note_name(enum pass_note_kind kind); // "same_day", "within_tolerance"

// What a control does with rows that pass because of one day: its parameter `same_day`.
enum same_day { SAME_DAY_PASS, SAME_DAY_LOW, SAME_DAY_UNTESTABLE, SAME_DAY_CHOICES };
extern const char *const same_day_names[SAME_DAY_CHOICES + 1]; // ended by NULL
enum same_day same_day_from_name(const char *name);            // of another name: SAME_DAY_PASS

// The parameters of controls that say so, and from how many of one person on that is reported.
#define SAME_DAY_PARAMETER "same_day"
#define SAME_DAY_MANY_PARAMETER "same_day_many"
enum { SAME_DAY_MANY = 20 }; // about one for each working day of a month

// The function by which a rule says so: a control that calls it has these parameters.
#define SAME_DAY_FUNCTION "passed_same_day"
#define WITHIN_TOLERANCE_FUNCTION "passed_within_tolerance"

// One note, as a test gives it.
struct pass_note {
    enum pass_note_kind kind;
    int table;
    int64_t row; // ROW_NONE: the row under test
    bool has_amount;
    struct decimal amount;
    uint32_t currency; // text code; DICTIONARY_NONE: the row's own
    uint32_t by;       // whose id; DICTIONARY_NONE: nobody's
};

// Amounts of one currency, a text code.
struct pass_sum {
    uint32_t currency;
    struct total total;
};

// Rows that passed with notes of one kind. All-zero is valid and empty.
struct pass_count {
    size_t rows;
    struct pass_sum *sums; // by currency's code
    int sum_count;
};

// The sums stand in `arena`.
void pass_count_add(struct arena *arena, struct pass_count *count, const struct pass_note *note);
void pass_count_add_sum(struct arena *arena, struct pass_count *count, uint32_t currency,
                        struct total total);
void pass_count_merge(struct arena *arena, struct pass_count *count, const struct pass_count *more);

// A person whose rows passed because of one day.
struct pass_person {
    uint32_t by; // text code of an id
    int table;   // the first of the rows
    int64_t row;
    struct pass_count count;
    struct rests rests; // what the rows rest on
};

#endif
