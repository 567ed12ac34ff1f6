// SPDX-License-Identifier: MIT
// Types of single expressions: joining, navigating, calculating. A join is never narrower than
// either of what it joins: that typing_flow.c comes to an end rests on it. Where two kinds have no
// common one, or too many tables come together, it is any.
#include "engine/language/typing_inside.h"

#include "engine/base/mistake.h"
#include "engine/language/syntax_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct value_type type_simple(enum value_kind kind)
{
    return (struct value_type){.kind = kind};
}

static bool sets_equal(const struct table_set *a, const struct table_set *b)
{
    if (a == b)
        return true;
    return a && b && a->count == b->count &&
           memcmp(a->tables, b->tables, (size_t)a->count * sizeof *a->tables) == 0;
}

static bool literals_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool type_equal(struct value_type a, struct value_type b)
{
    return a.kind == b.kind && a.field == b.field && a.parameters == b.parameters &&
           literals_equal(a.literal, b.literal) && sets_equal(a.tables, b.tables);
}

struct value_type typing_rows(struct typing *typing, enum value_kind kind, const int *tables,
                              size_t count)
{
    int sorted[TABLE_SET_MAX], used = 0;
    for (size_t i = 0; i < count; i++) {
        int at = 0;
        while (at < used && sorted[at] < tables[i])
            at++;
        if (at < used && sorted[at] == tables[i])
            continue;
        if (used == TABLE_SET_MAX)
            return type_simple(VALUE_ANY);
        memmove(sorted + at + 1, sorted + at, (size_t)(used - at) * sizeof *sorted);
        sorted[at] = tables[i];
        used++;
    }
    if (!used)
        return type_simple(VALUE_ANY);
    struct table_set *set =
        arena_take(typing->arena, 1, sizeof *set + (size_t)used * sizeof *set->tables);
    set->count = used;
    memcpy(set->tables, sorted, (size_t)used * sizeof *sorted);
    return (struct value_type){.kind = kind, .tables = set};
}

static struct value_type join_sets(struct typing *typing, struct value_type a, struct value_type b)
{
    if (sets_equal(a.tables, b.tables))
        return a;
    if (!a.tables || !b.tables)
        return type_simple(a.kind);
    int both[2 * TABLE_SET_MAX];
    memcpy(both, a.tables->tables, (size_t)a.tables->count * sizeof *both);
    memcpy(both + a.tables->count, b.tables->tables, (size_t)b.tables->count * sizeof *both);
    return typing_rows(typing, a.kind, both, (size_t)(a.tables->count + b.tables->count));
}

static bool values_equal(const struct field *a, const struct field *b)
{
    if (a == b)
        return true;
    if (a->value_count != b->value_count)
        return false;
    for (int i = 0; i < a->value_count; i++)
        if (strcmp(a->values[i], b->values[i]) != 0)
            return false;
    return true;
}

static bool either(struct value_type a, struct value_type b, enum value_kind one,
                   enum value_kind other)
{
    return (a.kind == one && b.kind == other) || (a.kind == other && b.kind == one);
}

struct value_type type_join(struct typing *typing, struct value_type a, struct value_type b)
{
    // A missing value belongs to every type.
    if (a.kind <= VALUE_NIL)
        return b.kind == VALUE_NONE ? a : b;
    if (b.kind <= VALUE_NIL)
        return a;
    if (a.kind == b.kind) {
        if (a.kind == VALUE_ROW || a.kind == VALUE_LIST)
            return join_sets(typing, a, b);
        if (a.kind == VALUE_ENUM)
            return values_equal(a.field, b.field) ? a : type_simple(VALUE_TEXT);
        if (a.kind == VALUE_TEXT)
            return literals_equal(a.literal, b.literal) ? a : type_simple(VALUE_TEXT);
        return a.parameters == b.parameters ? a : type_simple(VALUE_ANY);
    }
    if (either(a, b, VALUE_ENUM, VALUE_TEXT))
        return type_simple(VALUE_TEXT);
    if (either(a, b, VALUE_ZERO, VALUE_INT))
        return type_simple(VALUE_INT);
    if (either(a, b, VALUE_ZERO, VALUE_DECIMAL))
        return type_simple(VALUE_DECIMAL);
    return type_simple(VALUE_ANY);
}

