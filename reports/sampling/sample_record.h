// SPDX-License-Identifier: MIT
// The record of a sample, sample.json:
//
// {"format": 1, "program": "vouch", "sample": {"version", "engagement", "scope", "language",
// "where",
//  "generator", "seed", "method", "table", "amount", "currency", "scale", "confidence",
//  "tolerable", "expected", "size_asked", "size_computed", "factor", "interval", "start",
//  "population", "sources", "items": [{"item", "stratum", "key", "source", "date", "customer",
//  "book_amount", "cumulative", "unit", "check"}]}, "sha256", "results", "times"}
//
// `sha256` is that of `sample` as compact JSON with sorted names; `check` of a row is derived from
// its cells and from what else stands in `sample`, so that a row of another sample is known as one.
#ifndef VOUCH_SAMPLE_RECORD_H
#define VOUCH_SAMPLE_RECORD_H

#include "engine/base/buffer.h"
#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/data/data.h"
#include "engine/rules/engagement.h"
#include "reports/sampling/sample.h"
#include "reports/sampling/sample_population.h"

#include <jansson.h>

enum { SAMPLE_RECORD_FORMAT = 1 };

// What a work paper is about.
struct sample_paper {
    const struct engagement *engagement;
    const struct data *data;
    const struct sample_request *request;
    const struct sample_population *population;
    struct sample *sample; // described
};

// What the record states of the sample, its member `sample`; fills the items' checks.
json_t *sample_record_new(const struct sample_paper *paper);
void sample_record_hash(const json_t *stated, char digits[HASH_TEXT]);

// Reads a record back; what the sheet says of its items is not known yet. ERROR_SOURCE when it
// cannot be read, or is not as it was written.
int sample_record_read(struct sample *sample, const char *path, struct error *error);

// "certain", "sampled": as sample_method_word and sample_method_name.
const char *sample_stratum_word(const struct sample_item *item, const char *language);
const char *sample_stratum(const struct sample_item *item);

// Units as text: "1234.50".
void sample_units_add(const struct sample *sample, __int128 units, struct buffer *out);
json_t *sample_units_json(const struct sample *sample, __int128 units);

#endif
