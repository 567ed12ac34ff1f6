// SPDX-License-Identifier: MIT
// Types through a whole file: every local holds the join of all it is ever given, whatever the
// order of statements.
//
// There is a slot for each node and each symbol, empty at first (VALUE_NONE). A pass walks all
// statements and joins into the slots what it learns: a local gets what it is assigned, a parameter
// of a local function what its calls pass, a FUNCTION's own slot what it returns, which is the type
// of its calls. Where the calls of a function cannot all be seen, as it is passed on or stored, its
// parameters are any, but for the first where a helper is known to call it.
//
// Passes repeat until one changes nothing. Types only grow, so this ends; what is still growing
// after PASSES_EXACT becomes any, which bounds the time. Should even PASSES_MAX not settle it, all
// is any, and nothing is refused for its type. A branch types one function again, in slots of its
// own, for one call.
#include "engine/language/typing_inside.h"

#include "engine/base/memory.h"
#include "engine/language/syntax_inside.h"

#include <stdlib.h>
#include <string.h>

enum { PASSES_EXACT = 8, PASSES_MAX = 14 };

static bool is_tracked_local(const struct symbol *symbol)
{
    return symbol && !symbol->assigned;
}

struct node *typing_function(struct node *expression)
{
    expression = node_bare(expression);
    if (!expression || expression->kind == NODE_FUNCTION)
        return expression;
    if (expression->kind != NODE_NAME || !is_tracked_local(expression->symbol))
        return NULL;
    struct node *declaration = expression->symbol->declaration;
    struct node *statement = declaration->parent;
    if (statement->kind == NODE_LOCAL_FUNCTION)
        return declaration->next;
    if (statement->kind != NODE_LIST || statement->parent->kind != NODE_LOCAL)
        return NULL;
    struct node *value = statement->next->first;
    for (struct node *other = statement->first; other != declaration && value; other = other->next)
        value = value->next;
    return value && value->kind == NODE_FUNCTION ? value : NULL;
}

// The local that a FUNCTION is the value of, so that all its calls can be seen.
static bool function_is_local(const struct node *function)
{
    const struct node *parent = function->parent;
    if (parent && parent->kind == NODE_LOCAL_FUNCTION)
        return !parent->first->symbol->assigned;
    if (!parent || parent->kind != NODE_LIST || parent->parent->kind != NODE_LOCAL ||
        parent != parent->parent->last)
        return false;
    const struct node *declaration = parent->parent->first->first;
    for (const struct node *value = parent->first; value != function && declaration;
         value = value->next)
        declaration = declaration->next;
    return declaration && is_tracked_local(declaration->symbol);
}

static void give_node(struct typing *typing, const struct node *node, struct value_type type)
{
    struct value_type *slot = &typing->nodes[node->id];
    struct value_type joined = type_join(typing, *slot, type);
    if (type_equal(joined, *slot))
        return;
    *slot = typing->widen ? type_simple(VALUE_ANY) : joined;
    typing->changed = true;
}

void typing_give(struct typing *typing, const struct symbol *symbol, struct value_type type)
{
    if (!symbol)
        return;
    struct value_type *slot = &typing->symbols[symbol->id];
    struct value_type joined = type_join(typing, *slot, type);
    if (type_equal(joined, *slot))
        return;
    *slot = typing->widen ? type_simple(VALUE_ANY) : joined;
    typing->changed = true;
}

static void give_all_parameters(struct typing *typing, const struct node *function)
{
    for (struct node *node = function->first->first; node; node = node->next)
        typing_give(typing, node->symbol, type_simple(VALUE_ANY));
}

static void take_slots(struct typing *typing)
{
    const struct syntax *syntax = typing->syntax;
    typing->nodes = arena_take(typing->slots, syntax->node_count, sizeof *typing->nodes);
    typing->symbols = arena_take(typing->slots, syntax->symbol_count, sizeof *typing->symbols);
    typing->bound = arena_take(typing->slots, syntax->node_count, sizeof *typing->bound);
}

struct typing *typing_new(const struct syntax *syntax, const struct model *model,
                          const struct helper_type *helpers, size_t helper_count)
{
    struct arena *arena = arena_new();
    struct typing *typing = arena_take(arena, 1, sizeof *typing);
    typing->arena = typing->slots = arena;
    typing->syntax = syntax;
    typing->model = model;
    typing->helper_names = dictionary_new();
    struct helper_type *unique = arena_take(arena, helper_count, sizeof *unique);
    for (size_t i = 0; i < helper_count; i++) {
        uint32_t code =
            dictionary_add(typing->helper_names, helpers[i].name, strlen(helpers[i].name));
        unique[code] = helpers[i];
    }
    typing->helpers = unique;
    take_slots(typing);
    return typing;
}

