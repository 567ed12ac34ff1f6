// SPDX-License-Identifier: MIT
// An output: the folder that a run's results go to. A file is written under a temporary name in
// that folder and takes its own name when it is whole, so a reader never sees half of one. While an
// output is open no other run can open the same folder.
#ifndef VOUCH_OUTPUT_H
#define VOUCH_OUTPUT_H

#include "engine/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OUTPUT_RUN_RECORD "run.json"

struct output;

// A file that took its name.
struct output_file {
    char *name;
    char sha256[65];
    int64_t bytes;
};

// Makes the folder and its parents where needed, and locks it; nothing in it changes yet. NULL with
// `error` when it cannot be written to, or another run is writing to it.
struct output *output_open(const char *folder, struct error *error);

// Makes sure that files of these names, where the folder has any, are vouch's own: a folder that
// neither holds a run record nor was claimed before must not hold them. Leaves a mark for later
// runs. 0 or -1 with `error`.
int output_claim(struct output *output, bool (*is_result)(const char *name), struct error *error);

// Begins a file. The first one removes the run record of an earlier run: from then on, until a new
// record is whole, the folder says that it is unfinished. 0 or -1 with `error`.
int output_begin(struct output *output, const char *name, struct error *error);

// Bytes of the file begun last. A failure is kept and reported by output_end.
void output_add(struct output *output, const void *bytes, size_t length);
void output_add_text(struct output *output, const char *text);

// The file is whole and on the disk, still under its temporary name; output_end is what is left.
// -1 with `error` as there.
int output_hold(struct output *output, struct error *error);

// Gives the file its name. -1 with `error` when any of its bytes could not be written: nothing of
// it is left.
int output_end(struct output *output, struct error *error);

// Removes the file that was ended last.
void output_withdraw(struct output *output);

// Removes results of earlier runs: the files of these NULL-terminated names that were not written
// through this output, and temporary files of theirs. Everything else in the folder stays. 0 or -1
// with `error`.
int output_remove_others(struct output *output, const char *const *names, struct error *error);

// The files written so far, in order; borrowed.
const struct output_file *output_files(const struct output *output, size_t *count);
const char *output_folder(const struct output *output);

// Closes the folder; a file that was begun and not ended is removed.
void output_free(struct output *output);

#endif
