// SPDX-License-Identifier: MIT
// An audit sample: rows of a table that are drawn so that what is found in them can be projected to
// all. docs/sampling.md names the methods' sources.
//
// Amounts are whole units of 10^-scale of the sample's currency; sums may need 128 bits.
#ifndef VOUCH_SAMPLE_H
#define VOUCH_SAMPLE_H

#include "engine/base/arena.h"
#include "engine/base/decimal.h"
#include "engine/base/error.h"
#include "reports/sampling/draw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sample_method { SAMPLE_MONETARY_UNIT, SAMPLE_RANDOM, SAMPLE_SYSTEMATIC };

// A row that was drawn, or that stands apart.
struct sample_item {
    size_t position; // in the population
    bool certain;    // not below the interval: taken in any case
    int64_t book;
    __int128 cumulative, unit; // of the rows that are not certain: their sum so far, the unit hit
    const char *key, *source, *date, *customer, *reason; // in the sample's arena; NULL until known
    char check[16];                                      // of the row against its record
    // What the work paper says, once it is read back.
    int64_t audited;
    bool deviates;
};

struct sample {
    enum sample_method method;
    struct arena *arena;                   // of texts; NULL while there are none
    const char *language;                  // of what is printed; NULL: English
    const char *table, *amount, *currency; // amount and currency NULL: rows are judged, not amounts
    int scale;
    struct decimal confidence;          // 0.95
    struct decimal tolerable, expected; // amounts, or rates (0.05) of rows
    char seed[DRAW_SEED_MAX + 1];
    int64_t size_asked;    // 0: the computed one is taken
    int64_t size_computed; // rows, or monetary units that are hit
    struct decimal factor; // monetary-unit: the confidence factor of the plan
    int64_t interval;      // monetary-unit
    __int128 start;        // of the interval (monetary-unit), of the walk (systematic)
    size_t rows;           // of the population
    __int128 total;        // their amounts
    size_t certain_rows;
    __int128 certain_total;
    struct sample_item *items; // in the order of the population
    size_t item_count;
};

// "monetary-unit", "random", "systematic"; in the files' words, which are the English ones, or in
// those of a language.
const char *sample_method_word(enum sample_method method, const char *language);
const char *sample_method_name(enum sample_method method);
int sample_method_from_name(const char *name, enum sample_method *method);

// Reads what is tolerable and expected: amounts like "50000" for monetary-unit samples, rates like
// "5%" for others. `expected` NULL: none. ERROR_USAGE when they cannot be. method and scale are
// set.
int sample_set_limits(struct sample *sample, const char *tolerable, const char *expected,
                      struct error *error);

// "95" or "95%"; from more than 50 to 99.9. ERROR_USAGE otherwise.
int sample_set_confidence(struct sample *sample, const char *text, struct error *error);

// Sizes the sample for its population of `rows` amounts (NULL: rows without amounts) and draws it
// from `seed` (NULL: a random one). Amounts of a monetary-unit sample are all positive. Fills what
// the setters above did not, but for the items' texts. ERROR_USAGE when no sample can be drawn.
int sample_draw(struct sample *sample, const int64_t *amounts, size_t rows, const char *seed,
                struct error *error);

// How many rows of the population may deviate: the tolerable rate of them, rounded down.
int64_t sample_tolerable_rows(const struct sample *sample);

// A copy that lives as long as the sample; NULL for NULL.
const char *sample_text(struct sample *sample, const char *text);
void sample_clear(struct sample *sample);

#endif
