// SPDX-License-Identifier: MIT
// Terms: what systems call tables, fields and values of the model. Ours come from the model itself;
// those of other systems from rules/packs/words.csv, each with its public source. Compared without
// regard to case, width, blanks and punctuation.
#ifndef VOUCH_GUESS_TERMS_H
#define VOUCH_GUESS_TERMS_H

#include "engine/base/buffer.h"
#include "engine/base/error.h"
#include "engine/data/model.h"

#include <stdbool.h>
#include <stddef.h>

// How much a word says: a field's own name, a system's word for one table, our Chinese term for a
// field, a system's word for any table that has the field.
enum term_strength { TERM_ANYWHERE = 6, TERM_LABEL = 7, TERM_OF_TABLE = 9, TERM_OWN = 10 };

struct term {
    const char *text;    // as it is written
    const char *system;  // whose word it is; NULL: ours
    int table;           // -1: of any table that has the field
    const char *field;   // NULL: it is the table's name; "(key)", "(date)": see term_field
    const char *value;   // it stands for this value of the field; NULL
    const char *meaning; // how the column is to be taken ("rate", "first", "last"); NULL
    enum term_strength strength;
};

struct terms;

// Reads `folder`/packs/words.csv, and the names of the model, which must outlive it. NULL with
// `error` when the file cannot be read or names what the model does not have. The caller frees.
struct terms *terms_new(const struct model *model, const char *folder, struct error *error);
void terms_free(struct terms *terms);

// Adds a text as it is compared: letters and digits only, in one case and width.
void term_fold(const char *text, struct buffer *out);

// The words of that text; their number. `found` is borrowed. A header also goes by what stands
// before a bracket ("Price (EUR)") or behind the last slash or point ("Order Lines/Quantity").
size_t terms_find(const struct terms *terms, const char *text, const struct term *const **found);

// The field of `table` that the word means, or -1. "(key)" is the first column of its key, "(date)"
// the day that places its rows in time.
int term_field(const struct term *term, const struct model *model, int table);

// The value that a text stands for in a field of a table, or NULL.
const char *terms_value(const struct terms *terms, const struct model *model, int table, int field,
                        const char *text);

// How much the name of a list says that it is that table: 0 nothing, TERMS_NAMED that it is called
// so (but for digits); where its name only has a word for it, up to TERMS_MENTIONED, by how much of
// the name that is.
enum { TERMS_NAMED = 45, TERMS_MENTIONED = 40 };
unsigned terms_name(const struct terms *terms, int table, const char *name);

// Does the text say that there is nothing ("-", "N/A")?
bool terms_is_null(const struct terms *terms, const char *text);

// Does the text begin or end as a total does ("合计", "Total:")?
bool terms_is_total(const struct terms *terms, const char *text);

// Is it nothing else?
bool terms_is_bare_total(const struct terms *terms, const char *text);

#endif
