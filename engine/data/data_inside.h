// SPDX-License-Identifier: MIT
// What the modules of the data share among themselves.
#ifndef VOUCH_DATA_INSIDE_H
#define VOUCH_DATA_INSIDE_H

#include "engine/data/data.h"
#include "engine/data/row_index.h"

// Resolves all references (data_links.c). `keys`: indexes of tables by their key, NULL where a key
// column was not imported.
void data_resolve(struct data *data, struct row_index *const *keys);

// Builds the reverse lists (data_lists.c).
void data_list(struct data *data);

// Whether a row may stand in a list: it is not dated after as_of.
bool data_visible(const struct data *data, int table, int64_t row);

// Indexes employees and user accounts by id (data_person.c).
void data_index_people(struct data *data);

// Takes rows out of a joined table, which counts them as rejected records; `dropped` by row
// (data_drop.c).
void data_drop_rows(struct data *data, int table, const bool *dropped);

// The source of a row, by its span.
int data_source(const struct table *table, int64_t row);

// Currency of a row by the table's path, before `one_currency` is known.
uint32_t data_currency_of_row(const struct data *data, int table, int64_t row);

// Puts rows of a table into key order; rows of one key stay in row order.
void data_sort_rows(const struct data *data, int table, uint32_t *rows, size_t count);

// The words of the key columns that a key text (as data_key writes it) stands for; -1 when none
// can.
int data_key_words(const struct data *data, int table, const char *key, int64_t *words);

// Percent-encodes one column's text of a key.
void data_encode_key(const char *bytes, size_t length, struct buffer *out);

// The last day of an accounting period: "2026-10", or as the table accounting_period says.
bool data_period_end(const struct data *data, const char *period, int *day);

// coefficient × 10^-scale as the shortest exact text; the caller frees.
char *wide_decimal_text(__int128 coefficient, int scale);

// Whether two decimal texts, of any length, name the same number.
bool decimal_text_equal(const char *a, const char *b);

#endif
