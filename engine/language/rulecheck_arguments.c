// SPDX-License-Identifier: MIT
// Calls of functions that are known by their signatures: how many arguments they take, and what
// kind of value each wants, which the names of the parameters say. Only what is certain is refused.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"

#include <stdio.h>
#include <stdlib.h>

enum { PARAMETERS_KNOWN = 12, SIGNATURE_SHOWN = 100 };

struct parameter_kind {
    const char *names; // of parameters, blanks around each
    unsigned kinds;    // bits of enum value_kind that will do
    const char *what;
};

#define KIND(kind) (1u << VALUE_##kind)
#define NUMBERS (KIND(ZERO) | KIND(INT) | KIND(DECIMAL))
#define TEXTS (KIND(TEXT) | KIND(ENUM))

static const struct parameter_kind parameter_kinds[] = {
    {" list array ", KIND(LIST), mistake_A_LIST},
    {" row document line entry contract order invoice delivery approval contract_line "
     "invoice_line ",
     KIND(ROW), mistake_A_ROW},
    {" text id ", TEXTS, mistake_A_TEXT},
    {" date moment ", KIND(DATE) | KIND(TIMESTAMP), mistake_A_DATE_OR_TIMESTAMP},
    {" amount quantity unit_price ", NUMBERS, mistake_A_NUMBER},
    {" scale places days ", NUMBERS, mistake_A_WHOLE_NUMBER},
    {" condition of by ", TEXTS, mistake_A_FUNCTION_OR_FIELD},
};

// name(a, b, ...) as written: its parameters.
struct signature {
    struct text parameters[PARAMETERS_KNOWN];
    int count;
    bool more; // takes any number
};

// false: it is written in a way that says too little.
static bool read_signature(const char *text, struct signature *signature)
{
    const char *open = strchr(text, '('), *close = open ? strchr(open, ')') : NULL;
    *signature = (struct signature){.count = 0};
    if (!open || !close || close[1] || strpbrk(text, "{["))
        return false;
    for (const char *at = open + 1; at < close;) {
        at += strspn(at, " ");
        size_t length = strcspn(at, ",)");
        if (length == 3 && strncmp(at, "...", 3) == 0)
            signature->more = true;
        else if (length && signature->count == PARAMETERS_KNOWN)
            return false;
        else if (length)
            signature->parameters[signature->count++] = (struct text){at, length};
        at += length + 1;
    }
    return true;
}

static const struct parameter_kind *kind_of(struct text name)
{
    char word[64];
    if (name.length > sizeof word - 3)
        return NULL;
    snprintf(word, sizeof word, " %.*s ", (int)name.length, name.bytes);
    for (size_t i = 0; i < sizeof parameter_kinds / sizeof *parameter_kinds; i++)
        if (strstr(parameter_kinds[i].names, word))
            return &parameter_kinds[i];
    return NULL;
}

// What a wrong call makes would only be blamed for it.
static void doubt_result(struct check *check, const struct node *call)
{
    const struct node *list = call->parent;
    if (list->kind != NODE_LIST || list->parent->kind != NODE_LOCAL)
        return;
    for (const struct node *name = list->parent->first->first; name; name = name->next)
        if (name->symbol)
            check->doubted[name->symbol->id] = true;
}

static void check_argument(struct check *check, const struct node *argument, struct text parameter,
                           const char *shown)
{
    const struct parameter_kind *wanted = kind_of(parameter);
    struct value_type type = typing_of(check->typing, argument);
    if (!wanted || type.kind <= VALUE_NIL || type.kind >= VALUE_ANY ||
        (wanted->kinds & (1u << type.kind)) || typing_function((struct node *)argument))
        return;
    char found[120], name[64];
    snprintf(name, sizeof name, "%.*s", parameter.length > 60 ? 60 : (int)parameter.length,
             parameter.bytes);
    value_describe(check->typing, type, found);
    doubt_result(check, argument->parent->parent);
    check_error(check, argument, mistake_ARGUMENT_KIND, shown, name, mistake_words(wanted->what),
                check_source(check, argument).text, found);
}

