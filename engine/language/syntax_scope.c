// SPDX-License-Identifier: MIT
// Which declaration a name stands for, and where goto leads. Each name of the file knows its
// innermost declaration in force, so that a look-up costs the same however many there are.
#include "engine/language/syntax_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"

enum { JUMPS_MAX = 200 }; // open at one time: each new label looks at all of them

void scope_open(struct parser *parser, struct lexical_block *block, bool loop)
{
    struct function *function = parser->function;
    *block = (struct lexical_block){.outer = function->block,
                                    .active = (unsigned)parser->active_count,
                                    .local_count = function->local_count,
                                    .first_goto = parser->jump_count,
                                    .label_count = parser->label_count,
                                    .loop = loop};
    function->block = block;
}

void scope_close(struct parser *parser)
{
    struct function *function = parser->function;
    struct lexical_block *block = function->block;
    while (parser->active_count > block->active) {
        struct symbol *symbol = parser->active[--parser->active_count];
        parser->lexer.names[symbol->code].symbol = symbol->shadowed;
    }
    while (parser->label_count > block->label_count) {
        struct label *label = parser->labels[--parser->label_count];
        parser->lexer.names[label->code].label = label->shadowed;
    }
    function->local_count = block->local_count;
    function->block = block->outer;
    for (size_t i = block->first_goto; i < parser->jump_count; i++) {
        struct jump *jump = &parser->jumps[i];
        if (jump->active > block->active)
            jump->active = block->active;
        if (!block->outer)
            lexer_fail(&parser->lexer, jump->node->line, jump->node->column, mistake_NO_LABEL,
                       jump->node->text.bytes);
    }
    if (!block->outer)
        parser->jump_count = block->first_goto;
}

// Loops keep hidden locals of their own, which count against the limit.
void scope_reserve(struct parser *parser, int count)
{
    struct function *function = parser->function;
    function->local_count += count;
    if (function->local_count > SYNTAX_LOCALS_MAX)
        lexer_fail(&parser->lexer, parser->token.line, parser->token.column,
                   mistake_TOO_MANY_LOCALS, SYNTAX_LOCALS_MAX);
}

struct symbol *scope_symbol(struct parser *parser, struct node *declaration, uint32_t code,
                            enum symbol_kind kind)
{
    struct symbol *symbol = arena_take(parser->syntax->arena, 1, sizeof *symbol);
    symbol->name = declaration->text;
    symbol->declaration = declaration;
    symbol->function = parser->function->node;
    symbol->code = code;
    symbol->kind = kind;
    symbol->id = parser->syntax->symbol_count++;
    declaration->symbol = symbol;
    *parser->last_symbol = symbol;
    parser->last_symbol = &symbol->next;
    return symbol;
}

// From here on the name stands for this symbol.
void scope_activate(struct parser *parser, struct symbol *symbol)
{
    struct name *name = &parser->lexer.names[symbol->code];
    symbol->shadowed = name->symbol;
    name->symbol = symbol;
    parser->active_capacity = memory_grow((void **)&parser->active, parser->active_count,
                                          parser->active_capacity, sizeof *parser->active);
    parser->active[parser->active_count++] = symbol;
    scope_reserve(parser, 1);
}

void scope_resolve(struct parser *parser, struct node *node, uint32_t code)
{
    struct symbol *symbol = parser->lexer.names[code].symbol;
    node->symbol = symbol;
    if (!symbol)
        node->scope = SCOPE_GLOBAL;
    else if (symbol->function != parser->function->node)
        node->scope = SCOPE_UPVALUE;
    else
        node->scope = symbol->kind == SYMBOL_PARAMETER ? SCOPE_PARAMETER : SCOPE_LOCAL;
}

static void check_jump(struct parser *parser, const struct node *node, unsigned from, unsigned to)
{
    if (from < to)
        lexer_fail(&parser->lexer, node->line, node->column, mistake_GOTO_INTO_SCOPE,
                   node->text.bytes, parser->active[from]->name.bytes);
}

// `last`: nothing but empty statements follow in its block, so that it lies outside the block's
// locals.
void scope_label(struct parser *parser, struct node *node, uint32_t code, bool last)
{
    struct name *name = &parser->lexer.names[code];
    struct function *function = parser->function;
    if (name->label && name->label->function == function->node) {
        lexer_fail(&parser->lexer, node->line, node->column, mistake_LABEL_TWICE, node->text.bytes,
                   name->label->line);
        return;
    }
    struct label *label = arena_take(parser->syntax->arena, 1, sizeof *label);
    *label =
        (struct label){.shadowed = name->label,
                       .function = function->node,
                       .code = code,
                       .line = node->line,
                       .active = last ? function->block->active : (unsigned)parser->active_count};
    name->label = label;
    parser->label_capacity = memory_grow((void **)&parser->labels, parser->label_count,
                                         parser->label_capacity, sizeof *parser->labels);
    parser->labels[parser->label_count++] = label;
    size_t kept = function->block->first_goto;
    for (size_t i = kept; i < parser->jump_count; i++) {
        if (parser->jumps[i].code == code)
            check_jump(parser, parser->jumps[i].node, parser->jumps[i].active, label->active);
        else
            parser->jumps[kept++] = parser->jumps[i];
    }
    parser->jump_count = kept;
}

void scope_goto(struct parser *parser, struct node *node, uint32_t code)
{
    struct label *label = parser->lexer.names[code].label;
    if (label && label->function == parser->function->node)
        return;
    if (parser->jump_count >= JUMPS_MAX) {
        lexer_fail(&parser->lexer, node->line, node->column, mistake_TOO_MANY_GOTOS);
        return;
    }
    parser->jump_capacity = memory_grow((void **)&parser->jumps, parser->jump_count,
                                        parser->jump_capacity, sizeof *parser->jumps);
    parser->jumps[parser->jump_count++] = (struct jump){node, code, (unsigned)parser->active_count};
}

bool scope_in_loop(const struct parser *parser)
{
    for (const struct lexical_block *block = parser->function->block; block; block = block->outer)
        if (block->loop)
            return true;
    return false;
}
