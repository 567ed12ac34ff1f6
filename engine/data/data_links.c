// SPDX-License-Identifier: MIT
// Resolves each reference, once, into a column of row numbers: to follow it later is to read a
// cell. A reference whose paths go over others waits for those: each is resolved on first need, and
// a circle, like what was not imported, makes it `missing`, said once for all rows.
//
// By key: the words that a row looks for are converted to those of the target's columns and found
// by an index of these. An id may be that of the alias table instead, and then stands for the id in
// the alias's row.
// As of a day: the index has the target's columns without wildcards (empty, "*"). Of the candidates
// it gives, those count that match in the rest, are in force on the day and fulfil the condition;
// the most specific wins, the first declared match weighing most, then the one that began last.
// By kind: the row names the table of its target, and a text key that is split into its columns.
//
// Where the answer cannot be known (two win alike, a cell of a key or a date cannot be read, the
// named table was not imported) the link is CELL_INVALID, and a rule that follows it is untestable;
// where there is none it is CELL_NULL.
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"
#include "engine/data/row_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum state { UNRESOLVED, RESOLVING, RESOLVED };

struct resolver {
    struct data *data;
    enum state **states;           // by table, by reference
    enum state **columns;          // by table, by field: of working it out
    bool circled;                  // a column under work was asked for
    struct row_index *const *keys; // by table
};

// How words of one column are compared with those of another: enums by name, the rest as they are.
struct conversion {
    int64_t *words; // by word of the source; NULL: no conversion
    int count;
};

static const struct field *field_of(const struct data *data, const struct path *path)
{
    return &data->model->tables[path->table].fields[path->field];
}

static int64_t enum_word(const struct data *data, const char *value, const struct field *to)
{
    if (to->type == TYPE_TEXT) {
        uint32_t code = dictionary_find(data->texts, value, strlen(value));
        return code == DICTIONARY_NONE ? CELL_INVALID : (int64_t)code;
    }
    for (int i = 0; i < to->value_count; i++)
        if (strcmp(to->values[i], value) == 0)
            return i;
    return CELL_INVALID;
}

static struct conversion conversion_new(const struct data *data, const struct path *from,
                                        const struct path *to)
{
    const struct field *source = field_of(data, from), *target = field_of(data, to);
    struct conversion conversion = {0};
    if (source->type != TYPE_ENUM || source == target)
        return conversion;
    conversion.count = source->value_count;
    conversion.words =
        arena_take(data->arena, (size_t)source->value_count, sizeof *conversion.words);
    for (int i = 0; i < source->value_count; i++)
        conversion.words[i] = enum_word(data, source->values[i], target);
    return conversion;
}

// A text source against an enum target, or numbers of unlike scales, row by row.
static int64_t convert(const struct data *data, const struct conversion *conversion,
                       const struct path *from, const struct path *to, int64_t word)
{
    if (word <= CELL_INVALID)
        return word;
    if (conversion->words)
        return word < conversion->count ? conversion->words[word] : CELL_INVALID;
    const struct field *source = field_of(data, from), *target = field_of(data, to);
    if (source->type == TYPE_TEXT && target->type == TYPE_ENUM)
        return enum_word(data, dictionary_get(data->texts, (uint32_t)word).bytes, target);
    if (source->type == TYPE_DECIMAL || source->type == TYPE_MONEY) {
        int scale = data->tables[from->table].columns[from->field].scale;
        int64_t moved;
        return decimal_at_scale((struct decimal){word, scale},
                                data->tables[to->table].columns[to->field].scale, &moved) == 0
                   ? moved
                   : CELL_INVALID;
    }
    return word;
}

static void resolve(struct resolver *resolver, int table, int reference);

// A column that was not imported is worked out once, when something first needs it.
static void derive_column(struct resolver *resolver, int table, int field)
{
    struct data *data = resolver->data;
    const struct field *definition = &data->model->tables[table].fields[field];
    struct column *column = &data->tables[table].columns[field];
    enum state *state = &resolver->columns[table][field];
    resolver->circled |= *state == RESOLVING;
    if (*state != UNRESOLVED || column_is_there(column))
        return;
    bool circled = resolver->circled;
    resolver->circled = false;
    *state = RESOLVING; // reached again over its own paths it is not there
    const struct assumption *assumption = &data->assumptions[column->assumption];
    if (definition->absence && definition->absence->kind == ABSENCE_DERIVED &&
        !assumption->refused && !assumption->contradiction &&
        data_derive(resolver, data, table, field))
        data->assumptions[column->assumption].given = column->given = true;
    // What failed on the way round (net from gross, gross from net) may be tried from elsewhere.
    *state = resolver->circled && !column->given ? UNRESOLVED : RESOLVED;
    resolver->circled |= circled;
}

