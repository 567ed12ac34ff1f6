// SPDX-License-Identifier: MIT
// The version of the program, and of the formats of its results.
#ifndef VOUCH_VERSION_H
#define VOUCH_VERSION_H

#define VOUCH_VERSION "0.1.0"

// Raised when a reader of a result file would have to change.
enum {
    RUN_RECORD_FORMAT = 2,
    EXCEPTIONS_JSONL_FORMAT = 2,
    CSV_FILES_FORMAT = 2,
    XLSX_FORMAT = 2,
    HTML_FORMAT = 1,
    DIFF_FORMAT = 1,
    EXPLAIN_FORMAT = 1
};

#endif
