// SPDX-License-Identifier: MIT
// A remark: one thing that is wrong with the files, the settings or the data, with its place and
// what to do. Printed as "file:line:column: error: what; what to do", with the line itself and a
// caret below the column where that is known, or as an object of JSON.
#ifndef VOUCH_REMARK_H
#define VOUCH_REMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct remark {
    bool is_error;
    const char *kind;                  // for programs: "rule", "invalid cell"; NULL: "rule"
    const char *file;                  // as users know it; NULL: none in particular
    const char *path;                  // of that file, to open it; NULL: it is none
    int64_t line;                      // 0: unknown
    int column;                        // in characters; 0: unknown
    const char *table, *field, *value; // of data; NULL
    const char *message;
    const char *advice;    // NULL: the message says it
    const char *more;      // "and 3 more" of its kind; NULL
    size_t count;          // of its kind; 0 is 1
    const char *text;      // of the whole file, for the line; NULL: it is not shown
    size_t text_length;    // in bytes
    const char *separator; // between message and advice
};

// Called for every remark of a session; the remark and its texts are borrowed.
typedef void remark_listener(void *context, const struct remark *remark);

void remark_print(const struct remark *remark, FILE *out);
// One line.
void remark_print_json(const struct remark *remark, FILE *out);

#endif
