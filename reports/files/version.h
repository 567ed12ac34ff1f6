// SPDX-License-Identifier: MIT
// The version of the program, and of the formats of its results.
#ifndef VOUCH_VERSION_H
#define VOUCH_VERSION_H

#define VOUCH_VERSION "0.1.0"

// Raised when a reader of a result file would have to change.
enum {
    RUN_RECORD_FORMAT = 3,
    RUN_RECORD_HASHES_RULES = 3, // the first whose `rule` is the hash of a rule, not of its file
    EXCEPTIONS_JSONL_FORMAT = 3,
    CSV_FILES_FORMAT = 3,
    XLSX_FORMAT = 3,
    HTML_FORMAT = 2,
    DIFF_FORMAT = 1,
    EXPLAIN_FORMAT = 2
};

#endif