void data_reference_ready(struct resolver *resolver, int table, int reference)
{
    resolve(resolver, table, reference);
}

bool data_path_ready(struct resolver *resolver, int table, const struct path *path,
                     struct buffer *missing, struct rests *rests)
{
    const struct data *data = resolver->data;
    for (int i = 0; i < path->depth; i++) {
        resolve(resolver, table, path->references[i]);
        const struct link *link = &data->tables[table].links[path->references[i]];
        if (link->missing) {
            buffer_add_text(missing, link->missing);
            return false;
        }
        rests_add_all(data->arena, rests, &link->rests);
        table = data->model->tables[table].references[path->references[i]].target;
    }
    if (!table_is_there(&data->tables[table])) {
        assumption_explain(data, table, -1, missing);
        return false;
    }
    derive_column(resolver, table, path->field);
    const struct column *column = &data->tables[table].columns[path->field];
    rests_add(data->arena, rests, column->assumption);
    if (column_is_there(column))
        return true;
    assumption_explain(data, table, path->field, missing);
    return false;
}

void data_path_rests(const struct data *data, struct arena *arena, int table,
                     const struct path *path, struct rests *rests)
{
    if (path->field < 0)
        return;
    for (int i = 0; i < path->depth; i++) {
        rests_add_all(arena, rests, &data->tables[table].links[path->references[i]].rests);
        table = data->model->tables[table].references[path->references[i]].target;
    }
    rests_add(arena, rests, data->tables[table].columns[path->field].assumption);
    rests_add(arena, rests, data->tables[table].columns[path->field].unreadable);
}

struct plan {
    int table; // that refers
    const struct reference *reference;
    struct conversion conversions[16];
    bool has_otherwise[16];
    bool
        otherwise_unknown[16]; // there may be a value, where `from` is empty, that was not imported
    struct buffer unlisted;    // why rows without `from` stand in no list; empty: they need none
    bool own_unknown[16];      // the referring row's column was not imported
    struct rests rests, lost;  // as those of the link
    int active[16]; // matches that can tell rows apart: the others' target columns are all empty
    int active_count;
    const struct row_index *index;
    struct row_index *own_index; // to be freed; NULL when `index` is the target's key
    int indexed[16];             // matches that the index answers
    int indexed_count;
    const struct row_index *alias; // by the first key column of the alias table
    struct row_index *own_alias;   // to be freed, likewise
    bool of_people;                // it leads to employees, from ids that `people` says
    enum people people;
    int64_t star; // the text code of "*"; INT64_MAX where no text is
};

// Is this the path that gives a row its currency? Empty then means the engagement's.
static bool is_currency(const struct data *data, int table, const struct path *path)
{
    const struct path *currency = &data->model->tables[table].currency;
    if (path->field != currency->field || path->table != currency->table ||
        path->depth != currency->depth)
        return false;
    for (int i = 0; i < path->depth; i++)
        if (path->references[i] != currency->references[i])
            return false;
    return true;
}

// Fills `words` with what the row looks for; returns how many of them are null or invalid.
static int source_words(const struct data *data, int table, const struct plan *plan, int64_t row,
                        int64_t *words, bool *unreadable)
{
    int empty = 0;
    *unreadable = false;
    for (int number = 0; number < plan->active_count; number++) {
        int at = plan->active[number];
        const struct match *match = &plan->reference->matches[at];
        const struct path *from = &match->from;
        int64_t word = data_walk(data, table, from, row);
        if (word == CELL_NULL && plan->has_otherwise[at]) {
            from = &match->otherwise;
            word = data_walk(data, table, from, row);
        } else if (word == CELL_NULL && plan->otherwise_unknown[at])
            word = CELL_INVALID;
        if (word == CELL_NULL && is_currency(data, table, from))
            word = data->own_currency;
        *unreadable |= word == CELL_INVALID;
        words[at] = convert(data, &plan->conversions[at], from, &match->to, word);
        empty += word <= CELL_INVALID;
    }
    return empty;
}

// "*" means any, and looking up what need not be there is no reference.
static bool may_dangle(const struct plan *plan, const int64_t *words)
{
    return !plan->reference->optional && words[0] != plan->star;
}

static void plan_clear(struct plan *plan)
{
    row_index_free(plan->own_index);
    row_index_free(plan->own_alias);
    buffer_clear(&plan->unlisted);
}