struct value_type type_element(struct value_type list)
{
    if (list.kind != VALUE_LIST || !list.tables)
        return type_simple(VALUE_ANY);
    return (struct value_type){.kind = VALUE_ROW, .tables = list.tables};
}

// ---- navigating ----

struct member typing_member(const struct model *model, int table, struct text name)
{
    const struct model_table *definition = &model->tables[table];
    if (strlen(name.bytes) != name.length)
        return (struct member){MEMBER_NONE, -1};
    int index = model_find_field(definition, name.bytes);
    if (index >= 0)
        return (struct member){MEMBER_FIELD, index};
    index = model_find_reference(definition, name.bytes);
    if (index >= 0)
        return (struct member){MEMBER_REFERENCE, index};
    index = model_find_reverse(definition, name.bytes);
    return (struct member){index >= 0 ? MEMBER_REVERSE : MEMBER_NONE, index};
}

static struct value_type field_type(const struct field *field)
{
    switch (field->type) {
    case TYPE_TEXT:
        return type_simple(VALUE_TEXT);
    case TYPE_INT:
        return type_simple(VALUE_INT);
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        return type_simple(VALUE_DECIMAL);
    case TYPE_DATE:
        return type_simple(VALUE_DATE);
    case TYPE_TIMESTAMP:
        return type_simple(VALUE_TIMESTAMP);
    case TYPE_BOOL:
        return type_simple(VALUE_BOOL);
    case TYPE_ENUM:
        return (struct value_type){.kind = VALUE_ENUM, .field = field};
    }
    return type_simple(VALUE_ANY);
}

static struct value_type member_type(struct typing *typing, int table, struct member member)
{
    const struct model_table *definition = &typing->model->tables[table];
    switch (member.kind) {
    case MEMBER_NONE:
        break;
    case MEMBER_FIELD:
        return field_type(&definition->fields[member.index]);
    case MEMBER_REFERENCE:
        if (definition->references[member.index].target < 0)
            break;
        return typing_rows(typing, VALUE_ROW, &definition->references[member.index].target, 1);
    case MEMBER_REVERSE:
        return typing_rows(typing, VALUE_LIST, &definition->reverses[member.index].table, 1);
    }
    return type_simple(VALUE_ANY);
}

const char *typing_literal(const struct typing *typing, const struct node *node)
{
    if (node->kind == NODE_STRING)
        return strlen(node->text.bytes) == node->text.length ? node->text.bytes : NULL;
    struct value_type type = typing->nodes[node->id];
    return type.kind == VALUE_TEXT ? type.literal : NULL;
}

struct value_type type_index(struct typing *typing, struct value_type object,
                             const struct node *key)
{
    if (object.kind == VALUE_NONE)
        return object;
    if (object.kind == VALUE_LIST)
        return key->kind == NODE_STRING ? type_simple(VALUE_ANY) : type_element(object);
    // What a local holds counts only where values are followed.
    bool written = key->kind == NODE_STRING;
    const char *literal = written || typing->calls ? typing_literal(typing, key) : NULL;
    if (!literal)
        return type_simple(VALUE_ANY);
    if (object.kind == VALUE_PARAMETERS && object.parameters)
        return typing_parameter(typing, object.parameters, literal);
    if (object.kind != VALUE_ROW || !typing->model)
        return type_simple(VALUE_ANY);
    struct value_type type = type_simple(VALUE_NONE);
    for (int i = 0; i < object.tables->count; i++) {
        int table = object.tables->tables[i];
        struct member member =
            typing_member(typing->model, table, (struct text){literal, strlen(literal)});
        if (member.kind != MEMBER_NONE)
            type = type_join(typing, type, member_type(typing, table, member));
    }
    return type.kind == VALUE_NONE ? type_simple(VALUE_ANY) : type;
}

struct node *parameter_value(struct node *declaration)
{
    if (!declaration || declaration->kind != NODE_TABLE)
        return declaration;
    struct node *first = declaration->first;
    while (first && first->kind == NODE_PAIR)
        first = first->next;
    return first;
}

struct value_type typing_parameter(const struct typing *typing, const struct node *declarations,
                                   const char *name)
{
    struct node *value = parameter_value(node_table_get(declarations, name));
    bool plain = value && value->kind != NODE_FUNCTION;
    return plain ? typing->nodes[value->id] : type_simple(VALUE_ANY);
}