// `own`: a function of the file, whose parameters may be called anything.
static void check_arguments(struct check *check, const struct node *call, const char *shown,
                            bool own)
{
    struct signature signature;
    int count = 0;
    if (!read_signature(shown, &signature))
        return;
    const struct node *argument = call->last->first;
    for (; argument; argument = argument->next, count++)
        if (!own && count < signature.count)
            check_argument(check, argument, signature.parameters[count], shown);
    if (count > signature.count && !signature.more) {
        argument = node_child(call->last, (size_t)signature.count);
        check_error(check, argument, mistake_TOO_MANY_ARGUMENTS, shown, signature.count, count);
    } else if (!own && !count && signature.count && kind_of(signature.parameters[0])) {
        check_error(check, call, mistake_NO_ARGUMENT, shown);
    }
}

// The signature of a local function of the file.
static void show_function(const struct node *name, const struct node *function,
                          char out[SIGNATURE_SHOWN])
{
    int used = snprintf(out, SIGNATURE_SHOWN, "%.40s(", name->text.bytes);
    for (const struct node *one = function->first->first; one; one = one->next)
        if (used < SIGNATURE_SHOWN)
            used += snprintf(out + used, (size_t)(SIGNATURE_SHOWN - used), "%.30s%s",
                             one->text.bytes, one->next ? ", " : "");
    if (used < SIGNATURE_SHOWN)
        snprintf(out + used, (size_t)(SIGNATURE_SHOWN - used), "%s)",
                 function->varargs ? used > 0 && function->first->first ? ", ..." : "..." : "");
}

static const char *known_signature(const struct check *check, const struct node *callee)
{
    struct buffer name = {0};
    const char *found = NULL;
    if (callee->kind == NODE_INDEX && callee->first->kind == NODE_NAME &&
        callee->last->kind == NODE_STRING)
        buffer_printf(&name, "%s.%s", callee->first->text.bytes, callee->last->text.bytes);
    else if (callee->kind == NODE_NAME && callee->scope == SCOPE_GLOBAL)
        buffer_add_text(&name, callee->text.bytes);
    for (size_t i = 0; name.length && i < check->input->signature_count && !found; i++)
        if (strcmp(check->input->signatures[i].name, name.data) == 0)
            found = check->input->signatures[i].text;
    buffer_clear(&name);
    return found;
}

// A value that is no function: most often the comma before the bracket is missing.
static void check_callee(struct check *check, const struct node *callee)
{
    struct value_type type = typing_of(check->typing, callee);
    bool known = type.kind > VALUE_NIL && type.kind < VALUE_ANY && callee->kind == NODE_INDEX;
    if (!known || typing_function((struct node *)callee))
        return;
    char what[120];
    value_describe(check->typing, type, what);
    check_error(check, callee, mistake_CALLED, check_source(check, callee).text, what);
}

void check_call(struct check *check, const struct node *call)
{
    struct node *callee = node_bare(call->first);
    char shown[SIGNATURE_SHOWN];
    const char *signature = known_signature(check, callee);
    const struct node *function =
        callee->kind == NODE_NAME && callee->symbol ? typing_function(callee) : NULL;
    if (function) {
        show_function(callee, function, shown);
        signature = shown;
    }
    if (signature)
        check_arguments(check, call, signature, function != NULL);
    else
        check_callee(check, callee);
}

void check_loop(struct check *check, const struct node *loop)
{
    const struct node *values = loop->first->next, *value = values->first;
    struct value_type type = typing_of(check->typing, value);
    if (type.kind != VALUE_LIST || value->next)
        return;
    const char *source = check_source(check, value).text;
    char name[64];
    snprintf(name, sizeof name, "%.60s", loop->first->last->text.bytes);
    check_error(check, value, mistake_LOOP_OVER_LIST, source, name, source);
}