// A target's column can be indexed when no row of it is a wildcard.
static bool has_wildcard(const struct data *data, const struct path *to)
{
    if (to->depth > 0)
        return true;
    const struct table *table = &data->tables[to->table];
    const struct column *column = &table->columns[to->field];
    uint32_t star = dictionary_find(data->texts, "*", 1);
    bool text = field_of(data, to)->type == TYPE_TEXT;
    for (uint32_t row = 0; row < table->rows; row++) {
        int64_t word = column_get(column, row);
        if (word <= CELL_INVALID || (text && word == (int64_t)star))
            return true;
    }
    return false;
}

// Whether a path leads to nothing from every row: it costs nothing to leave it out.
static bool is_empty(const struct data *data, int table, const struct path *path)
{
    for (int i = 0; i < path->depth; i++) {
        if (data->tables[table].links[path->references[i]].rows.width == 0)
            return true;
        table = data->model->tables[table].references[path->references[i]].target;
    }
    return data->tables[path->table].columns[path->field].width == 0;
}

static void plan_index(const struct resolver *resolver, struct plan *plan)
{
    const struct data *data = resolver->data;
    const struct reference *reference = plan->reference;
    const struct model_table *target = &data->model->tables[reference->target];
    bool asof = reference->kind == REFERENCE_ASOF;
    uint32_t star = dictionary_find(data->texts, "*", 1);
    int fields[16];
    plan->star = star == DICTIONARY_NONE ? INT64_MAX : (int64_t)star;
    for (int i = 0; i < reference->match_count; i++) {
        const struct path *to = &reference->matches[i].to;
        if (asof && is_empty(data, reference->target, to))
            continue;
        plan->active[plan->active_count++] = i;
        if (asof && has_wildcard(data, to))
            continue;
        fields[plan->indexed_count] = to->field;
        plan->indexed[plan->indexed_count++] = i;
    }
    bool is_key = resolver->keys[reference->target] && plan->indexed_count == target->key_count;
    for (int i = 0; is_key && i < target->key_count; i++)
        is_key = fields[i] == target->key[i];
    if (!is_key)
        plan->own_index =
            row_index_new(&data->tables[reference->target], fields, plan->indexed_count);
    plan->index = is_key ? resolver->keys[reference->target] : plan->own_index;
}

static void plan_alias(const struct resolver *resolver, struct plan *plan)
{
    const struct model *model = resolver->data->model;
    const struct path *from = &plan->reference->matches[0].from;
    if (plan->reference->target == resolver->data->employees && plan->reference->match_count == 1 &&
        from->field >= 0) {
        plan->of_people = true;
        plan->people = model->tables[from->table].fields[from->field].people;
        return;
    }
    int alias = model->tables[plan->reference->target].alias_table;
    if (alias < 0 || !table_is_there(&resolver->data->tables[alias]))
        return;
    plan->alias = model->tables[alias].key_count == 1 ? resolver->keys[alias] : NULL;
    if (!plan->alias)
        plan->alias = plan->own_alias =
            row_index_new(&resolver->data->tables[alias], model->tables[alias].key, 1);
}

// A date or moment on either side of a comparison; days compare with moments by calendar day.
struct moment {
    bool known, unreadable, day_only;
    int64_t at;
};

static struct moment moment_at(const struct data *data, int table, const struct path *path,
                               int64_t row)
{
    struct moment moment = {0};
    int64_t word = path->field < 0 ? CELL_NULL : data_walk(data, table, path, row);
    moment.unreadable = word == CELL_INVALID;
    if (word <= CELL_INVALID)
        return moment;
    moment.known = true;
    moment.at = word;
    moment.day_only = true;
    if (field_of(data, path)->type == TYPE_TIMESTAMP) {
        moment.day_only = word & 1;
        moment.at = moment.day_only ? zone_day(data->scope.zone, word >> 1) : word >> 1;
    }
    return moment;
}

static int compare_moments(const struct data *data, struct moment a, struct moment b)
{
    if (a.day_only != b.day_only) {
        if (!a.day_only)
            a.at = zone_day(data->scope.zone, a.at);
        if (!b.day_only)
            b.at = zone_day(data->scope.zone, b.at);
    }
    return (a.at > b.at) - (a.at < b.at);
}

static bool is_time(const struct field *field)
{
    return field->type == TYPE_DATE || field->type == TYPE_TIMESTAMP;
}

// Does a candidate count? What cannot be read makes it unknown, never a no.
enum answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN };

static enum answer compares(enum comparison is, int order)
{
    switch (is) {
    case COMPARE_LE:
        return order <= 0;
    case COMPARE_LT:
        return order < 0;
    case COMPARE_EQ:
        return order == 0;
    case COMPARE_GE:
        return order >= 0;
    case COMPARE_GT:
        return order > 0;
    }
    return ANSWER_NO;
}

