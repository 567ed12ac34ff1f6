// SPDX-License-Identifier: MIT
// A followup: what people keep beside an engagement about its exceptions, read from their files.
#ifndef VOUCH_FOLLOWUP_H
#define VOUCH_FOLLOWUP_H

#include "engine/evaluation/waiver.h"
#include "engine/rules/engagement.h"
#include "reports/figures/run.h"
#include "reports/past/past_run.h"

enum { FOLLOWUP_LISTS_MAX = 2 };

struct followup {
    struct waivers *waivers;           // NULL: the engagement names none
    struct dispositions *dispositions; // NULL: neither a file nor a previous run
    char previous_sha256[HASH_TEXT];   // of the run before; "" without one
    struct buffer previous_folder;
    struct run_list lists[FOLLOWUP_LISTS_MAX];
    char hashes[FOLLOWUP_LISTS_MAX][HASH_TEXT];
    size_t list_count;
};

// -1 with `error` (ERROR_USAGE) when a file that the engagement names cannot be read.
int followup_load(struct followup *followup, const struct engagement *engagement,
                  struct error *error);

// Takes over the dispositions of the run before. -1 with `error` when its exceptions cannot be
// read.
int followup_carry(struct followup *followup, struct past_run *previous, struct error *error);

// Applies them to what the run's evaluation found, and hands them to the run (borrowed).
void followup_apply(struct followup *followup, struct run *run);
void followup_clear(struct followup *followup);

#endif