void typing_free(struct typing *typing)
{
    if (!typing)
        return;
    if (!typing->top)
        dictionary_free(typing->helper_names);
    arena_free(typing->slots);
}

void typing_bind(struct typing *typing, struct node *expression, const struct value_type *types,
                 size_t count)
{
    struct node *function = typing_function(expression);
    if (!function)
        return;
    typing->bound[node_bare(expression)->id] = true;
    typing->bound[function->id] = true;
    size_t i = 0;
    for (struct node *node = function->first->first; node; node = node->next, i++)
        typing_give(typing, node->symbol, i < count ? types[i] : type_simple(VALUE_ANY));
}

// ---- expressions ----

static struct value_type type_expression(struct typing *typing, struct node *node);

static bool is_open_ended(const struct node *value)
{
    return value->kind == NODE_CALL || value->kind == NODE_METHOD_CALL ||
           value->kind == NODE_VARARGS;
}

// The type of the n-th value that a LIST of expressions gives.
static struct value_type value_at(struct typing *typing, const struct node *list, size_t n)
{
    const struct node *value = list->first;
    for (size_t i = 0; value && i < n; i++) {
        if (!value->next && is_open_ended(value))
            return type_simple(VALUE_ANY);
        value = value->next;
    }
    return value ? typing->nodes[value->id] : type_simple(VALUE_NIL);
}

static void pass_arguments(struct typing *typing, const struct node *function,
                           const struct node *arguments)
{
    size_t i = 0;
    for (struct node *node = function->first->first; node; node = node->next)
        typing_give(typing, node->symbol, value_at(typing, arguments, i++));
}

static struct value_type type_call(struct typing *typing, struct node *node)
{
    struct node *callee = node->first, *arguments = node->last;
    struct node *function = typing_function(callee);
    if (callee->kind != NODE_NAME)
        type_expression(typing, callee);
    for (struct node *argument = arguments->first; argument; argument = argument->next)
        type_expression(typing, argument);
    struct value_type known;
    // A branch has no slots for the functions at the top of its file: `calls` knows their results.
    bool elsewhere = typing->top && function && !node_function(node_function(function));
    if (function && !elsewhere) {
        pass_arguments(typing, function, arguments);
        return typing->nodes[function->id];
    }
    const struct helper_type *helper = typing_helper(typing, callee);
    if (typing->calls && typing->calls->result(typing->calls->context, typing, node, &known))
        return known;
    if (!helper)
        return type_simple(VALUE_ANY);
    for (struct node *argument = arguments->first; argument; argument = argument->next) {
        bool called = helper->callback && argument->kind == NODE_FUNCTION;
        struct node *first = called ? argument->first->first : NULL;
        if (first)
            typing_give(typing, first->symbol, type_named(typing, helper->callback, arguments));
    }
    return type_named(typing, helper->result, arguments);
}

static struct value_type type_of_name(struct typing *typing, struct node *node)
{
    // A function used as a value may be called from anywhere with anything.
    struct node *function = typing->bound[node->id] ? NULL : typing_function(node);
    if (function)
        give_all_parameters(typing, function);
    if (node->symbol)
        return typing->symbols[node->symbol->id];
    // A global that is no function: as_of.
    const struct helper_type *constant = typing_helper(typing, node);
    return constant ? type_named(typing, constant->result, NULL) : type_simple(VALUE_ANY);
}

static void type_block(struct typing *typing, struct node *block);

// { order, contract } is a list of rows; an empty table may become one.
static struct value_type type_table(struct typing *typing, struct node *node)
{
    struct value_type all = type_simple(VALUE_NIL);
    bool rows = typing->calls != NULL;
    for (struct node *child = node->first; child; child = child->next) {
        struct value_type item = type_expression(typing, child);
        rows =
            rows && child->kind != NODE_PAIR && (item.kind == VALUE_ROW || item.kind <= VALUE_NIL);
        if (rows)
            all = type_join(typing, all, item);
    }
    if (!rows)
        return type_simple(VALUE_ANY);
    if (all.kind == VALUE_ROW)
        all.kind = VALUE_LIST;
    return all;
}