// The condition between the two rows. The target must fulfil it; where the own side is still empty
// (an order not approved yet) there is nothing to compare with.
static enum answer where_holds(const struct data *data, const struct reference *reference,
                               int table, int64_t row, int64_t candidate)
{
    if (reference->where_target.field < 0)
        return ANSWER_YES;
    if (is_time(field_of(data, &reference->where_target))) {
        struct moment a = moment_at(data, reference->target, &reference->where_target, candidate);
        struct moment b = moment_at(data, table, &reference->where_source, row);
        if (a.unreadable || (a.known && b.unreadable))
            return ANSWER_UNKNOWN;
        if (!a.known || !b.known)
            return a.known;
        return compares(reference->where_is, compare_moments(data, a, b));
    }
    int64_t a = data_walk(data, reference->target, &reference->where_target, candidate);
    int64_t b = data_walk(data, table, &reference->where_source, row);
    if (a == CELL_INVALID || (a != CELL_NULL && b == CELL_INVALID))
        return ANSWER_UNKNOWN;
    if (a == CELL_NULL || b == CELL_NULL)
        return a != CELL_NULL;
    const struct path *target = &reference->where_target, *source = &reference->where_source;
    return compares(
        reference->where_is,
        decimal_compare(
            (struct decimal){a, data->tables[target->table].columns[target->field].scale},
            (struct decimal){b, data->tables[source->table].columns[source->field].scale}));
}

// How specific a candidate is, one bit a match with the first declared highest; -1: no match.
// `*unknown`: whether it matches cannot be known.
static int specificity(const struct data *data, const struct plan *plan, const int64_t *words,
                       int64_t candidate, bool *unknown)
{
    const struct reference *reference = plan->reference;
    int bits = 0;
    *unknown = false;
    for (int number = 0; number < plan->active_count; number++) {
        int at = plan->active[number];
        const struct path *to = &reference->matches[at].to;
        int64_t word = data_walk(data, reference->target, to, candidate);
        if (word == CELL_NULL || (word == plan->star && field_of(data, to)->type == TYPE_TEXT))
            continue;
        if (word == CELL_INVALID || plan->own_unknown[at])
            *unknown = true;
        else if (word != words[at])
            return -1;
        bits |= 1 << (reference->match_count - 1 - at);
    }
    return bits;
}

// The row in force, ROW_NONE, or ROW_AMBIGUOUS with the number that tie in `*ties`.
static int64_t find_asof(const struct data *data, int table, const struct plan *plan, int64_t row,
                         int *ties)
{
    const struct reference *reference = plan->reference;
    struct moment at = moment_at(data, table, &reference->asof.at, row);
    int64_t words[16], indexed[16];
    bool unreadable;
    source_words(data, table, plan, row, words, &unreadable);
    for (int key = 0; key < plan->indexed_count; key++)
        indexed[key] = words[plan->indexed[key]];
    int64_t best = ROW_NONE;
    struct moment best_from = {0};
    int best_bits = -1, unreadable_bits = -1; // the most specific of each, whatever their order
    *ties = 0;
    if (unreadable || at.unreadable)
        return ROW_AMBIGUOUS;
    if (!at.known)
        return ROW_NONE;
    for (int64_t candidate = row_index_first(plan->index, indexed); candidate >= 0;
         candidate = row_index_next(plan->index, candidate)) {
        bool unknown;
        int bits = specificity(data, plan, words, candidate, &unknown);
        if (bits < 0 || bits < best_bits)
            continue;
        struct moment from = moment_at(data, reference->target, &reference->asof.from, candidate);
        struct moment to = moment_at(data, reference->target, &reference->asof.to, candidate);
        enum answer holds = where_holds(data, reference, table, row, candidate);
        if ((from.known && compare_moments(data, at, from) < 0) ||
            (to.known && compare_moments(data, at, to) > 0) || holds == ANSWER_NO)
            continue;
        // A window that cannot be read is not an open one.
        if (from.unreadable || to.unreadable || unknown || holds == ANSWER_UNKNOWN) {
            unreadable_bits = bits > unreadable_bits ? bits : unreadable_bits;
            continue;
        }
        // Open since ever is older than any date.
        int order = bits != best_bits  ? 1
                    : !from.known      ? -(int)best_from.known
                    : !best_from.known ? 1
                                       : compare_moments(data, from, best_from);
        if (order == 0)
            ++*ties;
        if (order <= 0)
            continue;
        best = candidate;
        best_bits = bits;
        best_from = from;
        *ties = 1;
    }
    bool hidden = unreadable_bits >= 0 && unreadable_bits >= best_bits;
    return *ties > 1 || hidden ? ROW_AMBIGUOUS : best;
}

