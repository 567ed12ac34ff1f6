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

// The column by which a reference names rows of `target` by their key: of a key of several columns
// the last, which tells its row from others. NULL for other references, and where it was not
// imported (data_rows.c).
const struct column *data_naming_column(const struct data *data, int table, int reference,
                                        int target);

// The word that a text stands for in a column; CELL_INVALID when no row can hold it, CELL_NULL for
// an empty text.
int64_t data_word(const struct data *data, int table, int field, const char *text, size_t length);

// Numbers the assumptions and gives what the model and the engagement allow to be assumed
// (assumption.c). What is worked out from references is left to data_derive.
void data_assume(struct data *data);

// Works out a column from others, whose references are resolved. false: they do not give it
// (data_derive.c).
struct resolver;
bool data_derive(struct resolver *resolver, struct data *data, int table, int field);

// Likewise the empty cells of a column that was imported, where they tell nothing; those of others
// that were worked out are not used for it.
void data_derive_empty(struct resolver *resolver, struct data *data, int table, int field);

// Notes, and reports, that a row names what is not in the data; rows in their order
// (data_dangling.c).
void data_add_dangling(struct data *data, int table, uint32_t row, int reference);

// Sets the reason: 'contract "CT9" is not in the data'.
void data_explain_dangling(const struct data *data, int table, int64_t row, int reference,
                           struct buffer *out);

// A new assumption: that a header stands where its history has no row (history.c). `rows`: how
// many.
uint16_t data_assume_header(struct data *data, int table, int field, uint32_t rows);

// Reports the tables of which only a part was extracted, as ids show that lead nowhere.
void data_find_partial(struct data *data);

// Resolves the references on the way of a path and works out its column where that is needed; false
// with the reason when it cannot be read.
bool data_path_ready(struct resolver *resolver, int table, const struct path *path,
                     struct buffer *missing, struct rests *rests);

// Resolves a reference of a table, unless that is under way.
void data_reference_ready(struct resolver *resolver, int table, int reference);

// Sets the reason why an id finds no row of a table, when one that differs only in leading zeros,
// case, width or blanks is there (data_nearest.c); false when there is none.
bool data_nearest_id(struct data *data, int table, int field, const char *text,
                     struct buffer *reason);
void data_nearest_clear(struct data *data); // what that has indexed

// Holds the currency marks of amounts against the currencies of their rows (data_marks.c).
// `linked`: those whose currency stands behind a reference; the others need nothing resolved.
void data_check_marks(struct data *data, bool linked);

// Reports rows that look like totals, and columns of ids that were rounded (data_doubts.c).
void data_doubt_totals(struct data *data);
void data_doubt_ids(struct data *data);

// Indexes employees and user accounts by id (data_person.c).
void data_index_people(struct data *data);
void data_forget_people(struct data *data);

// Currency of a row by the table's path, before `one_currency` is known.
uint32_t data_currency_of_row(const struct data *data, int table, int64_t row);

// Puts rows of a table into key order; rows of one key stay in row order.
void data_sort_rows(const struct data *data, int table, uint32_t *rows, size_t count);

// The words of the key columns that a key text (as data_key writes it) stands for; -1 when none
// can.
int data_key_words(const struct data *data, int table, const char *key, int64_t *words);

// The last day of an accounting period: "2026-10", or as the table accounting_period says.
bool data_period_end(const struct data *data, const char *period, int *day);

#endif
