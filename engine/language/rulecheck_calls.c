// SPDX-License-Identifier: MIT
// The functions of rules/library as controls call them. Each function is typed once for every kind
// of arguments that it is called with, and remembers what it reads and which others it calls then.
// One that calls itself is typed again until its result stays the same. All of it is bounded, in
// depth, number and work, whatever the files hold; of a call beyond the bounds nothing is known.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/language/shown.h"
#include "engine/language/syntax_inside.h"
#include "engine/language/typing_inside.h"

#include <stdlib.h>

enum {
    ARGUMENTS_MAX = 8,
    DEPTH_MAX = 32,       // of calls inside one another
    HEIGHT_MAX = 200,     // of a function's tree: with the depth it bounds the stack
    NODES_MAX = 100000,   // of a library file that is followed
    CALLS_MAX = 20000,    // kinds of calls
    WORK_MAX = 100 << 20, // nodes and bytes that all calls go over
    LITERAL_MAX = 63,     // bytes of a text that may name a table or a field
    ROUNDS_MAX = 3,       // of a function that calls itself
    TARGETS_MAX = 64,     // functions that one call may mean
};

// A function that a call may mean.
struct target {
    size_t file;
    struct node *function;
    int table; // its first argument is a row of this table; -1: not said
};

struct library_file {
    struct syntax *syntax;
    struct typing *typing;
};

// A function called with arguments of these types.
struct library_call {
    struct target target;
    struct value_type arguments[ARGUMENTS_MAX];
    size_t count;
    struct value_type result;
    struct reading reading;
    bool busy, reentered;
};

struct rulecheck_library {
    struct arena *arena; // holds this, its files and calls
    const struct model *model;
    struct library_file *files;
    size_t file_count;
    struct dictionary *names; // of global functions
    struct target *functions; // by code of names
    struct dictionary *keys;  // what tells calls apart
    struct library_call **calls;
    size_t capacity;
    struct typing_calls following;
    int depth;
    size_t work_left;
};

static bool call_result(void *context, struct typing *typing, struct node *node,
                        struct value_type *type);

static void add_functions(struct rulecheck_library *library, size_t number)
{
    struct node *root = library->files[number].syntax->root;
    for (struct node *node = root->last->first; node; node = node->next) {
        const struct node *name = node_global_function(node);
        if (!name)
            continue;
        uint32_t code = dictionary_add(library->names, name->text.bytes, name->text.length);
        size_t count = dictionary_count(library->names);
        library->functions = memory_resize(library->functions, count, sizeof *library->functions);
        library->functions[code] = (struct target){number, node->last, -1};
    }
}

struct rulecheck_library *rulecheck_library_new(const struct rulecheck_input *inputs, size_t count)
{
    struct arena *arena = arena_new();
    struct rulecheck_library *library = arena_take(arena, 1, sizeof *library);
    library->arena = arena;
    library->files = arena_take(arena, count, sizeof *library->files);
    library->names = dictionary_new();
    library->keys = dictionary_new();
    library->following = (struct typing_calls){call_result, library};
    library->work_left = WORK_MAX;
    for (size_t i = 0; i < count; i++) {
        struct syntax_error error;
        struct library_file *file = &library->files[library->file_count];
        file->syntax = syntax_parse(inputs[i].text, inputs[i].length, &error);
        library->model = inputs[i].model;
        if (!file->syntax || !library->model || file->syntax->node_count > NODES_MAX) {
            syntax_free(file->syntax);
            continue;
        }
        size_t helper_count;
        const struct helper_type *helpers =
            check_helpers(&inputs[i], file->syntax->arena, &helper_count);
        file->typing = typing_new(file->syntax, library->model, helpers, helper_count);
        file->typing->calls = &library->following;
        add_functions(library, library->file_count++);
    }
    return library;
}

void rulecheck_library_free(struct rulecheck_library *library)
{
    if (!library)
        return;
    for (size_t i = 0; i < dictionary_count(library->keys); i++)
        reading_clear(&library->calls[i]->reading);
    for (size_t i = 0; i < library->file_count; i++) {
        typing_free(library->files[i].typing);
        syntax_free(library->files[i].syntax);
    }
    dictionary_free(library->names);
    dictionary_free(library->keys);
    free(library->functions);
    free(library->calls);
    arena_free(library->arena);
}

const struct typing_calls *library_following(struct rulecheck_library *library)
{
    return &library->following;
}

// ---- which functions a call means

// The file of the library that this typing is of; false: it is a rule file.
static bool own_file(const struct rulecheck_library *library, const struct typing *typing,
                     size_t *file)
{
    for (*file = 0; *file < library->file_count; ++*file)
        if (library->files[*file].syntax == typing->syntax)
            return true;
    return false;
}