// An id may be that of another table that leads here: a user account of an employee.
static int64_t find_alias(const struct data *data, const struct plan *plan, int64_t word,
                          bool *known)
{
    const struct model_table *target = &data->model->tables[plan->reference->target];
    int64_t row = plan->alias ? row_index_first(plan->alias, &word) : ROW_NONE;
    *known = row >= 0;
    if (row < 0)
        return ROW_NONE;
    int64_t id =
        column_get(&data->tables[target->alias_table].columns[target->alias_field], (size_t)row);
    return id <= CELL_INVALID ? ROW_NONE : row_index_first(plan->index, &id);
}

static int64_t find_key(struct data *data, int table, const struct plan *plan, struct link *link,
                        uint32_t row)
{
    int64_t words[16];
    bool unreadable;
    if (source_words(data, table, plan, row, words, &unreadable) > 0)
        return unreadable ? ROW_AMBIGUOUS : ROW_NONE;
    link->named++;
    bool known = false;
    int number = (int)(plan->reference - data->model->tables[table].references);
    if (plan->of_people) {
        struct identity identity = data_identify(data, (uint32_t)words[0], plan->people);
        if (identity.kind == IDENTITY_PERSON && identity.row < 0 && may_dangle(plan, words) &&
            !data_is_user(data, (uint32_t)words[0]))
            data_add_dangling(data, table, row, number);
        return identity.row;
    }
    int64_t found = find_alias(data, plan, words[0], &known);
    if (!known)
        found = row_index_first(plan->index, words);
    if (found < 0 && !known && may_dangle(plan, words))
        data_add_dangling(data, table, row, number);
    return found;
}

// Whether a path of a plan, if there is one, can be read; what it rests on goes into the plan.
static bool ready(struct resolver *resolver, int table, const struct path *path, struct plan *plan,
                  struct buffer *missing)
{
    if (path->field < 0)
        return true;
    if (!data_path_ready(resolver, table, path, missing, &plan->rests))
        return false;
    const struct column *column = &resolver->data->tables[path->table].columns[path->field];
    rests_add(resolver->data->arena, table == plan->table ? &plan->lost : &plan->rests,
              column->unreadable);
    return true;
}

// One column that must match. A wildcard column of the target that we lack is unknown where the
// target has no wildcard.
static bool match_ready(struct resolver *resolver, int table, struct plan *plan, int number,
                        struct buffer *missing)
{
    const struct data *data = resolver->data;
    const struct reference *reference = plan->reference;
    const struct match *match = &reference->matches[number];
    struct buffer other = {0};
    plan->has_otherwise[number] =
        match->otherwise.field >= 0 && ready(resolver, table, &match->otherwise, plan, &other);
    plan->otherwise_unknown[number] = match->otherwise.field >= 0 && !plan->has_otherwise[number];
    if (plan->otherwise_unknown[number] && plan->unlisted.length == 0)
        buffer_add_text(&plan->unlisted, buffer_text(&other));
    buffer_clear(&other);
    if (!ready(resolver, reference->target, &match->to, plan, missing))
        return false;
    bool own = ready(resolver, table, &match->from, plan, missing) || plan->has_otherwise[number];
    if (!own && (reference->kind == REFERENCE_KEY || !has_wildcard(data, &match->to)))
        return false;
    // A way to the value that cannot be gone, and a value taken for nothing, are the same to a
    // target that asks for one.
    const struct column *from = &data->tables[match->from.table].columns[match->from.field];
    bool is_nothing = from->assumption != 0 && from->width == 0;
    plan->own_unknown[number] = reference->kind == REFERENCE_ASOF && !plan->has_otherwise[number] &&
                                (!own || is_nothing) && !is_currency(data, table, &match->from);
    buffer_reset(missing);
    plan->conversions[number] = conversion_new(data, &match->from, &match->to);
    return true;
}

// What the referring row itself needs to be matched at all.
static bool own_ready(struct resolver *resolver, int table, struct plan *plan,
                      struct buffer *missing)
{
    const struct reference *reference = plan->reference;
    for (int i = 0; i < reference->match_count && reference->kind == REFERENCE_KEY; i++)
        if (!ready(resolver, table, &reference->matches[i].from, plan, missing))
            return false;
    return ready(resolver, table, &reference->asof.at, plan, missing);
}

