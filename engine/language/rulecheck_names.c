// SPDX-License-Identifier: MIT
// Names, assignments, constants and operators: what needs no types.
#include "engine/language/rulecheck_inside.h"

#include <stdio.h>

// ---- names ----

// Why names that every Lua programmer knows are missing.
static const char *known_elsewhere(struct text name)
{
    static const struct {
        const char *name, *why;
    } known[] = {
        {"os", mistake_NO_CLOCK},         {"io", mistake_NO_FILES},
        {"print", mistake_NO_PRINT},      {"require", mistake_NO_REQUIRE},
        {"cases", mistake_NO_CASES_HERE}, {"pcall", mistake_NO_PCALL},
        {"math", mistake_NO_MATH},        {"null", mistake_WRITE_NIL},
        {"NULL", mistake_WRITE_NIL},      {"None", mistake_WRITE_NIL},
        {"True", mistake_WRITE_TRUE},     {"False", mistake_WRITE_FALSE},
        {"_ENV", mistake_NO_SHARING},     {"_G", mistake_NO_SHARING},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_is(name, known[i].name))
            return known[i].why;
    return NULL;
}

static void try_locals(struct nearest *nearest, const struct check *check, const struct node *use)
{
    for (const struct symbol *symbol = check->syntax->symbols; symbol; symbol = symbol->next) {
        if (symbol->declaration->begin > use->begin)
            return;
        if (use->begin >= symbol->function->begin && use->end <= symbol->function->end)
            nearest_try_text(nearest, symbol->name);
    }
}

static void check_global(struct check *check, const struct node *node)
{
    if (dictionary_find(check->globals, node->text.bytes, node->text.length) != DICTIONARY_NONE)
        return;
    if (check_full(check))
        return;
    const char *why = known_elsewhere(node->text);
    if (why) {
        check_error(check, node, mistake_RULES_HAVE_NO, node->text.bytes, mistake_words(why));
        return;
    }
    if (check->input->model && model_find_table(check->input->model, node->text.bytes) >= 0) {
        check_error(check, node, mistake_TABLE_WITHOUT_QUOTES, node->text.bytes, node->text.bytes);
        return;
    }
    struct nearest nearest = nearest_start(node->text);
    char hint[96];
    for (uint32_t code = 0; code < dictionary_count(check->globals); code++)
        nearest_try_text(&nearest, dictionary_get(check->globals, code));
    try_locals(&nearest, check, node);
    check_error(check, node, mistake_UNKNOWN_NAME, node->text.bytes, nearest_hint(&nearest, hint));
}

// string.uper: a member of a table of functions.
static void check_global_member(struct check *check, const struct node *node)
{
    const struct node *object = node->first, *key = node->last;
    if (object->kind != NODE_NAME || object->scope != SCOPE_GLOBAL || key->kind != NODE_STRING)
        return;
    uint32_t code = dictionary_find(check->globals, object->text.bytes, object->text.length);
    if (code == DICTIONARY_NONE || !check->closed[code] || check_full(check))
        return;
    struct buffer name = {0};
    buffer_printf(&name, "%s.", object->text.bytes);
    buffer_add(&name, key->text.bytes, key->text.length);
    if (dictionary_find(check->globals, name.data, name.length) == DICTIONARY_NONE) {
        struct nearest nearest = nearest_start((struct text){name.data, name.length});
        char hint[96];
        for (uint32_t other = 0; other < dictionary_count(check->globals); other++)
            nearest_try_text(&nearest, dictionary_get(check->globals, other));
        check_error(check, key, mistake_UNKNOWN_NAME, name.data, nearest_hint(&nearest, hint));
    }
    buffer_clear(&name);
}

// ---- assignments ----

static bool is_assigned(const struct node *node)
{
    const struct node *parent = node->parent;
    if (parent->kind == NODE_FUNCTION_STATEMENT)
        return parent->first == node;
    return parent->kind == NODE_LIST && parent->parent->kind == NODE_ASSIGN &&
           parent->parent->first == parent;
}

static bool at_top_level(const struct check *check, const struct node *node)
{
    return node_function(node) == check->syntax->root;
}

// The name at the root of a.b[c].d, or NULL.
static const struct node *root_name(const struct node *node)
{
    while (node->kind == NODE_INDEX || node->kind == NODE_PARENTHESES)
        node = node->first;
    return node->kind == NODE_NAME ? node : NULL;
}

static bool belongs_to_file(const struct check *check, const struct node *name)
{
    return name->symbol && name->symbol->function == check->syntax->root;
}

