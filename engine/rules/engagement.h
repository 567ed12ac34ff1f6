// SPDX-License-Identifier: MIT
// An engagement: what is audited, as the engagement file, the rule files and the command line say
// it (evaluation/engagement_load.h reads them).
#ifndef VOUCH_ENGAGEMENT_H
#define VOUCH_ENGAGEMENT_H

#include "engine/base/arena.h"
#include "engine/base/decimal.h"
#include "engine/base/error.h"
#include "engine/base/setting.h"
#include "engine/data/data.h"
#include "engine/data/model.h"
#include "engine/data/statement.h"
#include "engine/rules/control.h"
#include "engine/rules/import_kind.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

// Something wrong with an engagement or rule file, or worth saying.
struct diagnostic_line {
    bool is_error;
    char *file;
    int line, column; // 0 where unknown
    char *message;
};

// One file of Lua that took part.
struct rule_file {
    enum {
        RULE_FILE_MODEL,
        RULE_FILE_LIBRARY,
        RULE_FILE_ENGAGEMENT,
        RULE_FILE_CONTROLS,
        RULE_FILE_CASES, // only where they were asked for
    } kind;
    char *path; // to open it
    char *name; // as users know it: "rules/controls/prc.lua", "controls/own.lua", "audit.lua"
    char *sha256;
    char *text; // as it was read; workers load this text, so a change on disk cannot slip in
    size_t length;
};

// From what size on deficiencies are graded; nothing where it is not stated.
struct materiality {
    bool stated;
    struct decimal amount, significant; // in the currency of the engagement
    size_t significant_count, material_count;
};

// Who stated what `assume`, `refuse`, `none` and `complete` say; NULL where nobody is named.
struct stating {
    int line; // of the statement
    const char *by, *on, *because, *reference;
};

struct engagement {
    struct arena *arena; // of itself, and of all that it says, its controls and files
    json_t *kept;        // the values that its controls point to
    const char *file;    // "…/audit.lua"
    const char *folder;  // paths in it are relative to this
    const char *title, *entity, *language;
    struct materiality materiality;
    int history_pct;                    // as struct data has it
    const char *waivers, *dispositions; // files, as the engagement names them; NULL
    const char *waivers_encoding, *dispositions_encoding; // NULL: UTF-8
    struct statement *statements;                         // about data that are not there
    size_t statement_count;
    struct stating *statings; // by statement: who stated it
    struct scope scope;       // handed over to the data by the caller (engagement_take_scope)
    struct model *model;
    struct control *controls; // sorted by id
    int control_count;
    struct rule_file *files;
    int file_count;
    struct diagnostic_line *diagnostics;
    int diagnostic_count;
    int error_count;                        // of the diagnostics
    json_t *imports;                        // for the adapters
    const struct import_kind *import_kinds; // that it may name; of the options
    json_t *settings;                       // the whole engagement as data, for the run record
};

// As engagement_load made it; NULL is fine.
void engagement_free(struct engagement *engagement);

// Adds a diagnostic about the engagement file, or about `file`. `line` 0: unknown.
void engagement_complain(struct engagement *engagement, bool is_error, const char *file, int line,
                         const char *format, ...) __attribute__((format(printf, 5, 6)));

// Complains of each name in `object` that is none of the settings of `what`.
void engagement_check_names(struct engagement *engagement, const json_t *object, const char *what,
                            const struct setting *settings, int line);

// Moves the scope out, for data_new.
struct scope engagement_take_scope(struct engagement *engagement);

// The control, or NULL.
const struct control *engagement_control(const struct engagement *engagement, const char *id);

#endif