static bool plan_ready(struct resolver *resolver, int table, struct plan *plan,
                       struct buffer *missing)
{
    const struct reference *reference = plan->reference;
    for (int i = 0; i < reference->match_count; i++)
        if (!match_ready(resolver, table, plan, i, missing))
            return false;
    const struct asof *asof = &reference->asof;
    return ready(resolver, table, &asof->at, plan, missing) &&
           ready(resolver, reference->target, &asof->from, plan, missing) &&
           ready(resolver, reference->target, &asof->to, plan, missing) &&
           ready(resolver, reference->target, &reference->where_target, plan, missing) &&
           ready(resolver, table, &reference->where_source, plan, missing);
}

// The target was not imported: a row that names one leads nowhere that anybody knows, one that
// names none leads to none.
static void resolve_to_missing(struct data *data, int table, int number)
{
    const struct reference *reference = &data->model->tables[table].references[number];
    struct link *link = &data->tables[table].links[number];
    link->target_missing = true;
    column_allocate(&link->rows, data->tables[table].rows, 0, 0);
    for (uint32_t row = 0; row < data->tables[table].rows; row++) {
        bool names = reference->asof.at.field < 0 ||
                     data_walk(data, table, &reference->asof.at, row) != CELL_NULL;
        for (int i = 0; i < reference->match_count && reference->kind == REFERENCE_KEY; i++)
            names = names && data_walk(data, table, &reference->matches[i].from, row) != CELL_NULL;
        if (names)
            column_set(&link->rows, row, CELL_INVALID);
    }
}

// An ambiguous reference keeps, as its text, what data_explain_link says of it.
static void add_ambiguous(const struct data *data, struct column *column, uint32_t row,
                          struct buffer *text)
{
    column_add_invalid(column, data->arena, row, buffer_text(text), text->length);
    buffer_clear(text);
}

static void add_tie(const struct data *data, struct column *column, uint32_t row, int ties,
                    const char *target)
{
    struct buffer text = {0};
    reason_set_with(&text, REASON_TIE, "%d" REASON_AND "%s", ties, target);
    add_ambiguous(data, column, row, &text);
}

static void add_two_people(const struct data *data, int table, const struct plan *plan,
                           struct column *column, uint32_t row)
{
    struct buffer text = {0};
    int64_t id = data_walk(data, table, &plan->reference->matches[0].from, row);
    if (id <= CELL_INVALID)
        return;
    reason_set_with(&text, REASON_TWO_PEOPLE, "%s",
                    dictionary_get(data->texts, (uint32_t)id).bytes);
    add_ambiguous(data, column, row, &text);
}

static void resolve_rows(struct resolver *resolver, int table, int number, struct plan *plan)
{
    struct data *data = resolver->data;
    struct table *rows = &data->tables[table];
    const struct model_table *target = &data->model->tables[plan->reference->target];
    plan_index(resolver, plan);
    if (plan->reference->kind == REFERENCE_KEY)
        plan_alias(resolver, plan);
    struct column *column = &rows->links[number].rows;
    uint32_t most = data->tables[plan->reference->target].rows;
    column_allocate(column, rows->rows, 0, most ? most - 1 : 0);
    size_t found = 0;
    bool unknown = false;
    for (uint32_t row = 0; row < rows->rows; row++) {
        int ties = 0;
        int64_t link = plan->reference->kind == REFERENCE_ASOF
                           ? find_asof(data, table, plan, row, &ties)
                           : find_key(data, table, plan, &rows->links[number], row);
        if (link == ROW_NONE)
            continue;
        found++;
        unknown |= link == ROW_AMBIGUOUS;
        column_set(column, row, link == ROW_AMBIGUOUS ? CELL_INVALID : link);
        if (link == ROW_AMBIGUOUS && ties > 1)
            add_tie(data, column, row, ties, target->name);
        else if (link == ROW_AMBIGUOUS && plan->of_people)
            add_two_people(data, table, plan, column, row);
    }
    if (found == 0)
        column_clear(column);
    if (unknown && plan->unlisted.length)
        rows->links[number].unlisted = arena_text_of(data->arena, &plan->unlisted);
}

static int document_table(const struct model *model, const struct reference *reference,
                          const char *name)
{
    for (int i = 0; i < reference->document_count; i++)
        if (strcmp(reference->documents[i].text, name) == 0)
            return reference->documents[i].table;
    return model_find_table(model, name);
}

