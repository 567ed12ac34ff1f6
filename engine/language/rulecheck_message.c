// SPDX-License-Identifier: MIT
// What a test gives in its exceptions, what its message shows, and which parameters are read.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/rules/control.h"

#include <ctype.h>
#include <stdlib.h>

// ---- exceptions ----

struct given {
    struct check *check;
    struct dictionary *names; // keys of all exceptions
    bool seen;                // at least one exception is written out
    bool hidden;              // some values cannot be seen
    const struct node *amount;
};

static void collect_exception(void *state, struct node *node)
{
    struct given *given = state;
    if (!node_is_global(node, "exception"))
        return;
    const struct node *call = node->parent;
    if (call->kind != NODE_CALL || call->first != node || !call->last->first ||
        call->last->first->kind != NODE_TABLE) {
        given->hidden = true;
        return;
    }
    given->seen = true;
    for (const struct node *pair = call->last->first->first; pair; pair = pair->next) {
        if (pair->kind != NODE_PAIR)
            continue;
        if (pair->first->kind != NODE_STRING) {
            given->hidden = true;
            continue;
        }
        dictionary_add(given->names, pair->first->text.bytes, pair->first->text.length);
        if (text_is(pair->first->text, "amount") && !given->amount)
            given->amount = pair->first;
    }
}

static bool exceptions_visible(const struct node *value);

// All that a local is given at its declaration; what is put into it later is an exception of its
// own.
static bool local_visible(const struct node *name)
{
    const struct symbol *symbol = name->symbol;
    if (!symbol || symbol->assigned || symbol->kind != SYMBOL_LOCAL)
        return false;
    const struct node *list = symbol->declaration->parent;
    if (list->kind != NODE_LIST || list->parent->kind != NODE_LOCAL || list->first != list->last)
        return false;
    const struct node *value = list->next->first;
    return !value || value->kind == NODE_TABLE ||
           (value->kind == NODE_CALL && exceptions_visible(value));
}

// Whether all exceptions that this returned value can hold are written out in the functions
// visited.
static bool exceptions_visible(const struct node *value)
{
    switch ((int)value->kind) {
    case NODE_NIL:
    case NODE_FALSE:
    case NODE_TRUE:
        return true;
    case NODE_PARENTHESES:
        return exceptions_visible(value->first);
    case NODE_CALL:
        return node_is_global(value->first, "exception") ||
               node_is_global(value->first, "untestable") || typing_function(value->first);
    case NODE_BINARY:
        if (value->op == OPERATOR_AND)
            return exceptions_visible(value->last);
        return value->op == OPERATOR_OR && exceptions_visible(value->first) &&
               exceptions_visible(value->last);
    case NODE_NAME:
        return local_visible(value);
    case NODE_TABLE:
        for (const struct node *item = value->first; item; item = item->next)
            if (!exceptions_visible(item->kind == NODE_PAIR ? item->last : item))
                return false;
        return true;
    }
    return false;
}

static bool returns_visible(const struct node *test)
{
    for (const struct node *node = test; node; node = node_next(test, node))
        if (node->kind == NODE_RETURN && node->first && node_function(node) == test &&
            !exceptions_visible(node->first))
            return false;
    return true;
}

// ---- templates ----

// Marks a parameter as read, or says that there is none of that name.
static bool parameter_exists(const struct rule_control *control, struct text name)
{
    if (!control->parameters || text_is(name, "assume_recorded"))
        return true;
    return node_table_get(control->parameters, name.bytes) != NULL;
}

static void check_template_name(struct check *check, const struct rule_control *control,
                                const struct given *given, const struct node *template,
                                struct text name)
{
    static const char *const always[] = {"amount", "currency", "label", "key", NULL};
    char hint[96];
    struct nearest nearest = nearest_start(name);
    if (name.length > 2 && strncmp(name.bytes, "p.", 2) == 0) {
        if (!parameter_exists(control, (struct text){name.bytes + 2, name.length - 2}))
            check_error(check, template, mistake_MESSAGE_PARAMETER, name.bytes);
        return;
    }
    for (size_t i = 0; always[i]; i++)
        if (text_is(name, always[i]))
            return;
    if (given->hidden || !given->seen ||
        dictionary_find(given->names, name.bytes, name.length) != DICTIONARY_NONE)
        return;
    for (uint32_t code = 0; code < dictionary_count(given->names); code++)
        nearest_try_text(&nearest, dictionary_get(given->names, code));
    check_error(check, template, mistake_MESSAGE_VALUE, name.bytes, nearest_hint(&nearest, hint));
}

