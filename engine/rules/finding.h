// SPDX-License-Identifier: MIT
// A finding: one exception that a control's test returned for one row or group, with what decided
// it. Its texts and lists stand in an arena: of its block (block.h), then of the evaluation.
#ifndef VOUCH_FINDING_H
#define VOUCH_FINDING_H

#include "engine/base/arena.h"
#include "engine/base/decimal.h"
#include "engine/data/data.h"
#include "engine/rules/control.h"
#include "engine/rules/sums.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The label of exceptions about rows that pass because of one day. No rule can write one with a #.
#define FINDING_SAME_DAY "#same-day"

struct finding_value {
    const char *name;
    const char *text;
};

struct evidence {
    int table;
    int64_t row;
};

// There may be a million: large members first, so that none of it is padding.
struct finding {
    int64_t row;       // of the population; of a group its first
    const char *key;   // of the row, or the group's values
    const char *label; // NULL: none
    struct decimal amount;
    struct finding_value *values; // in name order
    struct evidence *evidence;    // as the rule gave them
    struct finding_value
        *unknowns;   // shown values that cannot be known, and why (reason.h); by name
    uint16_t *rests; // assumptions that it rests on, in their order
    int value_count, evidence_count, unknown_count, rest_count;
    int control; // index into the engagement's controls
    int table;   // population
    enum severity severity;
    uint32_t currency; // text code; DICTIONARY_NONE without an amount
    bool has_amount;
    char fingerprint[65]; // hexadecimal SHA-256 over the deciding facts
};

// Adds a value, whose texts are copied.
void finding_add_value(struct arena *arena, struct finding *finding, const char *name,
                       const char *text, size_t length);

// Adds the number of an assumption; they are added in their order.
void finding_add_rest(struct arena *arena, struct finding *finding, int assumption);

// By control id, table name, key, label; the order of every result file.
int finding_compare(const struct data *data, const struct control *controls,
                    const struct finding *a, const struct finding *b);

// "PRC-01:sales_order_line:SO1/1" or with "#label".
void finding_id(const struct data *data, const struct control *controls,
                const struct finding *finding, struct buffer *out);

// The control's message in `language` with {name} replaced by values in words, {amount} and {key}.
void finding_message(const struct data *data, const struct control *controls,
                     const struct finding *finding, const char *language, struct buffer *out);

// The amount with at least its currency's minor digits; "" without one.
void finding_amount(const struct data *data, const struct finding *finding, struct buffer *out);

// The sum that its amount belongs to, by the control's kind, its own currency and sign; NULL
// without one.
struct sum *finding_sum(const struct data *data, const struct control *controls,
                        const struct finding *finding, struct sums *sums);
void finding_add_amount(const struct data *data, const struct control *controls,
                        const struct finding *finding, struct sums *sums);

// Would it stand without its assumptions? Those that neither accuse nor acquit do not count.
bool finding_is_assumed(const struct data *data, const struct finding *finding);

// The assumptions that it rests on, as results name them, joined by "; ".
void finding_assumptions(const struct data *data, const struct finding *finding,
                         struct buffer *out);

// What of it is not known and why, in `language`: "amount: contract was not imported; ...".
void finding_unknowns(const struct finding *finding, const char *language, struct buffer *out);

// Fills the fingerprint from control id, table, key, label, amount, currency, values and
// assumptions.
void finding_seal(const struct data *data, const struct control *controls, struct finding *finding);

#endif