static void report_unknown_kind(struct data *data, int table, uint32_t row, const char *column,
                                const char *name)
{
    const struct table *rows = &data->tables[table];
    struct buffer reason = {0};
    reason_set(&reason, REASON_NO_SUCH_TABLE);
    problem_add(&data->problems, PROBLEM_DANGLING_REFERENCE, table, data_source(rows, row),
                column_get(&rows->lines, row), column, name, strlen(name), buffer_text(&reason));
    buffer_clear(&reason);
}

static void resolve_document(struct resolver *resolver, int table, int number)
{
    struct data *data = resolver->data;
    struct table *rows = &data->tables[table];
    const struct reference *reference = &data->model->tables[table].references[number];
    struct link *link = &rows->links[number];
    const struct field *kind_field = &data->model->tables[table].fields[reference->kind_field];
    column_allocate(&link->rows, rows->rows, 0, INT32_MAX);
    column_allocate(&link->tables, rows->rows, 0, INT16_MAX);
    for (uint32_t row = 0; row < rows->rows; row++) {
        int64_t kind = column_get(&rows->columns[reference->kind_field], row);
        int64_t id = column_get(&rows->columns[reference->id_field], row);
        if (kind == CELL_NULL || id == CELL_NULL)
            continue;
        if (kind == CELL_INVALID || id == CELL_INVALID) {
            column_set(&link->rows, row, CELL_INVALID); // it names one; nobody can tell which
            continue;
        }
        const char *name = kind_field->type == TYPE_ENUM
                               ? kind_field->values[kind]
                               : dictionary_get(data->texts, (uint32_t)kind).bytes;
        const char *key = dictionary_get(data->texts, (uint32_t)id).bytes;
        int target = document_table(data->model, reference, name);
        // An enum names what else there may be; in free text it is a value that was not mapped.
        if (target < 0 && kind_field->type == TYPE_TEXT && !reference->optional)
            report_unknown_kind(data, table, row, kind_field->name, name);
        if (target >= 0 && !table_is_there(&data->tables[target]))
            column_set(&link->rows, row, CELL_INVALID); // there may be one; nobody can tell
        if (target < 0 || !table_is_there(&data->tables[target]))
            continue;
        int64_t words[16], found = ROW_NONE;
        link->named++;
        if (resolver->keys[target] && data_key_words(data, target, key, words) == 0)
            found = row_index_first(resolver->keys[target], words);
        if (found < 0) {
            data_add_dangling(data, table, row, number);
            continue;
        }
        column_set(&link->rows, row, found);
        column_set(&link->tables, row, target);
    }
}

static void resolve(struct resolver *resolver, int table, int number)
{
    struct data *data = resolver->data;
    enum state *state = &resolver->states[table][number];
    struct link *link = &data->tables[table].links[number];
    if (*state == RESOLVED || !table_is_there(&data->tables[table]))
        return;
    const struct reference *reference = &data->model->tables[table].references[number];
    struct buffer missing = {0};
    // Reached again over its own paths.
    if (*state == RESOLVING) {
        if (!link->missing) {
            reason_set(&missing, REASON_CIRCLE);
            link->missing = arena_text_of(data->arena, &missing);
        }
        return;
    }
    *state = RESOLVING;
    struct plan plan = {.table = table, .reference = reference};
    if (reference->kind == REFERENCE_DOCUMENT) {
        const struct path kind = {.table = table, .field = reference->kind_field};
        const struct path id = {.table = table, .field = reference->id_field};
        if (ready(resolver, table, &kind, &plan, &missing) &&
            ready(resolver, table, &id, &plan, &missing))
            resolve_document(resolver, table, number);
    } else if (!table_is_there(&data->tables[reference->target])) {
        if (own_ready(resolver, table, &plan, &missing))
            resolve_to_missing(data, table, number);
    } else {
        // What is not looked up by an id may not be there without anybody naming it.
        if (reference->kind == REFERENCE_ASOF || reference->optional)
            rests_add(data->arena, &plan.rests, data->tables[reference->target].assumption);
        if (plan_ready(resolver, table, &plan, &missing))
            resolve_rows(resolver, table, number, &plan);
    }
    rests_add_all(data->arena, &link->rests, &plan.rests);
    rests_add_all(data->arena, &link->lost, &plan.lost);
    plan_clear(&plan);
    if (missing.length && !link->missing)
        link->missing = arena_text_of(data->arena, &missing);
    buffer_clear(&missing);
    *state = RESOLVED;
}

bool data_explain_path(const struct data *data, int table, const struct path *path, int64_t row,
                       struct buffer *out)
{
    if (path->field < 0 || data_walk(data, table, path, row) != CELL_INVALID)
        return false;
    for (int i = 0; i < path->depth && row >= 0; i++) {
        int from = table;
        int64_t next = data_follow(data, from, row, path->references[i], &table);
        if (next == ROW_NONE) {
            data_explain_dangling(data, from, row, path->references[i], out);
            return true;
        }
        row = next;
    }
    reason_set_with(out, REASON_UNREADABLE, "%s.%s", data->model->tables[path->table].name,
                    field_of(data, path)->name);
    return true;
}

