// SPDX-License-Identifier: MIT
// The statements at file level are the units of a graph: from each to those that its names need. A
// control's hash is that of all units that can be reached from it, in the order of the files.
//
// A name needs the units that give it a value: the declaration of a local, the definitions of a
// global of the library. And it needs the units that may change this value later (roles[3] = "x",
// table.insert(roles, "x")), so that these hang on the unit that declares. Shadowed names are told
// apart, since names are resolved to symbols.
#include "engine/language/rule_hash.h"

#include "engine/base/arena.h"
#include "engine/base/memory.h"
#include "engine/language/syntax.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unit {
    struct node *node;
    char digest[HASH_TEXT];
    struct need *needs;
    struct graft *grafts;
    uint32_t round;       // of rule_hash_get, when it was last reached
    struct unit *waiting; // the next of those that were reached and not yet gone on from
};

struct need {
    struct unit *unit;
    struct need *next;
};

struct source {
    struct syntax *syntax; // whose arena holds the units and what they need; NULL: no Lua
    struct syntax_token *tokens;
    size_t token_count;
    struct unit *units; // in the order of the file
    size_t unit_count;
};

// What of the library the open file changes at file level: taken back with the file.
struct graft {
    struct unit *changed, *by;
    struct graft *before, *next; // of the same unit, of the file
};

struct definition {
    struct unit *unit;
    struct definition *next;
};

struct rule_hash {
    struct source *library;
    size_t library_count;
    struct dictionary *globals;
    struct definition **definitions; // by code of globals
    struct source file;
    struct graft *grafts;
    struct unit *waiting;
    uint32_t round;
};

// ---- what stands in a file

static bool is_separator(const struct source *source, const struct syntax_token *token)
{
    char first = source->syntax->text[token->begin];
    return token->end - token->begin == 1 && (first == ',' || first == ';');
}

// The number of the first token that stands in a node.
static size_t first_token(const struct source *source, const struct node *node)
{
    size_t low = 0, high = source->token_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->tokens[middle].begin < node->begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Adds the tokens of a part of the text, each with its length, but for a comma before a brace.
static void add_tokens(const struct source *source, const struct node *node, struct hash *out)
{
    const char *text = source->syntax->text;
    for (size_t i = first_token(source, node); i < source->token_count; i++) {
        const struct syntax_token *token = &source->tokens[i];
        if (token->end > node->end)
            return;
        if (is_separator(source, token) && i + 1 < source->token_count &&
            text[token[1].begin] == '}')
            continue;
        char length[24];
        hash_add(out, length,
                 (size_t)snprintf(length, sizeof length, "%u:", token->end - token->begin));
        hash_add(out, text + token->begin, token->end - token->begin);
    }
}

// The call that declares a control when a unit is that alone; NULL for any other.
static struct node *control_of(const struct unit *unit, struct node **id, struct node **declared)
{
    struct node *call = unit->node->kind == NODE_CALL_STATEMENT ? unit->node->first : NULL;
    bool is = call && node_declares(call, "control", id, declared) && *id &&
              (*id)->kind == NODE_STRING && *declared && (*declared)->kind == NODE_TABLE;
    return is ? call : NULL;
}

static bool is_cases(const struct node *entry)
{
    return entry->kind == NODE_PAIR && node_is_string(entry->first, "cases");
}

static void digest_unit(const struct source *source, struct unit *unit)
{
    struct hash *hash = hash_new();
    struct node *id, *declared;
    if (control_of(unit, &id, &declared)) {
        add_tokens(source, id, hash);
        for (const struct node *entry = declared->first; entry; entry = entry->next)
            if (!is_cases(entry))
                add_tokens(source, entry, hash);
    } else {
        add_tokens(source, unit->node, hash);
    }
    hash_finish(hash, unit->digest);
}

static void source_init(struct source *source, struct text text)
{
    struct syntax_error error;
    *source = (struct source){.syntax = syntax_parse(text.bytes, text.length, &error)};
    if (!source->syntax)
        return;
    const struct node *block = source->syntax->root->last;
    source->tokens = syntax_tokens(source->syntax, &source->token_count);
    source->units =
        arena_take(source->syntax->arena, node_count_children(block), sizeof *source->units);
    for (struct node *node = block->first; node; node = node->next) {
        struct unit *unit = &source->units[source->unit_count++];
        unit->node = node;
        digest_unit(source, unit);
    }
}

static void source_clear(struct source *source)
{
    free(source->tokens);
    syntax_free(source->syntax);
    *source = (struct source){0};
}

// The unit that a node stands in.
static struct unit *unit_of(const struct source *source, const struct node *node)
{
    size_t low = 0, high = source->unit_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->units[middle].node->begin <= node->begin)
            low = middle;
        else
            high = middle;
    }
    return &source->units[low];
}

