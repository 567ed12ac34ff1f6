// SPDX-License-Identifier: MIT
// An explanation: everything about one exception of a past run, from data imported again: its row
// with every field, the values that decided, the evidence rows, the rule's text, and where each
// came from.
#ifndef VOUCH_EXPLANATION_H
#define VOUCH_EXPLANATION_H

#include "engine/data/data.h"
#include "engine/evaluation/mask.h"
#include "engine/rules/engagement.h"
#include "reports/past/past_run.h"

#include <jansson.h>

struct explanation_of {
    const struct past_run *run;
    const struct engagement *engagement; // as it was at the run
    const struct data *data;             // sealed
    const json_t *exception;             // as exceptions.jsonl has it
    const struct mask *mask;             // gathered; NULL
};

// A control: what it tests, what it reads and what the absence of each means, what it accepts no
// assumption for.
json_t *explanation_control(const struct engagement *engagement, const struct control *control,
                            const char *language);

// {"format", "exception", "run": {...}, "control": {...}, "row": ROW, "evidence": [ROW], "rule":
// {"file", "line", "hash", "text"}}, where ROW is {"table", "label", "key", "source", "sha256",
// "found", "fields": [{"name", "label", "type", "value", "from"}]}; "from" is the source's column.
// The caller releases it. NULL with `error` when there is no such control any more.
json_t *explanation_new(const struct explanation_of *of, struct error *error);

#endif