// ---- calculating ----

static bool is_whole(struct value_type type)
{
    return type.kind == VALUE_INT || type.kind == VALUE_ZERO;
}

static bool is_number(struct value_type type)
{
    return is_whole(type) || type.kind == VALUE_DECIMAL;
}

static struct value_type type_sum(enum operator op, struct value_type left, struct value_type right)
{
    if (left.kind == VALUE_DATE && right.kind == VALUE_DATE && op == OPERATOR_SUBTRACT)
        return type_simple(VALUE_INT);
    if (left.kind == VALUE_DATE && is_whole(right))
        return left;
    if (is_whole(left) && right.kind == VALUE_DATE && op == OPERATOR_ADD)
        return right;
    if (is_whole(left) && is_whole(right))
        return type_simple(VALUE_INT);
    bool numbers = (is_number(left) || left.kind == VALUE_ANY) &&
                   (is_number(right) || right.kind == VALUE_ANY);
    // Whatever can be added to a decimal makes a decimal.
    if (numbers && (left.kind == VALUE_DECIMAL || right.kind == VALUE_DECIMAL))
        return type_simple(VALUE_DECIMAL);
    return type_simple(VALUE_ANY);
}

struct value_type type_operation(struct typing *typing, enum operator op, struct value_type left,
                                 struct value_type right)
{
    if (op >= OPERATOR_LT && op <= OPERATOR_EQ)
        return type_simple(VALUE_BOOL);
    if (op == OPERATOR_OR)
        return type_join(typing, left, right);
    if (op == OPERATOR_AND)
        return right;
    if (op == OPERATOR_CONCAT)
        return type_simple(VALUE_TEXT);
    if (left.kind == VALUE_NONE || right.kind == VALUE_NONE)
        return type_simple(VALUE_NONE);
    if (op == OPERATOR_ADD || op == OPERATOR_SUBTRACT || op == OPERATOR_MULTIPLY)
        return type_sum(op, left, right);
    bool whole = is_whole(left) && is_whole(right);
    if (whole && (op == OPERATOR_FLOOR_DIVIDE || op == OPERATOR_MODULO))
        return type_simple(VALUE_INT);
    return type_simple(VALUE_ANY);
}

struct value_type type_unary(enum operator op, struct value_type operand)
{
    if (op == OPERATOR_NOT)
        return type_simple(VALUE_BOOL);
    if (op == OPERATOR_LENGTH)
        return type_simple(VALUE_INT);
    if (op == OPERATOR_NEGATE && (is_number(operand) || operand.kind == VALUE_NONE))
        return operand;
    return type_simple(VALUE_ANY);
}

// ---- helpers ----

static const struct helper_type constructors[] = {
    {"decimal", "decimal", NULL}, {"date", "date", NULL}, {"timestamp", "timestamp", NULL}};

const struct helper_type *typing_helper(const struct typing *typing, const struct node *callee)
{
    if (callee->kind != NODE_NAME || callee->scope != SCOPE_GLOBAL)
        return NULL;
    uint32_t code = dictionary_find(typing->helper_names, callee->text.bytes, callee->text.length);
    if (code != DICTIONARY_NONE)
        return &typing->helpers[code];
    for (size_t i = 0; i < sizeof constructors / sizeof *constructors; i++)
        if (text_is(callee->text, constructors[i].name))
            return &constructors[i];
    return NULL;
}

// Of "argument n": a number may be chosen among all arguments (min, max), so that a whole one says
// nothing about the result unless all are.
static struct value_type argument_type(struct typing *typing, int n, const struct node *arguments)
{
    const struct node *argument = arguments && n > 0 ? node_child(arguments, (size_t)n - 1) : NULL;
    if (!argument)
        return type_simple(VALUE_ANY);
    struct value_type type = typing->nodes[argument->id];
    if (is_whole(type))
        for (argument = arguments->first; argument; argument = argument->next)
            type = type_join(typing, type, typing->nodes[argument->id]);
    return type;
}

