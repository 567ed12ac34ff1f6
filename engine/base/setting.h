// SPDX-License-Identifier: MIT
// A setting: `name = value` in a declaration of a Lua file. All that one kind of declaration may
// say is a table of settings, a line each, ended by a NULL name: what reads it, checks it and
// explains it walks that table.
#ifndef VOUCH_SETTING_H
#define VOUCH_SETTING_H

#include "engine/base/buffer.h"
#include "engine/base/dictionary.h"

#include <stdbool.h>
#include <stddef.h>

enum setting_type {
    SETTING_OWN, // of a shape that no other has: who reads it has code for it
    SETTING_TEXT,
    SETTING_TEXTS,     // a text, or a list of texts
    SETTING_BILINGUAL, // a text, or { en = "...", zh = "..." }
    SETTING_WORD,      // one of `words`
    SETTING_RANK,      // the same, known by its number among them
    SETTING_BOOLEAN,
    SETTING_COUNT,  // a whole number, 0 or more
    SETTING_NUMBER, // a whole number, 1 or more
    SETTING_DATA,   // any table without functions, kept as it is
    SETTING_TABLES, // a table of the model, or a list of them
    SETTING_PATH,   // a field, or one behind references: "order.order_date"
    SETTING_FIELDS, // a list of "table.field"
    SETTING_FUNCTION,
    SETTING_GROUPING, // a list of paths, or a function
};

struct setting {
    const char *name;
    enum setting_type type;
    bool required;
    bool of_whole;            // of imports: also where a whole folder or schema is imported
    const char *wants;        // in messages about a value of another type: "a number of lines"
    const char *const *words; // the first that it takes; the last is followed by NULL
    size_t word_step;         // bytes from one to the next, where they are part of a larger table
    size_t at, count_at;      // where the struct that it fills keeps it, and how many; 0: nowhere
};

// The setting of that name, or NULL.
const struct setting *setting_find(const struct setting *settings, const char *name);
const struct setting *setting_find_text(const struct setting *settings, struct text name);

// "; did you mean \"x\"?" about a name that is none of the settings, or ""; lives as long as
// `room`.
const char *setting_hint(const struct setting *settings, struct text name, char room[96]);

// Adds the names: "title, entity, period".
void setting_add_names(const struct setting *settings, struct buffer *out);

// May its value be a function?
bool setting_takes_function(const struct setting *setting);

// The words that it takes, counted from 0; NULL after the last.
const char *setting_word(const struct setting *setting, int number);
// The number of a word, or -1.
int setting_word_number(const struct setting *setting, const char *word);

#endif