static struct value_type type_inside(struct typing *typing, struct node *node)
{
    switch ((int)node->kind) {
    case NODE_NIL:
        return type_simple(VALUE_NIL);
    case NODE_TRUE:
    case NODE_FALSE:
        return type_simple(VALUE_BOOL);
    case NODE_INTEGER:
        return type_simple(node->integer ? VALUE_INT : VALUE_ZERO);
    case NODE_STRING:
        return (struct value_type){.kind = VALUE_TEXT, .literal = typing_literal(typing, node)};
    case NODE_NAME:
        return type_of_name(typing, node);
    case NODE_PARENTHESES:
        return type_expression(typing, node->first);
    case NODE_INDEX: {
        struct value_type object = type_expression(typing, node->first);
        type_expression(typing, node->last);
        return type_index(typing, object, node->last);
    }
    case NODE_CALL:
        return type_call(typing, node);
    case NODE_UNARY:
        return type_unary(node->op, type_expression(typing, node->first));
    case NODE_BINARY: {
        struct value_type left = type_expression(typing, node->first);
        return type_operation(typing, node->op, left, type_expression(typing, node->last));
    }
    case NODE_TABLE:
        return type_table(typing, node);
    case NODE_METHOD_CALL:
    case NODE_PAIR:
    case NODE_LIST:
        for (struct node *child = node->first; child; child = child->next)
            type_expression(typing, child);
        break;
    }
    return type_simple(VALUE_ANY);
}

static struct value_type type_expression(struct typing *typing, struct node *node)
{
    if (node->kind == NODE_FUNCTION) {
        // Its slot holds what it returns.
        type_block(typing, node->last);
        return type_simple(VALUE_ANY);
    }
    struct value_type type = type_inside(typing, node);
    give_node(typing, node, type);
    return typing->nodes[node->id];
}

// ---- statements ----

// Calls of a local function find its result in the slot of its FUNCTION node.
static void type_return(struct typing *typing, struct node *node)
{
    struct node *function = node_function(node);
    struct value_type type = type_simple(VALUE_NIL);
    for (struct node *value = node->first; value; value = value->next) {
        struct value_type one = type_expression(typing, value);
        if (value == node->first)
            type = one;
    }
    give_node(typing, function, type);
}

// What a target gets that stands beside `value`; NULL: beyond the last value, `open`: which was a
// call.
static struct value_type value_type_of(const struct typing *typing, const struct node *value,
                                       bool open)
{
    if (!value)
        return type_simple(open ? VALUE_ANY : VALUE_NIL);
    return value->kind == NODE_FUNCTION ? type_simple(VALUE_ANY) : typing->nodes[value->id];
}

static void type_assignment(struct typing *typing, struct node *targets, struct node *values)
{
    for (struct node *value = values->first; value; value = value->next)
        type_expression(typing, value);
    bool open = values->last && is_open_ended(values->last);
    const struct node *value = values->first;
    for (struct node *target = targets->first; target; target = target->next) {
        if (target->kind == NODE_DECLARATION || target->kind == NODE_NAME)
            typing_give(typing, target->symbol, value_type_of(typing, value, open));
        else
            type_expression(typing, target);
        value = value ? value->next : NULL;
    }
}

static void type_for_each(struct typing *typing, struct node *node)
{
    struct node *names = node->first, *values = names->next;
    for (struct node *value = values->first; value; value = value->next)
        type_expression(typing, value);
    struct value_type first = type_simple(VALUE_ANY), second = first;
    const struct node *call = values->first;
    if (call->kind == NODE_CALL && call->last->first) {
        struct value_type list = typing->nodes[call->last->first->id];
        struct value_type element = list.kind == VALUE_NONE ? list : type_element(list);
        if (node_is_global(call->first, "ipairs")) {
            first = type_simple(VALUE_INT);
            second = element;
        } else if (node_is_global(call->first, "pairs")) {
            second = element;
        } else if (node_is_global(call->first, "each")) {
            // Of two variables, only an unused first one tells which holds the row.
            if (!names->first->next)
                first = element;
            else if (text_is(names->first->text, "_"))
                second = element;
        }
    }
    size_t i = 0;
    for (struct node *name = names->first; name; name = name->next, i++)
        typing_give(typing, name->symbol,
                    i == 0   ? first
                    : i == 1 ? second
                             : type_simple(VALUE_ANY));
    type_block(typing, node->last);
}

static void type_for_number(struct typing *typing, struct node *node)
{
    bool whole = true;
    for (struct node *part = node->first->next; part != node->last; part = part->next) {
        struct value_type type = type_expression(typing, part);
        // The last value only bounds the others.
        if (part != node->first->next->next)
            whole &= type.kind == VALUE_INT || type.kind == VALUE_ZERO;
    }
    typing_give(typing, node->first->symbol, type_simple(whole ? VALUE_INT : VALUE_ANY));
    type_block(typing, node->last);
}