// ---- what needs what

// The source is that which says so.
static void need(const struct source *source, struct unit *unit, struct unit *needed)
{
    if (unit == needed || (unit->needs && unit->needs->unit == needed))
        return;
    struct need *one = arena_take(source->syntax->arena, 1, sizeof *one);
    *one = (struct need){needed, unit->needs};
    unit->needs = one;
}

static void define(struct rule_hash *hash, const struct source *source, struct unit *unit,
                   const struct node *target)
{
    if (target->kind != NODE_NAME || target->scope != SCOPE_GLOBAL)
        return;
    uint32_t known = dictionary_count(hash->globals);
    uint32_t code = dictionary_add(hash->globals, target->text.bytes, target->text.length);
    if (code >= known) {
        hash->definitions =
            memory_resize(hash->definitions, (size_t)code + 1, sizeof *hash->definitions);
        hash->definitions[code] = NULL;
    }
    struct definition *definition = arena_take(source->syntax->arena, 1, sizeof *definition);
    *definition = (struct definition){unit, hash->definitions[code]};
    hash->definitions[code] = definition;
}

// What a unit of the library defines for all rules.
static void add_definitions(struct rule_hash *hash, const struct source *source, struct unit *unit)
{
    if (unit->node->kind == NODE_FUNCTION_STATEMENT)
        define(hash, source, unit, unit->node->first);
    if (unit->node->kind == NODE_ASSIGN)
        for (struct node *target = unit->node->first->first; target; target = target->next)
            define(hash, source, unit, target);
}

// The first of them.
static const struct definition *definition_of(const struct rule_hash *hash, const struct node *name)
{
    uint32_t code = dictionary_find(hash->globals, name->text.bytes, name->text.length);
    return code == DICTIONARY_NONE ? NULL : hash->definitions[code];
}

static void graft(struct rule_hash *hash, struct unit *changed, struct unit *by)
{
    struct graft *one = arena_take(hash->file.syntax->arena, 1, sizeof *one);
    *one = (struct graft){changed, by, changed->grafts, hash->grafts};
    changed->grafts = hash->grafts = one;
}

// `by` may change what a name stands for.
static void add_change(struct rule_hash *hash, const struct source *source, struct unit *by,
                       const struct node *name)
{
    if (name->symbol) {
        need(source, unit_of(source, name->symbol->declaration), by);
        return;
    }
    for (const struct definition *it = definition_of(hash, name); it; it = it->next) {
        if (source == &hash->file)
            graft(hash, it->unit, by);
        else
            need(source, it->unit, by);
    }
}

// The name at the root of a.b[c].d, or NULL.
static const struct node *root_name(const struct node *node)
{
    while (node->kind == NODE_INDEX || node->kind == NODE_PARENTHESES)
        node = node->first;
    return node->kind == NODE_NAME ? node : NULL;
}

// A declaration calls functions at most with values that they may change.
static void add_changes_by_calls(struct rule_hash *hash, const struct source *source,
                                 struct unit *unit, const struct node *values)
{
    for (const struct node *node = values; node;
         node = node->kind == NODE_FUNCTION ? node_skip(values, node) : node_next(values, node)) {
        if (node->kind != NODE_CALL && node->kind != NODE_METHOD_CALL)
            continue;
        for (const struct node *argument = node->last->first; argument; argument = argument->next) {
            const struct node *name = root_name(argument);
            if (name)
                add_change(hash, source, unit, name);
        }
    }
}

static void add_changes(struct rule_hash *hash, const struct source *source, struct unit *unit)
{
    struct node *top = unit->node, *id, *declared;
    switch ((int)top->kind) {
    case NODE_LOCAL_FUNCTION:
        return;
    case NODE_LOCAL:
        add_changes_by_calls(hash, source, unit, top->last);
        return;
    case NODE_FUNCTION_STATEMENT:
    case NODE_ASSIGN: {
        bool several = top->kind == NODE_ASSIGN;
        for (struct node *target = several ? top->first->first : top->first; target;
             target = several ? target->next : NULL) {
            const struct node *name = root_name(target);
            if (name && (name != target || name->symbol))
                add_change(hash, source, unit, name);
        }
        if (several)
            add_changes_by_calls(hash, source, unit, top->last);
        return;
    }
    }
    if (control_of(unit, &id, &declared))
        return;
    for (struct node *node = top; node; node = node_next(top, node))
        if (node->kind == NODE_NAME)
            add_change(hash, source, unit, node);
}

