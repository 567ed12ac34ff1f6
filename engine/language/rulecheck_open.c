// SPDX-License-Identifier: MIT
// A file made ready to be checked: parsed, its allowed names known, its expressions typed.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/language/typing_inside.h"

#include <stdlib.h>

static void allow(struct check *check, const char *name, size_t length, bool closed)
{
    check->closed[dictionary_add(check->globals, name, length)] |= closed;
}

static void allow_globals(struct check *check)
{
    check->globals = dictionary_new();
    check->closed = arena_take(check->arena, 2 * check->input->global_count, sizeof *check->closed);
    for (size_t i = 0; i < check->input->global_count; i++) {
        const char *name = check->input->globals[i];
        const char *dot = strchr(name, '.');
        if (dot)
            allow(check, name, (size_t)(dot - name), true);
        allow(check, name, strlen(name), false);
    }
}

bool check_open(struct check *check, const struct rulecheck_input *input, struct diagnostics *found)
{
    struct syntax_errors errors;
    *check = (struct check){.input = input, .found = found, .first = found->count};
    check->syntax = syntax_read(input->text, input->length, &errors);
    for (size_t i = 0; i < errors.count; i++)
        check_add(check, DIAGNOSTIC_ERROR, errors.items[i].line, errors.items[i].column,
                  errors.items[i].message);
    check->syntax_errors = found->count - check->first;
    if (!check->syntax)
        return false;
    check->arena = check->syntax->arena;
    allow_globals(check);
    check->sights = arena_take(check->arena, check->syntax->node_count, sizeof *check->sights);
    check->doubted = arena_take(check->arena, check->syntax->symbol_count, sizeof *check->doubted);
    check->visits_left = (size_t)check->syntax->node_count * 64;
    check->helpers = check_helpers(input, check->arena, &check->helper_count);
    check->typing = typing_new(check->syntax, input->model, check->helpers, check->helper_count);
    if (input->kind == RULECHECK_RULES)
        check_find_controls(check);
    if (input->library)
        check->typing->calls = library_following(input->library);
    typing_run(check->typing);
    return true;
}

void check_close(struct check *check)
{
    typing_free(check->typing);
    dictionary_free(check->globals);
    syntax_free((struct syntax *)check->syntax);
}
