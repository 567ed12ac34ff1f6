// SPDX-License-Identifier: MIT
// Waivers: exceptions that somebody has accepted, for a reason and until a day. A waiver names one
// exception by its id and fingerprint, or several of one control by a pattern. A waived exception
// stays an exception; it only no longer counts as open. A waiver that does not hold is void and
// says why.
#ifndef VOUCH_WAIVER_H
#define VOUCH_WAIVER_H

#include "engine/base/arena.h"
#include "engine/evaluation/evaluation.h"

enum waiver_status {
    WAIVER_APPLIED,
    WAIVER_SUPERSEDED,       // what it names is waived by another line
    WAIVER_NOT_JUDGED,       // its control was not run
    WAIVER_UNREADABLE,       // from here on void, each a warning
    WAIVER_UNUSED,           // no exception is what it names
    WAIVER_EXPIRED,          // before as_of
    WAIVER_NOT_YET,          // approved after as_of
    WAIVER_NOT_WAIVABLE,     // the control declares `waivable = false`
    WAIVER_CHANGED,          // the fingerprint differs: the facts are not those that were accepted
    WAIVER_SELF_APPROVED,    // by who is the exception's actor
    WAIVER_UNKNOWN_APPROVER, // by a system account, or nobody that the imported people know
    WAIVER_OVER_LIMIT,       // the amount is above the limit, absent, or of another currency
};
enum { WAIVER_STATUSES = WAIVER_OVER_LIMIT + 1 };

struct waiver {
    int64_t line;
    const char *exception, *fingerprint, *reason, *approved_by; // as written
    int approved_on, expires_on;                                // days, the last one included
    bool is_pattern, has_limit;
    struct decimal limit;
    const char *limit_currency; // NULL: the engagement's
    const char *unreadable;     // the reason why (reason.h); NULL
    int control;                // of the engagement; -1
    // waivers_apply
    enum waiver_status status;
    size_t waived;                   // exceptions
    size_t refused[WAIVER_STATUSES]; // exceptions that it names and does not waive, by why
};

// What became of one finding: the waiver that waives it, or the first that names it and is void.
struct waiver_outcome {
    int waiver; // index; -1: none names it
    enum waiver_status status;
};

struct waivers {
    struct waiver *items; // in the order of the file
    size_t count, capacity;
    struct waiver_outcome *outcomes; // by finding
    struct arena *arena;             // holds this and all but the items
};

// The columns of a file of waivers, NULL-terminated; those with "?" may be absent.
extern const char *const waiver_columns[];

struct waivers *waivers_new(void);
void waivers_free(struct waivers *waivers);

// Adds a line; `cells` in the order of waiver_columns, or NULL with the `reason` why there are
// none. What cannot be read makes the waiver void.
void waivers_add(struct waivers *waivers, int64_t line, const char *const *cells,
                 const char *reason);

// Matches them with the findings, as of the data's scope. Once.
void waivers_apply(struct waivers *waivers, const struct engagement *engagement,
                   const struct data *data, const struct evaluation *evaluation);

// May be called with NULL: no engagement has waivers. A finding is known by its place.
bool waivers_cover(const struct waivers *waivers, size_t finding);

// Lines that are void, wholly or for some of what they name.
size_t waivers_warnings(const struct waivers *waivers);

// Of a waiver that is partly void: the first reason; WAIVER_APPLIED when there is none.
enum waiver_status waiver_problem(const struct waiver *waiver);

const char *waiver_status_name(enum waiver_status status); // "applied", "expired", ...

#endif
