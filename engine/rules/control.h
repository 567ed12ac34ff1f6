// SPDX-License-Identifier: MIT
// A control: what a rule file declares about one test, without its functions, which only workers
// see. What it points to belongs to the engagement, with which it goes.
#ifndef VOUCH_CONTROL_H
#define VOUCH_CONTROL_H

#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/error.h"
#include "engine/base/setting.h"
#include "engine/data/model.h"
#include "engine/rules/classes.h"

#include <jansson.h>
#include <stdbool.h>

enum control_scope {
    SCOPE_PERIOD, // rows whose date lies in the period
    SCOPE_OPEN,   // documents dated up to as_of: what has not been done in time
    SCOPE_ALL,    // every row up to as_of, and those without a date
};

// What kind of comparison a control makes, in a word of the field; the only ones that `shape`
// takes.
struct control_shape {
    const char *name; // "as-of"
    const char *en, *zh;
};
extern const struct control_shape control_shapes[]; // ended by a NULL name

// All that control "ID" { ... } may say, and all that one of its parameters may say beside its
// value.
extern const struct setting control_settings[], parameter_settings[];

// What a case may say beside its name.
extern const struct setting case_settings[];

// Text in the languages of the reports; either may be NULL, not both.
struct bilingual {
    char *en;
    char *zh;
};

struct parameter {
    char *name;
    json_t *value;      // string, integer, boolean or array of these
    json_t *declared;   // the rule file's own value, before anybody replaced it
    char *type;         // "decimal", "int", "text", "date", "bool", "list"
    const char *origin; // "policy", "default", "engagement", "command line"
    char *note;         // where the number comes from; may be NULL
    char **choices;     // the texts that it may be; NULL: any
    int choice_count;
};

// Whether a value is one of the parameter's choices, or it has none.
bool parameter_takes(const struct parameter *parameter, const json_t *value);

// Adds a value as people read it: a text as it is, anything else as JSON.
void parameter_add(const json_t *value, struct buffer *out);

struct control {
    char *id;                                         // "PRC-01"
    char *family;                                     // "PRC"
    struct bilingual title, risk, message, follow_up; // all but title may be empty
    json_t *terms; // what values stand for in messages: {"late": {"en": ..., "zh": ...}}; or NULL
    struct bilingual tests; // what is compared with what, in a sentence or two; may be empty
    const char *shape;      // a name of control_shapes; NULL when it states none
    char **sources;         // clauses of the policy
    int source_count;
    enum severity severity;
    char **profiles;
    int profile_count;
    int *populations; // table indices
    int population_count;
    enum control_scope scope;
    char *period;                 // path text that replaces the tables' own; NULL
    enum amount_kind amount_kind; // unstated when it gives no amounts
    bool grouped;                 // the test receives groups of rows
    bool waivable;
    struct parameter *parameters;
    int parameter_count;
    char *looks_to; // how far past the period's end: "as_of", "period_end", or a parameter of days;
                    // NULL: as_of for what is open, else no further than its rows
    char **needs;   // tables and columns for which it accepts no assumption: "approval.step_no"
    int need_count;
    char **compares; // columns that it compares with one another: none may be derived from another
    int compare_count;
    char **evidence_columns; // "approval.opinion"
    int evidence_column_count;
    const char *file; // as the user knows it
    char *hash;       // of its rule: its own text and all that this reaches (rule_hash.h)
    int line;
    int file_index;  // in the engagement's rule files
    int cases_index; // of the file that holds the cases: its own, or a file of cases
    char **cases;    // their names, as far as files of cases were loaded
    int case_count;
    json_t
        *accesses; // {"table": ["field", ...]} that its functions can be seen to read; may be NULL
    json_t *decides; // the same of what decides: not only for an exception to show
    json_t *reads; // the same with the columns by which references find their rows, and those that
                   // give rows their days and amounts their currencies
    json_t *demands; // {"table": "always", "sometimes" or "imported"} of accesses: how much it
                     // needs the table; see rulecheck_demand
    bool disabled;
    const char *disabled_reason;
    bool selected; // false: another profile, or not named by --only; not part of the run at all
    bool required;
    bool required_tested; // and rows must have been tested without assumptions that acquit
};

// Reads one control of the declaration's JSON, which must live as long as the control: values are
// its own. Texts and lists are taken from the arena. 0 or -1 with `error`.
int control_init(struct control *control, const json_t *declaration, const struct model *model,
                 struct arena *arena, struct error *error);

// Whether it judges what has not been done by as_of.
bool control_looks_to_as_of(const struct control *control);

// Gives a control without cases those of a file of cases: their names, an array of texts.
void control_take_cases(struct control *control, int file, const json_t *names,
                        struct arena *arena);

// Adds to `out` how messages in `language` show a value: the control's term for it, or, in Chinese,
// the model's names of a "table.field". False, with nothing added, for a value that stands for
// itself.
bool control_term(const struct control *control, const struct model *model, const char *value,
                  const char *language, struct buffer *out);

// The text in `language` ("zh" or "en"), else the other; "" when there is none.
const char *bilingual_get(const struct bilingual *text, const char *language);

#endif