static bool is_outermost(const struct node *function)
{
    const struct node *around = node_function(function);
    return around && !node_function(around);
}

// What the NAME of a local of the file was given where it was declared, or NULL.
static struct node *declared_value(const struct node *name)
{
    if (name->kind != NODE_NAME || !name->symbol || name->symbol->assigned)
        return NULL;
    const struct node *declaration = name->symbol->declaration, *list = declaration->parent;
    if (list->kind != NODE_LIST || list->parent->kind != NODE_LOCAL)
        return NULL;
    struct node *value = list->next->first;
    for (const struct node *other = list->first; other != declaration && value; other = other->next)
        value = value->next;
    return value;
}

// above[table_of(row)](row): the functions of a table of the file, each for its key.
static size_t table_targets(const struct rulecheck_library *library, size_t file,
                            const struct node *index, struct target *targets)
{
    const struct node *table = declared_value(index->first);
    size_t count = 0;
    if (!table || table->kind != NODE_TABLE || node_function(node_function(table)))
        return 0;
    for (struct node *pair = table->first; pair && count < TARGETS_MAX; pair = pair->next) {
        if (pair->kind != NODE_PAIR || pair->first->kind != NODE_STRING)
            continue;
        bool meant =
            index->last->kind != NODE_STRING || text_is(index->last->text, pair->first->text.bytes);
        struct node *function = meant ? typing_function(pair->last) : NULL;
        if (function && is_outermost(function))
            targets[count++] = (struct target){
                file, function, model_find_table(library->model, pair->first->text.bytes)};
    }
    return count;
}

static size_t find_targets(const struct rulecheck_library *library, const struct typing *typing,
                           struct node *callee, struct target *targets)
{
    size_t file;
    callee = node_bare(callee);
    if (callee->kind == NODE_NAME && callee->scope == SCOPE_GLOBAL) {
        uint32_t code = dictionary_find(library->names, callee->text.bytes, callee->text.length);
        if (code == DICTIONARY_NONE || typing_helper(typing, callee))
            return 0;
        targets[0] = library->functions[code];
        return 1;
    }
    if (!own_file(library, typing, &file))
        return 0;
    struct node *function = typing_function(callee);
    if (function && callee->kind == NODE_NAME && is_outermost(function)) {
        targets[0] = (struct target){file, function, -1};
        return 1;
    }
    struct node *value = declared_value(callee);
    const struct node *index = callee->kind == NODE_INDEX ? callee : value;
    return index && index->kind == NODE_INDEX ? table_targets(library, file, index, targets) : 0;
}

// ---- one call

// Only what can lead to rows tells calls apart.
static struct value_type plain_argument(struct value_type type)
{
    bool rows = (type.kind == VALUE_ROW || type.kind == VALUE_LIST) && type.tables;
    bool name = type.kind == VALUE_TEXT && type.literal && strlen(type.literal) <= LITERAL_MAX;
    return rows || name ? type : type_simple(VALUE_ANY);
}

static void add_key(struct buffer *key, struct value_type type)
{
    buffer_add_byte(key, (char)type.kind);
    if (type.kind == VALUE_TEXT)
        buffer_add(key, type.literal, strlen(type.literal) + 1);
    if (type.kind == VALUE_ROW || type.kind == VALUE_LIST)
        buffer_add(key, type.tables,
                   sizeof *type.tables + (size_t)type.tables->count * sizeof(int));
}

// The same, kept as long as the library.
static struct value_type keep(struct typing *typing, struct value_type type)
{
    if (type.kind == VALUE_TEXT)
        type.literal = arena_text(typing->arena, type.literal);
    else if (type.kind != VALUE_ANY)
        type = typing_rows(typing, type.kind, type.tables->tables, (size_t)type.tables->count);
    return type;
}

static void see_all(const struct library_call *call, struct typing *typing, struct reading *reading)
{
    const struct node *function = call->target.function;
    reading->typing = typing;
    for (struct node *node = (struct node *)function; node; node = node_next(function, node))
        library_see(reading, node);
    reading->typing = NULL;
}

static void follow(struct rulecheck_library *library, struct library_call *call)
{
    const struct typing *base = library->files[call->target.file].typing;
    struct node *function = call->target.function;
    size_t work = base->syntax->node_count + function->end - function->begin;
    call->busy = true;
    library->depth++;
    for (int round = 0; round < ROUNDS_MAX && library->work_left > work; round++) {
        library->work_left -= work;
        call->reentered = false;
        struct typing *typing = typing_branch(base, function, call->arguments, call->count);
        struct value_type before = call->result;
        call->result = typing_result(typing);
        bool done = !call->reentered || type_equal(before, call->result) || round == ROUNDS_MAX - 1;
        if (done)
            see_all(call, typing, &call->reading);
        typing_free(typing);
        if (done)
            break;
    }
    library->depth--;
    call->busy = false;
}

