// SPDX-License-Identifier: MIT
// A verification: does every hash in a run record still match its file?
#ifndef VOUCH_VERIFICATION_H
#define VOUCH_VERIFICATION_H

#include "engine/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct verification {
    const char *engagement_folder; // where sources and own rules lie now; NULL: as recorded
    const char *rules_folder;      // where the shipped rules lie now; NULL: as recorded
    bool inputs_only;              // sources and rule files, not the results
    bool without_rules;            // of these not the library and controls: only their hashes count
    // Whether a run may leave a file of that name (report_is_result); not asked with inputs_only.
    bool (*is_result)(const char *name);
    size_t matching, changed, missing;
    size_t unrecorded; // results in the folder that the record does not know
    size_t runs;       // of the chain, this one included
    size_t unhashed;   // sources without bytes of their own (a database)
};

// Checks the run of `path`, a result folder or its run.json: the record, results, sources, rule
// files and lists; then, back along its chain, the record and results of each run before it, whose
// sources may be gone.
// Prints one line for each file that is not as recorded. 0, whatever was found, or -1 with `error`
// when the record cannot be read.
int verification_run(struct verification *verification, const char *path, FILE *out,
                     struct error *error);

#endif
