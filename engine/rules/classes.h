// SPDX-License-Identifier: MIT
// Classes: how severe a control's exceptions are, what kind of amounts they have, what came of the
// control. Each is an enum with one table of the names that rule files and results write.
#ifndef VOUCH_CLASSES_H
#define VOUCH_CLASSES_H

#include <stdbool.h>

enum severity { SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };

// In the order of results, which is that of the names. Amounts of different kinds are never added.
enum amount_kind {
    AMOUNT_UNSTATED, // the control gives no amounts
    AMOUNT_EXPOSURE,
    AMOUNT_MISSTATEMENT,
    AMOUNT_TRANSACTION,
};

enum control_status {
    STATUS_EXCEPTIONS, // found something
    STATUS_CLEAN,      // ran, nothing untestable, no errors
    STATUS_PARTIAL,    // no exceptions, but rows untestable or in error
    STATUS_NOT_RUN,    // no row could be tested
    STATUS_FAILED,     // a budget was spent or a worker lost; its findings are discarded
    STATUS_DISABLED,
};

// Ended by NULL, for settings that take one of them.
extern const char *const severity_names[];
extern const char *const amount_kind_names[]; // from the first that is stated

// -1 for what is no name; NULL is none.
const char *severity_name(enum severity severity); // "low", "medium", "high", "critical"
int severity_from_name(const char *name, enum severity *severity);

const char *amount_kind_name(enum amount_kind kind); // "exposure", ...; NULL where none is stated

const char *status_name(enum control_status status); // "exceptions", "clean", "not_run", ...
int status_from_name(const char *name, enum control_status *status);

// Was the control run, so that an exception that is not there was not found?
bool status_is_run(enum control_status status);

#endif