// The call of a function with these arguments, or NULL where it is not followed.
static struct library_call *find_call(struct rulecheck_library *library, struct target target,
                                      struct value_type *arguments, size_t count, size_t *number)
{
    struct buffer key = {0};
    buffer_add(&key, &target.function, sizeof target.function);
    for (size_t i = 0; i < count; i++)
        add_key(&key, arguments[i]);
    uint32_t code = dictionary_find(library->keys, key.data, key.length);
    if (code == DICTIONARY_NONE && library->depth < DEPTH_MAX &&
        dictionary_count(library->keys) < CALLS_MAX && target.function->height <= HEIGHT_MAX) {
        code = dictionary_add(library->keys, key.data, key.length);
        struct library_call *call = arena_take(library->arena, 1, sizeof *call);
        library->capacity =
            memory_grow((void **)&library->calls, code, library->capacity, sizeof *library->calls);
        library->calls[code] = call;
        call->target = target;
        call->count = count;
        call->reading = (struct reading){.model = library->model, .library = library};
        for (size_t i = 0; i < count; i++)
            call->arguments[i] = keep(library->files[target.file].typing, arguments[i]);
        follow(library, call);
    }
    buffer_clear(&key);
    if (code == DICTIONARY_NONE)
        return NULL;
    *number = code;
    library->calls[code]->reentered |= library->calls[code]->busy;
    return library->calls[code];
}

// A function for the rows of one table gets none of another; false: it is not called.
static bool narrow(const struct rulecheck_library *library, struct target target,
                   struct value_type *first)
{
    struct typing *typing = library->files[target.file].typing;
    bool possible = first->kind != VALUE_ROW;
    for (int i = 0; !possible && i < first->tables->count; i++)
        possible = first->tables->tables[i] == target.table;
    if (possible)
        *first = typing_rows(typing, VALUE_ROW, &target.table, 1);
    return possible;
}

// The arguments of a call; false while one has no value yet.
static bool read_arguments(const struct typing *typing, const struct node *list,
                           struct value_type *arguments, size_t *count)
{
    bool known = true;
    *count = 0;
    for (const struct node *node = list->first; node && *count < ARGUMENTS_MAX; node = node->next) {
        struct value_type type = typing->nodes[node->id];
        if (node->kind == NODE_FUNCTION)
            type = type_simple(VALUE_ANY);
        known = known && type.kind != VALUE_NONE;
        arguments[(*count)++] = plain_argument(type);
    }
    bool open = list->last && (list->last->kind == NODE_CALL || list->last->kind == NODE_VARARGS ||
                               list->last->kind == NODE_METHOD_CALL);
    while (open && *count < ARGUMENTS_MAX)
        arguments[(*count)++] = type_simple(VALUE_ANY);
    return known;
}

static struct value_type join_targets(struct rulecheck_library *library, struct typing *typing,
                                      const struct target *targets, size_t target_count,
                                      const struct value_type *arguments, size_t count)
{
    struct value_type type = type_simple(VALUE_NONE);
    for (size_t i = 0; i < target_count; i++) {
        struct value_type own[ARGUMENTS_MAX];
        size_t number;
        memcpy(own, arguments, count * sizeof *own);
        if (targets[i].table >= 0 && count > 0 && !narrow(library, targets[i], &own[0]))
            continue;
        const struct library_call *call = find_call(library, targets[i], own, count, &number);
        type = type_join(typing, type, call ? call->result : type_simple(VALUE_ANY));
    }
    return type;
}

// ---- what typing asks

static bool is_call_of(const struct node *call, const char *name)
{
    return node_is_global(call->first, name);
}

// Rows given to functions that build lists make lists of these rows.
static struct value_type list_of(struct typing *typing, struct value_type list,
                                 struct value_type item)
{
    if (item.kind == VALUE_LIST)
        item = type_element(item);
    if (item.kind != VALUE_ROW)
        return list;
    item.kind = VALUE_LIST;
    return type_join(typing, list, item);
}

static bool builds_list(struct typing *typing, struct node *call, struct value_type *type)
{
    struct node *first = call->last->first;
    bool inserts = call->first->kind == NODE_INDEX && node_is_global(call->first->first, "table") &&
                   node_is_string(call->first->last, "insert");
    *type = type_simple(VALUE_NIL);
    if (is_call_of(call, "evidence")) {
        for (struct node *node = first; node; node = node->next)
            *type = list_of(typing, *type, typing->nodes[node->id]);
        return true;
    }
    if (!first || (!inserts && !is_call_of(call, "append")))
        return false;
    *type = list_of(typing, *type, typing->nodes[call->last->last->id]);
    if (first->kind == NODE_NAME && type->kind == VALUE_LIST)
        typing_give(typing, first->symbol, *type);
    return true;
}

