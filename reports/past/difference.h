// SPDX-License-Identifier: MIT
// A difference: the exceptions of two past runs, side by side, A before B. An exception that only A
// has is resolved only where B looked for it: not when B did not run its control, nor when its date
// lies outside B's period.
#ifndef VOUCH_DIFFERENCE_H
#define VOUCH_DIFFERENCE_H

#include "engine/base/buffer.h"
#include "reports/past/past_run.h"

enum change {
    CHANGE_NEW,
    CHANGE_AMOUNT,        // in both, with another amount
    CHANGE_NONE,          // persisting
    CHANGE_RESOLVED,      // A only
    CHANGE_NOT_TESTED,    // A only; B did not run the control
    CHANGE_OUT_OF_PERIOD, // A only; dated outside B's period
};
enum { CHANGES = CHANGE_OUT_OF_PERIOD + 1 };

struct changed_exception {
    enum change change;
    bool reopened;                       // waived in A, open in B
    bool facts_changed;                  // in both, with another fingerprint
    bool doubtful;                       // resolved, but B tested the control in part only
    const struct past_exception *before; // NULL: new
    const struct past_exception *after;  // NULL: only A has it
};

// One control of both runs, or of one of them.
struct changed_control {
    const char *id;
    const json_t *before, *after; // what the records say of it; NULL: not part of that run
    bool other_rule;              // in both, and not by the same rule
    size_t exceptions_before, exceptions_after, changes[CHANGES];
    size_t first, end; // its exceptions among the items, which are sorted by id
};

struct difference {
    const struct past_run *a, *b;
    struct changed_exception *items; // by id
    size_t count, capacity;
    size_t changes[CHANGES], reopened, doubtful;
    struct changed_control *controls; // by id
    size_t control_count, control_capacity;
    json_t *sources;    // names of sources that differ, or cannot be compared for lack of a hash
    json_t *rule_files; // names of rule files that differ
    bool same_engagement;
};

// The runs' exceptions must have been read; they are sorted by id. They must outlive the result.
void difference_init(struct difference *difference, struct past_run *a, struct past_run *b);
void difference_clear(struct difference *difference);

// Is there something new: an exception that A did not have, or had waived?
bool difference_is_new(const struct difference *difference);

const char *change_name(enum change change); // "new", "changed_amount", "persisting", ...

// Does the rule, or a parameter, of this control differ between the runs?
bool changed_control_rule(const struct changed_control *control);

// The exact sum of the amounts of one control, before or after.
// "12.00 CNY; 3.00 USD"; nothing where there are none.
void difference_amounts(const struct difference *difference, const struct changed_control *control,
                        bool after, struct buffer *out);

#endif