static void check_name_target(struct check *check, const struct node *target)
{
    const char *name = target->text.bytes;
    bool top = at_top_level(check, target);
    if (target->scope == SCOPE_GLOBAL) {
        if (text_is(target->text, "_ENV"))
            check_error(check, target, mistake_ENVIRONMENT_VALUE);
        else if (check->input->kind == RULECHECK_LIBRARY && !top)
            check_error(check, target, mistake_LIBRARY_GLOBAL, name, name);
        else if (check->input->kind != RULECHECK_LIBRARY)
            check_error(check, target, mistake_NOT_A_LOCAL, name, name);
    } else if (!top && belongs_to_file(check, target)) {
        check_error(check, target, mistake_OF_THE_FILE, name);
    }
}

static void check_field_target(struct check *check, const struct node *target)
{
    const struct node *root = root_name(target->first);
    struct snippet source = check_source(check, target);
    enum value_kind kind = typing_of(check->typing, target->first).kind;
    if (kind == VALUE_ROW || kind == VALUE_PARAMETERS) {
        check_error(check, target,
                    kind == VALUE_ROW ? mistake_READ_ONLY_ROW : mistake_READ_ONLY_PARAMETERS,
                    source.text);
    } else if (root && root->scope == SCOPE_GLOBAL) {
        check_error(check, target, mistake_OF_ALL_RULES, source.text);
    } else if (root && !at_top_level(check, target) && belongs_to_file(check, root)) {
        check_error(check, target, mistake_TABLE_OF_THE_FILE, source.text);
    }
}

static void check_target(struct check *check, const struct node *target)
{
    if (target->kind == NODE_NAME)
        check_name_target(check, target);
    else if (target->kind == NODE_INDEX)
        check_field_target(check, target);
}

// table.insert(LIST, x) and the like, on a table of the file.
static void check_table_call(struct check *check, const struct node *node)
{
    const struct node *callee = node->first, *first = node->last->first;
    if (callee->kind != NODE_INDEX || !node_is_global(callee->first, "table") || !first)
        return;
    bool changes = node_is_string(callee->last, "insert") ||
                   node_is_string(callee->last, "remove") || node_is_string(callee->last, "sort");
    const struct node *root = changes ? root_name(first) : NULL;
    if (root && !at_top_level(check, node) && belongs_to_file(check, root))
        check_error(check, node, mistake_TABLE_OF_THE_FILE, check_source(check, first).text);
}

// ---- constants and operators ----

// 1.50e2 as plain digits; false where that would be longer than a number can be.
static bool plain_number(const char *text, char out[64])
{
    char digits[24];
    int count = 0, point = -1, at = 0;
    for (; text[at] && text[at] != 'e' && text[at] != 'E'; at++) {
        if (text[at] == '.')
            point = count;
        else if (count < 20)
            digits[count++] = text[at];
        else
            return false;
    }
    if (point < 0)
        point = count;
    int exponent = 0;
    if (text[at] &&
        (sscanf(text + at + 1, "%4d", &exponent) != 1 || exponent > 18 || exponent < -18))
        return false;
    point += exponent;
    size_t used = 0;
    if (point <= 0) {
        out[used++] = '0';
        out[used++] = '.';
    }
    for (int i = point < 0 ? point : 0; i < count || i < point; i++) {
        if (i == point && i > 0)
            out[used++] = '.';
        out[used++] = i >= 0 && i < count ? digits[i] : '0';
    }
    out[used] = '\0';
    return true;
}

static void check_float(struct check *check, const struct node *node)
{
    char plain[64];
    bool hexadecimal = node->text.length > 1 && (node->text.bytes[1] | 0x20) == 'x';
    if (!hexadecimal && plain_number(node->text.bytes, plain))
        check_error(check, node, mistake_FLOAT, node->text.bytes, plain);
    else
        check_error(check, node, mistake_FLOAT_FORM, node->text.bytes);
}

static bool is_whole(const struct check *check, const struct node *node)
{
    enum value_kind kind = typing_of(check->typing, node).kind;
    return kind == VALUE_INT || kind == VALUE_ZERO;
}

