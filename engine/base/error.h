// SPDX-License-Identifier: MIT
// An error: what went wrong, where, and what to do about it. Functions that can fail return 0 or -1
// and fill the caller's struct error at the origin; callers on the way up may add context to
// `where`.
#ifndef VOUCH_ERROR_H
#define VOUCH_ERROR_H

// The kinds follow the exit codes of the command line.
enum error_kind {
    ERROR_NONE,
    ERROR_USAGE,  // the command line, the engagement file or a rule file: exit 2
    ERROR_SOURCE, // a source could not be read: exit 4
    ERROR_RESULT, // a result could not be written: exit 4
};

// Fixed storage, so that reporting an error never needs memory.
struct error {
    enum error_kind kind;
    char where[1024]; // a file, "file:line", a table; empty when the message says it all
    char message[2048];
};

// Fills `error` and returns -1, so that a function can `return error_set(...)`.
int error_set(struct error *error, enum error_kind kind, const char *where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// As error_set, with ": " and the text of the system's errno after the message.
int error_set_errno(struct error *error, enum error_kind kind, const char *where,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

// As error_set, with ": " and the reason (reason.h) in English after the message.
int error_set_reason(struct error *error, enum error_kind kind, const char *where,
                     const char *reason, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
