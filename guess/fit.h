// SPDX-License-Identifier: MIT
// A fit: a column of a list taken for a field of a table, because of what it is called and because
// its cells can be read as that field.
#ifndef VOUCH_GUESS_FIT_H
#define VOUCH_GUESS_FIT_H

#include "guess/terms.h"
#include "guess/values.h"

// A list that is looked at: its frame, its columns.
struct list {
    struct frame frame;
    struct values *columns;
    struct {
        const struct term *const *items;
        size_t count;
    } * terms;                // by column: what its name may mean
    struct reading *readings; // remembered: by column, READING_KINDS each
    bool *known;              // is it?
};
enum { READING_KINDS = TYPE_ENUM + 1 };

struct fit {
    size_t column;
    int field;
    const struct term *term; // that says so
    struct reading reading;
    // Values that are words for something: texts of the survey, and what they stand for.
    uint32_t *from;
    const char **to;
    size_t map_count;
    uint32_t unknown; // a value of an enum that no word is known for; DICTIONARY_NONE
    size_t unknown_cells;
};

struct fits {
    struct arena *arena; // of the items and their values
    int table;
    struct fit *items;
    size_t count;
    unsigned score; // how much speaks for it
};

struct fitting {
    const struct survey *survey;
    const struct model *model;
    const struct terms *terms;
    const struct zone *zone;
    struct habits habits;
};

// The columns of a list that fit fields of the table: each column and field once, the surest first.
// They live as long as the arena.
void fits_init(struct fits *fits, struct arena *arena, const struct fitting *fitting,
               struct list *list, int table);

// Takes a column for a field besides, where the field has none yet.
void fits_add(struct fits *fits, const struct fit *fit);

// The fit of a field or of a column, or NULL.
const struct fit *fits_field(const struct fits *fits, int field);
const struct fit *fits_column(const struct fits *fits, size_t column);

// The fit of the field of that name, or NULL where the table has none.
const struct fit *fits_named(const struct fits *fits, const struct model *model, const char *field);

#endif
