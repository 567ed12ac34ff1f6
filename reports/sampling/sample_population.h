// SPDX-License-Identifier: MIT
// The population of a sample: the rows of a table that can be drawn, and those that stand apart,
// each counted under the reason: rows of the table = rows of the population + rows apart.
#ifndef VOUCH_SAMPLE_POPULATION_H
#define VOUCH_SAMPLE_POPULATION_H

#include "engine/base/error.h"
#include "engine/data/data.h"
#include "reports/sampling/sample.h"

// In the order in which they are asked; the first that applies counts.
enum sample_apart {
    APART_NO_DATE,    // nothing places the row in time
    APART_PERIOD,     // of another period, or later than the day of the audit
    APART_UNREADABLE, // the cell that --where asks for, or the amount, is invalid
    APART_CONDITION,  // does not meet --where
    APART_CURRENCY,   // of another currency
    APART_NO_AMOUNT,  // empty
    APART_ZERO,       // no unit of it can be hit
    APART_NEGATIVE,   // the same
    APART_COUNT
};

// What is asked for.
struct sample_request {
    const char *table;
    const char *amount;            // a money field; NULL: `amount`, or the table's only one
    const char *currency;          // NULL: the one that all rows have
    const char *const *conditions; // "FIELD=VALUE", NULL-terminated; all must be met
    bool every_period;
};

struct sample_population {
    int table;
    size_t rows_of_table, rejected; // loaded; rejected at import, and in no other count
    size_t rows;
    uint32_t *row;    // of the table, in its order
    int64_t *amounts; // NULL when rows are judged
    size_t apart[APART_COUNT];
    __int128 negative_total;
    // What an auditor must see to it otherwise: apart for another reason than what was asked for.
    // Their texts are the sample's.
    struct sample_item *others;
    size_t other_count;
};

// "no date", "other period", ...: as sample_method_word and sample_method_name.
const char *sample_apart_word(enum sample_apart apart, const char *language);
const char *sample_apart_name(enum sample_apart apart);

// Gathers the rows of sealed data; sets table, amount, currency and scale of `sample`, whose method
// is set. Random and systematic samples take an amount only where one is asked for, and rows of any
// amount. ERROR_USAGE for names and values that do not fit, and for amounts of several currencies.
int sample_population_gather(struct sample_population *population, struct sample *sample,
                             const struct data *data, const struct sample_request *request,
                             struct error *error);

// Fills the texts of the items drawn.
void sample_population_describe(const struct sample_population *population, struct sample *sample,
                                const struct data *data);
void sample_population_clear(struct sample_population *population);

#endif
