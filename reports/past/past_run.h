// SPDX-License-Identifier: MIT
// A past run: what a finished run left in its folder, read back. Its exceptions are those of
// exceptions.jsonl, which must be as the run recorded it.
#ifndef VOUCH_PAST_RUN_H
#define VOUCH_PAST_RUN_H

#include "engine/base/dictionary.h"
#include "engine/base/error.h"
#include "engine/base/hash.h"

#include <jansson.h>
#include <stdbool.h>

// Texts are borrowed from the run; NULL where the result has null.
struct past_exception {
    const char *id, *control, *severity, *table, *key, *date;
    const char *amount, *currency, *amount_kind, *message, *fingerprint, *status;
    const char *owner, *disposition, *cause, *comment; // all NULL without a disposition
};

struct past_run {
    struct arena *arena; // holds this and the folder
    const char *folder;
    json_t *record;                // run.json
    const json_t *stated;          // its deterministic part
    char record_sha256[HASH_TEXT]; // of run.json
    struct dictionary *texts;
    struct past_exception *exceptions; // in the order of the file
    size_t count, capacity;
};

// The run of `path`, a folder of results or its run.json, without its exceptions. NULL with
// `error`: ERROR_USAGE when there is none, ERROR_SOURCE when its record is damaged.
struct past_run *past_run_open(const char *path, struct error *error);

// Reads the exceptions. -1 with `error` when they were not written or are not those recorded.
int past_run_read_exceptions(struct past_run *run, struct error *error);

// Calls `each` with the text of each exception, as exceptions.jsonl has it, until it returns false.
int past_run_each(const struct past_run *run, bool (*each)(void *context, const json_t *exception),
                  void *context, struct error *error);
void past_run_free(struct past_run *run);

// Whether `rule`, in the record and in exceptions, is the hash of the rule (rule_hash.h). In
// records of format 1 and 2 it is that of the rule's file.
bool past_run_hashes_rules(const struct past_run *run);

// The exception of that id, or NULL; past_run_sort first.
const struct past_exception *past_run_find(const struct past_run *run, const char *id);
void past_run_sort(struct past_run *run); // by id

#endif