// The next {name} at or after *at; its name goes to `out`, cut at 63 bytes. false: no more.
static bool next_name(struct text template, size_t *at, char out[64])
{
    while (*at < template.length) {
        if (template.bytes[(*at)++] != '{')
            continue;
        size_t length = 0;
        while (*at + length < template.length &&
               (isalnum((unsigned char)template.bytes[*at + length]) ||
                template.bytes[*at + length] == '_' || template.bytes[*at + length] == '.'))
            length++;
        bool closed = *at + length < template.length && template.bytes[*at + length] == '}';
        if (!closed || !length || length > 63)
            continue;
        memcpy(out, template.bytes + *at, length);
        out[length] = '\0';
        *at += length + 1;
        return true;
    }
    return false;
}

static void check_template(struct check *check, const struct rule_control *control,
                           const struct given *given, const struct node *template)
{
    char name[64];
    size_t at = 0;
    if (template->kind != NODE_STRING)
        return;
    while (next_name(template->text, &at, name))
        check_template_name(check, control, given, template, (struct text){name, strlen(name)});
}

void check_messages(struct check *check, const struct rule_control *control)
{
    struct node *test = typing_function(node_table_get(control->table, "test"));
    const struct node *message = node_table_get(control->table, "message");
    struct given given = {.check = check, .names = dictionary_new()};
    bool all = check_visit(check, control, collect_exception, &given);
    if (!all || !test || !returns_visible(test))
        given.hidden = true;
    if (given.amount && !control_has(control, "amount_kind"))
        check_error(check, given.amount, mistake_AMOUNT_KIND);
    if (check->input->thorough && !control_has(control, "message") && given.seen)
        check_warning(check, control->call, mistake_NO_MESSAGE,
                      control->id ? control->id->text.bytes : "");
    if (message && message->kind == NODE_TABLE) {
        for (const struct node *pair = message->first; pair; pair = pair->next)
            if (pair->kind == NODE_PAIR)
                check_template(check, control, &given, pair->last);
    } else if (message) {
        check_template(check, control, &given, message);
    }
    dictionary_free(given.names);
}

// A reason in two languages has both, and a value for every {name} in them.
void check_reason(struct check *check, const struct node *call)
{
    static const char *const languages[] = {"en", "zh"};
    bool of_row = node_is_global(call->first, "untestable_row");
    if (!of_row && !node_is_global(call->first, "untestable"))
        return;
    const struct node *reason = node_child(call->last, of_row);
    for (size_t i = 0; i < 2 && reason && reason->kind == NODE_TABLE; i++) {
        const struct node *text = node_table_get(reason, languages[i]);
        char name[64];
        size_t at = 0;
        if (!text)
            check_error(check, reason, mistake_REASON_LANGUAGE, languages[i]);
        if (!text || text->kind != NODE_STRING)
            continue;
        while (next_name(text->text, &at, name))
            if (!node_table_get(reason, name))
                check_error(check, text, mistake_REASON_VALUE, name);
    }
}

static void check_exception_severity(void *state, struct node *node)
{
    const struct node *call = node->parent;
    if (!node_is_global(node, "exception") || call->kind != NODE_CALL || !call->last->first ||
        call->last->first->kind != NODE_TABLE)
        return;
    check_word(state, node_table_get(call->last->first, "severity"),
               setting_find(control_settings, "severity"));
}

// ---- parameters that nobody reads ----

struct readers {
    bool *read;                     // by id of a parameter's declared value
    struct rule_control **controls; // by id of a TABLE of parameters
};

