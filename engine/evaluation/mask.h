// SPDX-License-Identifier: MIT
// A mask: fields whose content stays out of results, such as customer.phone. Rules test what is
// there; what they report is masked afterwards, wherever a text of such a field stands in it. Ids,
// amounts and fingerprints keep their meaning: a key or label that holds such a text gets a short
// hash in its place, which is the same in every run.
#ifndef VOUCH_MASK_H
#define VOUCH_MASK_H

#include "engine/evaluation/evaluation.h"

#define MASK_TEXT "***"

struct mask;

// Reads "customer.phone,employee.name". NULL with `error` (ERROR_USAGE) for a field that the model
// does not have, or that cannot be masked: a part of a key names rows, and a bool or enum says
// nothing about a person. The caller frees.
struct mask *mask_new(const struct model *model, const char *list, struct error *error);
void mask_free(struct mask *mask);

// Collects the texts of the masked columns of sealed data. Before any of what follows.
void mask_gather(struct mask *mask, const struct data *data);

// Masks what the findings report and why rows were not tested, after the findings were sealed, and
// sorts them again.
void mask_findings(const struct mask *mask, const struct engagement *engagement,
                   const struct data *data, struct evaluation *evaluation);

// Masks what the data problems quote.
void mask_problems(const struct mask *mask, struct data *data);

// Is it a masked field? `mask` may be NULL.
bool mask_covers(const struct mask *mask, int table, int field);

// Adds the text with every masked text in it replaced.
void mask_text(const struct mask *mask, const char *text, struct buffer *out);

// A field of a row as results show it: as data_format, MASK_TEXT where it is masked, or where a
// text, other than that of a key, says what a masked field says. `mask` may be NULL.
bool mask_format(const struct mask *mask, const struct data *data, int table, int64_t row,
                 int field, struct buffer *out);

// The fields, "customer.phone", as JSON for the run record.
json_t *mask_json(const struct mask *mask);

#endif
