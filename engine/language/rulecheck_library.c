// SPDX-License-Identifier: MIT
// What the list functions of rules/library return and pass on, for types; what the caller says
// about a function goes before it.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"

const struct helper_type check_library[] = {{"filter", "argument 1", "element 1"},
                                            {"count", "int", "element 1"},
                                            {"sum", "value 2", "element 1"},
                                            {"first", "element 1", "element 1"},
                                            {"any", "bool", "element 1"},
                                            {"all", "bool", "element 1"},
                                            {"map", "any", "element 1"},
                                            {"group_by", "any", "element 1"},
                                            {"contains", "bool", NULL},
                                            {"at_most", "argument 2", NULL},
                                            {"sort", "argument 1", "element 1"},
                                            {"min", "any", "element 1"},
                                            {"max", "any", "element 1"},
                                            {NULL, NULL, NULL}};

struct helper_type *check_helpers(const struct rulecheck_input *input, struct arena *arena,
                                  size_t *count)
{
    size_t known = sizeof check_library / sizeof *check_library - 1;
    struct helper_type *helpers = arena_take(arena, input->helper_count + known, sizeof *helpers);
    *count = input->helper_count;
    if (*count)
        memcpy(helpers, input->helpers, *count * sizeof *helpers);
    for (const struct helper_type *own = check_library; own->name; own++) {
        size_t at = 0;
        while (at < input->helper_count && strcmp(helpers[at].name, own->name) != 0)
            at++;
        if (at == input->helper_count) {
            helpers[(*count)++] = *own;
            continue;
        }
        bool said = helpers[at].result && strcmp(helpers[at].result, "any") != 0;
        if (!said)
            helpers[at].result = own->result;
        if (!helpers[at].callback)
            helpers[at].callback = own->callback;
    }
    return helpers;
}