static bool call_result(void *context, struct typing *typing, struct node *node,
                        struct value_type *type)
{
    struct rulecheck_library *library = context;
    struct value_type arguments[ARGUMENTS_MAX];
    struct target targets[TARGETS_MAX];
    size_t count;
    if (builds_list(typing, node, type))
        return true;
    if ((is_call_of(node, "read") || is_call_of(node, "find")) && node->last->first &&
        node->last->first->next) {
        *type = type_index(typing, typing->nodes[node->last->first->id], node->last->first->next);
        return true;
    }
    size_t target_count = find_targets(library, typing, node->first, targets);
    if (!target_count)
        return false;
    *type = type_simple(VALUE_NONE);
    if (read_arguments(typing, node->last, arguments, &count))
        *type = join_targets(library, typing, targets, target_count, arguments, count);
    return true;
}

// ---- what readings ask

static void add_call(struct reading *reading, struct target target, struct value_type *arguments,
                     size_t count)
{
    size_t number;
    if (target.table >= 0 && count > 0 && !narrow(reading->library, target, &arguments[0]))
        return;
    if (!find_call(reading->library, target, arguments, count, &number))
        return;
    for (size_t i = 0; i < reading->call_count; i++)
        if (reading->calls[i].number == number && reading->calls[i].shown == reading->shown)
            return;
    reading->call_capacity = memory_grow((void **)&reading->calls, reading->call_count,
                                         reading->call_capacity, sizeof *reading->calls);
    reading->calls[reading->call_count++] = (struct reading_call){number, reading->shown};
}

// any(orders, is_live): the function is called with the elements.
static void add_callbacks(struct reading *reading, struct node *node)
{
    struct value_type element = plain_argument(typing_callback(reading->typing, node));
    struct target targets[TARGETS_MAX];
    for (struct node *argument = node->last->first; argument; argument = argument->next) {
        if (argument->kind != NODE_NAME)
            continue;
        size_t count = find_targets(reading->library, reading->typing, argument, targets);
        for (size_t i = 0; i < count; i++) {
            struct value_type first = element;
            add_call(reading, targets[i], &first, 1);
        }
    }
}

void library_see(struct reading *reading, struct node *node)
{
    struct target targets[TARGETS_MAX];
    struct value_type arguments[ARGUMENTS_MAX];
    size_t count, target_count;
    reading->shown = shown_holds(node);
    reading_see(reading, node);
    if (node->kind != NODE_CALL || !reading->library)
        return;
    add_callbacks(reading, node);
    target_count = find_targets(reading->library, reading->typing, node->first, targets);
    if (!target_count)
        return;
    read_arguments(reading->typing, node->last, arguments, &count);
    for (size_t i = 0; i < target_count; i++) {
        struct value_type own[ARGUMENTS_MAX];
        memcpy(own, arguments, count * sizeof *own);
        add_call(reading, targets[i], own, count);
    }
}

// Calls that are still to be looked into. One that was seen to decide need not be seen as shown.
struct gathering {
    struct reading_call *stack;
    size_t waiting;
    bool *seen[2]; // by number: as deciding, as shown
};

static void wait_for(struct gathering *gathering, struct reading_call call)
{
    if (gathering->seen[false][call.number] || gathering->seen[call.shown][call.number])
        return;
    gathering->seen[call.shown][call.number] = true;
    gathering->stack[gathering->waiting++] = call;
}

// Appends what the calls of a reading read, and those that they make.
void library_gather(const struct reading *from, struct reading *into)
{
    const struct rulecheck_library *library = from->library;
    if (!library || !from->call_count)
        return;
    size_t known = dictionary_count(library->keys), calls = from->call_count;
    bool *seen = memory_new(2 * known, sizeof *seen);
    struct gathering gathering = {.stack = memory_new(2 * known, sizeof *gathering.stack),
                                  .seen = {seen, seen + known}};
    for (size_t i = 0; i < calls; i++)
        wait_for(&gathering, from->calls[i]);
    while (gathering.waiting) {
        struct reading_call call = gathering.stack[--gathering.waiting];
        const struct reading *reading = &library->calls[call.number]->reading;
        for (size_t i = 0; i < reading->count; i++) {
            into->shown = call.shown || reading->items[i].shown;
            reading_add(into, reading->items[i].access, reading->items[i].strength);
        }
        for (size_t i = 0; i < reading->call_count; i++)
            wait_for(&gathering, (struct reading_call){reading->calls[i].number,
                                                       call.shown || reading->calls[i].shown});
    }
    into->shown = false;
    free(seen);
    free(gathering.stack);
}
