// SPDX-License-Identifier: MIT
// What functions of the engagement see of a source: `source["单据编号"]`, the text of one column of
// the record at hand, nil where the cell is empty. Texts calculate, as numbers and with dates.
#ifndef VOUCH_SCRIPT_SOURCE_H
#define VOUCH_SCRIPT_SOURCE_H

#include "engine/base/error.h"
#include "engine/data/data.h"
#include "engine/rules/engagement.h"

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

// The record at hand. Columns of a file that `with` adds are called "name.column", and are also
// read as source.name["column"].
struct script_source {
    // The column's text; of no length where the cell is empty. false: there is no such column.
    bool (*find)(const struct script_source *source, const char *label, struct text *text);
    // What its columns are called; NULL after the last.
    const char *(*label)(const struct script_source *source, size_t number);
};

// In a child: a state that has the functions of the engagement's files, and `source` on top. Makes
// the functions of the state work on texts, and refuses those that need sealed data. NULL with
// `error`, which names `what` it is for where no file is to blame.
lua_State *script_source_load(const struct engagement *engagement, const struct data *data,
                              const struct script_source *source, const char *what,
                              struct error *error);

#endif
