// SPDX-License-Identifier: MIT
// Classes: how severe a control's exceptions are, what their amounts are, and what came of the
// control. Each is an enum with one table of the names that rule files and results write.
#ifndef VOUCH_CLASSES_H
#define VOUCH_CLASSES_H

#include <stdbool.h>

enum severity { SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };

enum amount_kind {
    AMOUNT_MISSTATEMENT, // what the books are wrong by
    AMOUNT_EXPOSURE,     // what may be lost
    AMOUNT_TRANSACTION,  // the size of what was not controlled
    AMOUNT_UNSTATED,
};

enum control_status {
    STATUS_EXCEPTIONS,  // found something
    STATUS_CLEAN,       // ran, nothing untestable, no errors, no acquitting assumption
    STATUS_CONDITIONAL, // as clean, but rows pass because of an assumption
    STATUS_PARTIAL,     // no exceptions, but rows untestable, in error or rejected
    STATUS_UNTESTED,    // the data are there, and no row was in scope or applicable
    STATUS_NOT_RUN,     // no row could be tested
    STATUS_FAILED,      // a budget was spent or a worker lost; its findings are discarded
    STATUS_DISABLED,
};

// Ended by NULL, for the settings that take one of them.
extern const char *const severity_names[], *const amount_kind_names[];

// -1 for what is no name; NULL is none.
const char *severity_name(enum severity severity); // "low", "medium", "high", "critical"
int severity_from_name(const char *name, enum severity *severity);

const char *amount_kind_name(enum amount_kind kind); // "misstatement", ...; NULL: unstated

const char *status_name(enum control_status status); // "exceptions", "clean", "not_run", ...
int status_from_name(const char *name, enum control_status *status);

// Was the control run, so that an exception that is not there was not found?
bool status_is_run(enum control_status status);

#endif