// Names what was not imported of the way to a value that is to be matched; false: nothing.
static bool explain_lack(const struct data *data, int table, const struct path *path,
                         struct buffer *out)
{
    int at = table;
    for (int i = 0; i < path->depth; i++) {
        const struct link *link = &data->tables[at].links[path->references[i]];
        if (link->missing) {
            buffer_reset(out);
            buffer_add_text(out, link->missing);
            return true;
        }
        at = data->model->tables[at].references[path->references[i]].target;
    }
    const struct column *own = &data->tables[path->table].columns[path->field];
    if (own->imported || is_currency(data, table, path) || own->width)
        return false;
    assumption_explain(data, path->table, path->field, out);
    return true;
}

static bool explain_document(const struct data *data, int table, int64_t row,
                             const struct reference *reference, struct buffer *out)
{
    struct buffer kind = {0};
    if (reference->kind != REFERENCE_DOCUMENT)
        return false;
    const struct path kind_path = {.table = table, .field = reference->kind_field};
    const struct path id_path = {.table = table, .field = reference->id_field};
    if (data_explain_path(data, table, &kind_path, row, out) ||
        data_explain_path(data, table, &id_path, row, out))
        return true;
    data_format(data, table, row, reference->kind_field, &kind);
    int target = document_table(data->model, reference, buffer_text(&kind));
    reason_set_with(out, REASON_NOT_IMPORTED, "%s",
                    target < 0 ? buffer_text(&kind) : data->model->tables[target].name);
    buffer_clear(&kind);
    return true;
}

void data_explain_link(const struct data *data, int table, int64_t row, int number,
                       struct buffer *out)
{
    const struct reference *reference = &data->model->tables[table].references[number];
    if (data_dangles(data, table, row, number)) {
        data_explain_dangling(data, table, row, number, out);
        return;
    }
    if (data->tables[table].links[number].target_missing) {
        assumption_explain(data, reference->target, -1, out);
        return;
    }
    if (explain_document(data, table, row, reference, out) ||
        data_explain_path(data, table, &reference->asof.at, row, out))
        return;
    for (int i = 0; i < reference->match_count; i++)
        if (data_explain_path(data, table, &reference->matches[i].from, row, out) ||
            data_explain_path(data, table, &reference->matches[i].otherwise, row, out))
            return;
    for (int i = 0; i < reference->match_count && reference->kind == REFERENCE_ASOF; i++)
        if (explain_lack(data, table, &reference->matches[i].from, out))
            return;
    if (data->tables[table].links[number].unlisted) {
        buffer_reset(out);
        buffer_add_text(out, data->tables[table].links[number].unlisted);
        return;
    }
    const char *tie = column_invalid_text(&data->tables[table].links[number].rows, (size_t)row);
    buffer_reset(out);
    if (tie)
        buffer_add_text(out, tie);
    else
        reason_set_with(out, REASON_DATES_UNREADABLE, "%s",
                        data->model->tables[reference->target].name);
}

void data_resolve(struct data *data, struct row_index *const *keys)
{
    struct arena *scratch = arena_new();
    struct resolver resolver = {.data = data, .keys = keys};
    int tables = data->model->table_count;
    resolver.states = arena_take(scratch, (size_t)tables, sizeof *resolver.states);
    resolver.columns = arena_take(scratch, (size_t)tables, sizeof *resolver.columns);
    for (int i = 0; i < tables; i++) {
        const struct model_table *table = &data->model->tables[i];
        resolver.states[i] =
            arena_take(scratch, (size_t)table->reference_count, sizeof **resolver.states);
        resolver.columns[i] =
            arena_take(scratch, (size_t)table->field_count, sizeof **resolver.columns);
    }
    for (int i = 0; i < tables; i++)
        for (int number = 0; number < data->model->tables[i].reference_count; number++)
            resolve(&resolver, i, number);
    for (int i = 0; i < tables; i++)
        for (int field = 0;
             table_is_there(&data->tables[i]) && field < data->model->tables[i].field_count;
             field++)
            derive_column(&resolver, i, field);
    for (int i = 0; i < tables; i++)
        for (int field = 0; data->tables[i].imported && field < data->model->tables[i].field_count;
             field++)
            data_derive_empty(&resolver, data, i, field);
    arena_free(scratch);
}