static void mark_read(const struct readers *readers, const struct node *parameters,
                      const char *name)
{
    const struct node *declared = node_table_get(parameters, name);
    if (declared)
        readers->read[declared->id] = true;
}

static bool is_call_argument(const struct node *node)
{
    const struct node *list = node->parent;
    return list->kind == NODE_LIST && list->parent->kind == NODE_CALL &&
           list->parent->last == list && typing_function(list->parent->first);
}

static void mark_use(const struct check *check, const struct readers *readers,
                     const struct node *node)
{
    if (!node->symbol)
        return;
    struct value_type type = typing_of_symbol(check->typing, node->symbol);
    if (type.kind != VALUE_PARAMETERS || !type.parameters || !type.parameters->parent)
        return;
    const struct node *index = node->parent;
    if (index->kind == NODE_INDEX && index->first == node && index->last->kind == NODE_STRING)
        mark_read(readers, type.parameters, index->last->text.bytes);
    else if (!is_call_argument(node))
        readers->controls[type.parameters->id]->parameters_escape = true;
}

// A function that is made by another, or whose second parameter has lost its type, may read
// anything.
static bool functions_hidden(const struct check *check, const struct rule_control *control)
{
    for (const struct setting *setting = control_settings; setting->name; setting++) {
        struct node *value =
            setting_takes_function(setting) ? node_table_get(control->table, setting->name) : NULL;
        if (!value || (setting->type == SETTING_GROUPING &&
                       (value->kind == NODE_TABLE || value->kind == NODE_STRING)))
            continue;
        struct node *function = typing_function(value);
        const struct node *second = function ? node_child(function->first, 1) : NULL;
        if (!function || function->varargs)
            return true;
        if (second && typing_of_symbol(check->typing, second->symbol).kind != VALUE_PARAMETERS)
            return true;
    }
    return false;
}

static void mark_message(const struct readers *readers, const struct rule_control *control,
                         const struct node *text)
{
    char name[64];
    size_t at = 0;
    if (text->kind == NODE_STRING)
        while (next_name(text->text, &at, name))
            if (strncmp(name, "p.", 2) == 0)
                mark_read(readers, control->parameters, name + 2);
}

static void report_unread(struct check *check, const struct readers *readers,
                          const struct rule_control *control)
{
    const struct node *message = node_table_get(control->table, "message");
    if (message && message->kind == NODE_TABLE) {
        for (const struct node *pair = message->first; pair; pair = pair->next)
            if (pair->kind == NODE_PAIR)
                mark_message(readers, control, pair->last);
    } else if (message) {
        mark_message(readers, control, message);
    }
    for (const struct node *pair = control->parameters->first; pair; pair = pair->next)
        if (!readers->read[pair->last->id] && !text_is(pair->first->text, "assume_recorded"))
            check_warning(check, pair->first, mistake_PARAMETER_UNREAD, pair->first->text.bytes,
                          pair->first->text.bytes);
}

void check_parameters(struct check *check)
{
    const struct node *root = check->syntax->root;
    size_t nodes = check->syntax->node_count;
    struct readers readers = {arena_take(check->arena, nodes, sizeof *readers.read),
                              arena_take(check->arena, nodes, sizeof *readers.controls)};
    for (size_t i = 0; i < check->control_count; i++) {
        struct rule_control *control = &check->controls[i];
        if (!control->table || !control->parameters || !control->parameters->parent)
            continue;
        readers.controls[control->parameters->id] = control;
        control->parameters_escape = functions_hidden(check, control);
    }
    for (struct node *node = (struct node *)root; node; node = node_next(root, node)) {
        if (node->kind != NODE_NAME)
            continue;
        mark_use(check, &readers, node);
        if (node->scope == SCOPE_GLOBAL)
            check_exception_severity(check, node);
    }
    for (size_t i = 0; i < check->control_count; i++) {
        const struct rule_control *control = &check->controls[i];
        bool declared = control->table && control->parameters && control->parameters->parent;
        // A parameter misspelt where it is read is told there.
        if (declared && !control->parameters_escape && !check_has_errors(check))
            report_unread(check, &readers, control);
    }
}
