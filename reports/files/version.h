// SPDX-License-Identifier: MIT
// The version of the program, and of the formats of its results.
#ifndef VOUCH_VERSION_H
#define VOUCH_VERSION_H

#define VOUCH_VERSION "0.1.0"

// Raised when a reader of a result file would have to change.
enum {
    RUN_RECORD_FORMAT = 4,
    RUN_RECORD_HASHES_RULES = 3, // the first whose `rule` is the hash of a rule, not of its file
    EXCEPTIONS_JSONL_FORMAT = 4,
    CSV_FILES_FORMAT = 4,
    XLSX_FORMAT = 4,
    HTML_FORMAT = 3,
    DIFF_FORMAT = 1,
    EXPLAIN_FORMAT = 3
};

#endif