static void check_division(struct check *check, const struct node *node)
{
    bool both_whole = is_whole(check, node->first) && is_whole(check, node->last);
    bool decimal = typing_of(check->typing, node->first).kind == VALUE_DECIMAL ||
                   typing_of(check->typing, node->last).kind == VALUE_DECIMAL;
    bool by_floor = node->op == OPERATOR_FLOOR_DIVIDE || node->op == OPERATOR_MODULO;
    if (by_floor && (both_whole || (check->input->kind == RULECHECK_LIBRARY && !decimal)))
        return;
    struct snippet left = check_source(check, node->first), right = check_source(check, node->last);
    switch ((int)node->op) {
    case OPERATOR_DIVIDE:
        check_error(check, node, mistake_DIVISION, left.text, right.text, left.text, right.text);
        break;
    case OPERATOR_FLOOR_DIVIDE:
        check_error(check, node, mistake_FLOOR_DIVISION, left.text, right.text, left.text,
                    right.text);
        break;
    case OPERATOR_MODULO:
        check_error(check, node, mistake_MODULO, left.text, right.text, left.text, right.text);
        break;
    case OPERATOR_POWER:
        check_error(check, node, mistake_POWER, left.text, left.text);
        break;
    }
}

enum { FACTOR_MAX = 1000 * 1000 };

static bool is_small_factor(const struct node *node)
{
    return node->kind == NODE_INTEGER && node->integer >= -FACTOR_MAX &&
           node->integer <= FACTOR_MAX;
}

// Whole numbers are Lua's own: a product of two fields may need more than 64 bits, and would wrap
// round without an error. Sums would need some million rows of the largest values for that.
static void check_product(struct check *check, const struct node *node)
{
    const struct node *left = node_bare(node->first), *right = node_bare(node->last);
    bool whole = typing_of(check->typing, node->first).kind == VALUE_INT &&
                 typing_of(check->typing, node->last).kind == VALUE_INT;
    if (!whole || is_small_factor(left) || is_small_factor(right))
        return;
    struct snippet a = check_source(check, left), b = check_source(check, right);
    check_error(check, node, mistake_PRODUCT, a.text, b.text);
}

static void check_operator(struct check *check, const struct node *node)
{
    switch ((int)node->op) {
    case OPERATOR_DIVIDE:
    case OPERATOR_FLOOR_DIVIDE:
    case OPERATOR_MODULO:
    case OPERATOR_POWER:
        check_division(check, node);
        break;
    case OPERATOR_MULTIPLY:
        check_product(check, node);
        break;
    case OPERATOR_BIT_AND:
    case OPERATOR_BIT_OR:
        check_error(check, node, mistake_BITS, operator_text(node->op),
                    node->op == OPERATOR_BIT_AND ? "and" : "or");
        break;
    case OPERATOR_BIT_XOR:
    case OPERATOR_BIT_NOT:
        check_error(check, node, mistake_BITS_NOT);
        break;
    case OPERATOR_SHIFT_LEFT:
    case OPERATOR_SHIFT_RIGHT:
        check_error(check, node, mistake_BITS_SHIFT, operator_text(node->op));
        break;
    }
}

static void check_node(struct check *check, const struct node *node)
{
    switch ((int)node->kind) {
    case NODE_NAME:
        if (node->scope == SCOPE_GLOBAL)
            check_global(check, node);
        break;
    case NODE_INDEX:
        if (!is_assigned(node))
            check_global_member(check, node);
        break;
    case NODE_DECLARATION:
        if (text_is(node->text, "_ENV"))
            check_error(check, node, mistake_ENVIRONMENT_NAME);
        break;
    case NODE_ASSIGN:
        for (const struct node *target = node->first->first; target; target = target->next)
            check_target(check, target);
        break;
    case NODE_FUNCTION_STATEMENT:
        check_target(check, node->first);
        break;
    case NODE_CALL:
        check_table_call(check, node);
        break;
    case NODE_FLOAT:
        check_float(check, node);
        break;
    case NODE_UNARY:
    case NODE_BINARY:
        check_operator(check, node);
        break;
    }
}

// A global that is given a value here is refused there once, not wherever it is read.
static void allow_assigned(struct check *check, const struct node *target)
{
    if (target->kind != NODE_NAME || target->scope != SCOPE_GLOBAL)
        return;
    dictionary_add(check->globals, target->text.bytes, target->text.length);
}

void check_names(struct check *check)
{
    const struct node *root = check->syntax->root;
    for (const struct node *node = root; node; node = node_next(root, node)) {
        if (node->kind == NODE_FUNCTION_STATEMENT)
            allow_assigned(check, node->first);
        if (node->kind == NODE_ASSIGN)
            for (const struct node *target = node->first->first; target; target = target->next)
                allow_assigned(check, target);
    }
    for (const struct node *node = root; node; node = node_next(root, node))
        check_node(check, node);
}