static void type_statement(struct typing *typing, struct node *node)
{
    switch ((int)node->kind) {
    case NODE_BLOCK:
        type_block(typing, node);
        return;
    case NODE_LOCAL:
    case NODE_ASSIGN:
        type_assignment(typing, node->first, node->last);
        return;
    case NODE_LOCAL_FUNCTION:
    case NODE_FUNCTION_STATEMENT:
        if (node->first->kind == NODE_DECLARATION || node->first->kind == NODE_NAME)
            typing_give(typing, node->first->symbol, type_simple(VALUE_ANY));
        type_expression(typing, node->last);
        return;
    case NODE_FOR_EACH:
        type_for_each(typing, node);
        return;
    case NODE_FOR_NUMBER:
        type_for_number(typing, node);
        return;
    case NODE_RETURN:
        type_return(typing, node);
        return;
    }
    for (struct node *child = node->first; child; child = child->next) {
        if (child->kind == NODE_BLOCK)
            type_block(typing, child);
        else
            type_expression(typing, child);
    }
}

static void type_block(struct typing *typing, struct node *block)
{
    for (struct node *statement = block->first; statement; statement = statement->next)
        type_statement(typing, statement);
}

// Functions that are not the value of a local and not bound are called by others, with anything.
static void open_parameters(struct typing *typing)
{
    const struct node *top = typing->top ? typing->top : typing->syntax->root;
    for (struct node *node = (struct node *)top; node; node = node_next(top, node)) {
        if (node == typing->top)
            continue;
        if (node->kind != NODE_FUNCTION || typing->bound[node->id] || function_is_local(node))
            continue;
        const struct node *call =
            node->parent && node->parent->kind == NODE_LIST ? node->parent->parent : NULL;
        const struct helper_type *helper = NULL;
        if (call && call->kind == NODE_CALL)
            helper = typing_helper(typing, call->first);
        struct node *parameter = node->first->first;
        if (parameter && helper && helper->callback)
            parameter = parameter->next;
        for (; parameter; parameter = parameter->next)
            typing_give(typing, parameter->symbol, type_simple(VALUE_ANY));
    }
}

void typing_run(struct typing *typing)
{
    open_parameters(typing);
    int pass = 0;
    do {
        typing->changed = false;
        typing->widen = pass >= PASSES_EXACT;
        type_block(typing, typing->top ? typing->top->last : typing->syntax->root->last);
    } while (typing->changed && ++pass < PASSES_MAX);
    typing->lost = typing->changed;
}

struct typing *typing_branch(const struct typing *base, struct node *function,
                             const struct value_type *arguments, size_t count)
{
    const struct syntax *syntax = base->syntax;
    struct arena *slots = arena_new();
    struct typing *typing = arena_take(slots, 1, sizeof *typing);
    *typing = *base;
    typing->slots = slots;
    typing->top = function;
    take_slots(typing);
    // What the file around it gives a local is not followed.
    for (const struct symbol *symbol = syntax->symbols; symbol; symbol = symbol->next)
        if (symbol->function == syntax->root)
            typing->symbols[symbol->id] = type_simple(VALUE_ANY);
    size_t i = 0;
    for (struct node *node = function->first->first; node; node = node->next, i++)
        typing_give(typing, node->symbol, i < count ? arguments[i] : type_simple(VALUE_NIL));
    typing_run(typing);
    return typing;
}

struct value_type typing_result(const struct typing *typing)
{
    return typing->lost ? type_simple(VALUE_ANY) : typing->nodes[typing->top->id];
}

struct value_type typing_of(const struct typing *typing, const struct node *expression)
{
    struct value_type type = typing->nodes[expression->id];
    bool unknown = typing->lost || expression->kind == NODE_FUNCTION || type.kind == VALUE_NONE;
    return unknown ? type_simple(VALUE_ANY) : type;
}

struct value_type typing_of_symbol(const struct typing *typing, const struct symbol *symbol)
{
    struct value_type type = typing->symbols[symbol->id];
    return typing->lost || type.kind == VALUE_NONE ? type_simple(VALUE_ANY) : type;
}

struct value_type typing_callback(const struct typing *typing, const struct node *call)
{
    const struct helper_type *helper = typing_helper(typing, call->first);
    if (typing->lost || !helper || !helper->callback)
        return type_simple(VALUE_ANY);
    struct value_type type = type_named((struct typing *)typing, helper->callback, call->last);
    return type.kind == VALUE_NONE ? type_simple(VALUE_ANY) : type;
}
