// SPDX-License-Identifier: MIT
// A scope: what an engagement says of itself, as the lists show it: the period that their documents
// are of, the currency of their amounts.
#ifndef VOUCH_GUESS_SCOPE_H
#define VOUCH_GUESS_SCOPE_H

#include "guess/plan.h"

struct scope_guess {
    int from, to;              // first and last day; from > to: no document has a date
    int first, last;           // of the documents
    size_t documents, within;  // dated ones; those of the period
    char currency[4];          // ISO 4217
    const char *currency_from; // the file that says so; NULL: nothing does
    const char *timezone;
};

void scope_guess(struct scope_guess *scope, const struct plan *plan, const struct zone *zone);

#endif