static void add_needs(struct rule_hash *hash, const struct source *source, struct unit *unit)
{
    struct node *top = unit->node, *id, *declared;
    bool is_control = control_of(unit, &id, &declared) != NULL;
    for (struct node *node = top; node;
         node = is_control && is_cases(node) && node->parent == declared ? node_skip(top, node)
                                                                         : node_next(top, node)) {
        if (node->kind != NODE_NAME || (is_control && is_cases(node)))
            continue;
        if (node->symbol)
            need(source, unit, unit_of(source, node->symbol->declaration));
        for (const struct definition *it = node->symbol ? NULL : definition_of(hash, node); it;
             it = it->next)
            need(source, unit, it->unit);
    }
}

static void connect(struct rule_hash *hash, const struct source *source)
{
    for (size_t i = 0; i < source->unit_count; i++) {
        add_needs(hash, source, &source->units[i]);
        add_changes(hash, source, &source->units[i]);
    }
}

struct rule_hash *rule_hash_new(const struct text *library, size_t count)
{
    struct rule_hash *hash = memory_new(1, sizeof *hash);
    hash->globals = dictionary_new();
    hash->library = memory_new(count, sizeof *hash->library);
    hash->library_count = count;
    for (size_t i = 0; i < count; i++) {
        struct source *source = &hash->library[i];
        source_init(source, library[i]);
        for (size_t number = 0; number < source->unit_count; number++)
            add_definitions(hash, source, &source->units[number]);
    }
    for (size_t i = 0; i < count; i++)
        connect(hash, &hash->library[i]);
    return hash;
}

void rule_hash_free(struct rule_hash *hash)
{
    if (!hash)
        return;
    for (size_t i = 0; i < hash->library_count; i++)
        source_clear(&hash->library[i]);
    source_clear(&hash->file);
    dictionary_free(hash->globals);
    free(hash->definitions);
    free(hash->library);
    free(hash);
}

void rule_hash_open(struct rule_hash *hash, struct text file)
{
    for (const struct graft *it = hash->grafts; it; it = it->next)
        it->changed->grafts = NULL;
    hash->grafts = NULL;
    source_clear(&hash->file);
    source_init(&hash->file, file);
    connect(hash, &hash->file);
}

// ---- what is reached

static void reach(struct rule_hash *hash, struct unit *unit)
{
    if (unit->round == hash->round)
        return;
    unit->round = hash->round;
    unit->waiting = hash->waiting;
    hash->waiting = unit;
}

static void reach_all(struct rule_hash *hash)
{
    while (hash->waiting) {
        const struct unit *unit = hash->waiting;
        hash->waiting = unit->waiting;
        for (const struct need *need = unit->needs; need; need = need->next)
            reach(hash, need->unit);
        for (const struct graft *it = unit->grafts; it; it = it->before)
            reach(hash, it->by);
    }
}

static void add_reached(const struct rule_hash *hash, const struct source *source, struct hash *out)
{
    for (size_t i = 0; i < source->unit_count; i++)
        if (source->units[i].round == hash->round)
            hash_add(out, source->units[i].digest, HASH_TEXT);
}

void rule_hash_get(struct rule_hash *hash, const char *control, char digest[HASH_TEXT])
{
    bool found = false;
    struct node *id, *declared;
    hash->round++;
    for (size_t i = 0; i < hash->file.unit_count; i++) {
        struct unit *unit = &hash->file.units[i];
        if (control_of(unit, &id, &declared) && node_is_string(id, control)) {
            reach(hash, unit);
            found = true;
        }
    }
    for (size_t i = 0; !found && i < hash->file.unit_count; i++)
        reach(hash, &hash->file.units[i]);
    reach_all(hash);
    struct hash *out = hash_new();
    add_reached(hash, &hash->file, out);
    for (size_t i = 0; i < hash->library_count; i++)
        add_reached(hash, &hash->library[i], out);
    hash_finish(out, digest);
}

static bool names(const struct rule_hash *hash, const struct source *source, const char *global)
{
    for (size_t i = 0; i < source->unit_count; i++) {
        const struct node *top = source->units[i].node;
        if (source->units[i].round == hash->round)
            for (const struct node *node = top; node; node = node_next(top, node))
                if (node_is_global(node, global))
                    return true;
    }
    return false;
}

bool rule_hash_names(const struct rule_hash *hash, const char *global)
{
    bool found = names(hash, &hash->file, global);
    for (size_t i = 0; i < hash->library_count && !found; i++)
        found = names(hash, &hash->library[i], global);
    return found;
}