// Of "value n": a function's result, or a field of the elements of the first argument.
static struct value_type selected_type(struct typing *typing, int n, const struct node *arguments)
{
    const struct node *argument = arguments && n > 0 ? node_child(arguments, (size_t)n - 1) : NULL;
    if (!argument)
        return type_simple(VALUE_ANY);
    if (argument->kind == NODE_FUNCTION)
        return typing->nodes[argument->id];
    if (argument->kind != NODE_STRING)
        return type_simple(VALUE_ANY);
    struct value_type list = typing->nodes[arguments->first->id];
    if (list.kind == VALUE_NONE)
        return list;
    return type_index(typing, type_element(list), argument);
}

// The table of "row:employee", or of "list:argument 1" where that argument is a text.
static int named_table(const struct typing *typing, const char *name, const struct node *arguments)
{
    if (!typing->model)
        return -1;
    if (strncmp(name, "argument ", 9) != 0)
        return model_find_table(typing->model, name);
    int n = atoi(name + 9);
    const struct node *argument = arguments && n > 0 ? node_child(arguments, (size_t)n - 1) : NULL;
    if (!argument || (argument->kind != NODE_STRING && !typing->calls))
        return -1;
    const char *literal = typing_literal(typing, argument);
    return literal ? model_find_table(typing->model, literal) : -1;
}

struct value_type type_named(struct typing *typing, const char *word, const struct node *arguments)
{
    static const struct {
        const char *word;
        enum value_kind kind;
    } simple[] = {{"nil", VALUE_NIL},   {"bool", VALUE_BOOL},           {"text", VALUE_TEXT},
                  {"int", VALUE_INT},   {"decimal", VALUE_DECIMAL},     {"money", VALUE_DECIMAL},
                  {"date", VALUE_DATE}, {"timestamp", VALUE_TIMESTAMP}, {"list", VALUE_LIST}};
    if (!word)
        return type_simple(VALUE_ANY);
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        if (strcmp(word, simple[i].word) == 0)
            return type_simple(simple[i].kind);
    if (strncmp(word, "argument ", 9) == 0)
        return argument_type(typing, atoi(word + 9), arguments);
    if (strncmp(word, "element ", 8) == 0) {
        int n = atoi(word + 8);
        const struct node *argument =
            arguments && n > 0 ? node_child(arguments, (size_t)n - 1) : NULL;
        struct value_type list = type_simple(VALUE_ANY);
        if (argument)
            list = typing->nodes[argument->id];
        return list.kind == VALUE_NONE ? list : type_element(list);
    }
    if (strncmp(word, "value ", 6) == 0)
        return selected_type(typing, atoi(word + 6), arguments);
    bool row = strncmp(word, "row:", 4) == 0, list = strncmp(word, "list:", 5) == 0;
    int table = -1;
    if (row || list)
        table = named_table(typing, strchr(word, ':') + 1, arguments);
    if (table >= 0)
        return typing_rows(typing, row ? VALUE_ROW : VALUE_LIST, &table, 1);
    return type_simple(list ? VALUE_LIST : VALUE_ANY);
}

void value_describe(const struct typing *typing, struct value_type type, char out[120])
{
    static const char *const names[] = {
        [VALUE_NONE] = mistake_UNKNOWN_VALUE,
        [VALUE_NIL] = "nil",
        [VALUE_BOOL] = mistake_TRUE_OR_FALSE,
        [VALUE_TEXT] = mistake_A_TEXT,
        [VALUE_ENUM] = mistake_A_TEXT,
        [VALUE_ZERO] = mistake_A_WHOLE_NUMBER,
        [VALUE_INT] = mistake_A_WHOLE_NUMBER,
        [VALUE_DECIMAL] = mistake_A_DECIMAL,
        [VALUE_DATE] = mistake_A_DATE,
        [VALUE_TIMESTAMP] = mistake_A_TIMESTAMP,
        [VALUE_ROW] = mistake_A_ROW,
        [VALUE_LIST] = mistake_A_LIST,
        [VALUE_PARAMETERS] = mistake_THE_PARAMETERS,
        [VALUE_ANY] = mistake_UNKNOWN_VALUE,
    };
    bool named = (type.kind == VALUE_ROW || type.kind == VALUE_LIST) && type.tables &&
                 type.tables->count == 1;
    if (named)
        snprintf(out, 120,
                 mistake_words(type.kind == VALUE_ROW ? mistake_A_ROW_OF : mistake_A_LIST_OF),
                 typing->model->tables[type.tables->tables[0]].name);
    else
        snprintf(out, 120, "%s", mistake_words(names[type.kind]));
}
