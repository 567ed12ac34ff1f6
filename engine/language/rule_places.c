// SPDX-License-Identifier: MIT
// Works on the syntax tree, never on the text alone, and so knows nothing of a file that does not
// parse. A statement counts at its first line, and has run when any of its lines has: Lua notes
// instructions, and those of one statement may stand on several.
#include "engine/language/rule_places.h"

#include "engine/base/arena.h"
#include "engine/base/memory.h"
#include "engine/language/syntax.h"
#include "engine/language/typing.h"
#include "engine/rules/control.h"

#include <stdlib.h>
#include <string.h>

// In the arena of its tree.
struct rule_places {
    struct syntax *syntax;
    uint32_t *starts; // offsets at which lines begin
    uint32_t line_count;
};

struct rule_places *rule_places_new(const char *text, size_t length)
{
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(text, length, &error);
    if (!syntax)
        return NULL;
    struct rule_places *places = arena_take(syntax->arena, 1, sizeof *places);
    places->syntax = syntax;
    size_t lines = 1;
    for (size_t i = 0; i < syntax->length; i++)
        lines += syntax->text[i] == '\n';
    places->starts = arena_take(syntax->arena, lines, sizeof *places->starts);
    places->line_count = 1;
    for (size_t i = 0; i < syntax->length; i++)
        if (syntax->text[i] == '\n')
            places->starts[places->line_count++] = (uint32_t)i + 1;
    return places;
}

void rule_places_free(struct rule_places *places)
{
    if (places)
        syntax_free(places->syntax);
}

uint32_t rule_places_line_count(const struct rule_places *places)
{
    return places->line_count;
}

// The line of a byte of the text.
static uint32_t line_at(const struct rule_places *places, uint32_t offset)
{
    uint32_t low = 0, high = places->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (places->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

// The TABLE of word "ID" { ... }, or NULL.
static const struct node *find(const struct rule_places *places, const char *word, const char *id)
{
    const struct node *root = places->syntax->root;
    struct node *name, *declared;
    for (struct node *node = places->syntax->root; node; node = node_next(root, node))
        if (node_declares(node, word, &name, &declared) && node_is_string(name, id) && declared &&
            declared->kind == NODE_TABLE)
            return declared;
    return NULL;
}

uint32_t rule_places_case(const struct rule_places *places, const char *control, size_t n)
{
    const struct node *cases = find(places, "cases", control);
    const struct node *declared = cases ? NULL : find(places, "control", control);
    if (declared)
        cases = node_table_get(declared, "cases");
    if (!cases || cases->kind != NODE_TABLE)
        return 0;
    for (const struct node *one = cases->first; one; one = one->next)
        if (one->kind != NODE_PAIR && n-- == 0)
            return one->line;
    return 0;
}

// ---- lines

struct marks {
    const struct rule_places *places;
    const bool *ran;
    struct mark {
        bool counts, hit;
    } * lines; // by number
};

// Something that happens from one byte to another.
static void mark(struct marks *marks, uint32_t begin, uint32_t end)
{
    uint32_t first = line_at(marks->places, begin);
    uint32_t last = line_at(marks->places, end > begin ? end - 1 : begin);
    marks->lines[first].counts = true;
    for (uint32_t line = first; line <= last; line++)
        marks->lines[first].hit |= marks->ran[line];
}

static bool gives_nothing(const struct node *local)
{
    for (const struct node *value = local->last->first; value; value = value->next)
        if (value->kind != NODE_NIL)
            return false;
    return true;
}

// Statements without an instruction of their own do not count: a block, a function's name, a jump.
static void mark_statement(struct marks *marks, const struct node *node)
{
    switch ((int)node->kind) {
    case NODE_LOCAL:
        if (gives_nothing(node))
            return;
        // fall through
    case NODE_ASSIGN:
    case NODE_CALL_STATEMENT:
    case NODE_RETURN:
        mark(marks, node->begin, node->end);
        return;
    case NODE_FOR_NUMBER:
    case NODE_FOR_EACH:
        mark(marks, node->begin, node->last->begin);
        return;
    case NODE_IF:
    case NODE_WHILE:
    case NODE_REPEAT:
        for (const struct node *part = node->first; part; part = part->next)
            if (part->kind != NODE_BLOCK && part->kind != NODE_TRUE)
                mark(marks, part->begin, part->end);
        return;
    }
}

static void mark_function(struct marks *marks, const struct node *function)
{
    for (struct node *node = (struct node *)function; node; node = node_next(function, node))
        mark_statement(marks, node);
}

void rule_places_lines(const struct rule_places *places, const char *control, const bool *ran,
                       struct rule_lines *lines)
{
    const struct node *declared = find(places, "control", control);
    size_t length = (size_t)places->line_count + 1;
    struct marks marks = {places, ran, memory_new(length, sizeof *marks.lines)};
    for (const struct setting *setting = control_settings; setting->name; setting++) {
        struct node *value = declared && setting_takes_function(setting)
                                 ? node_table_get(declared, setting->name)
                                 : NULL;
        const struct node *function = value ? typing_function(value) : NULL;
        if (function)
            mark_function(&marks, function);
    }
    *lines = (struct rule_lines){.missed = memory_new(length, sizeof *lines->missed)};
    for (uint32_t line = 1; line < length; line++) {
        lines->count += marks.lines[line].counts;
        if (marks.lines[line].counts && !marks.lines[line].hit)
            lines->missed[lines->missed_count++] = line;
    }
    free(marks.lines);
}

void rule_lines_clear(struct rule_lines *lines)
{
    free(lines->missed);
    *lines = (struct rule_lines){0};
}
