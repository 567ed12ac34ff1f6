// SPDX-License-Identifier: MIT
#include "engine/lua/function_list.h"

#include "engine/lua/script_functions.h"

bool function_list_get(size_t n, struct listed_function *function)
{
    for (size_t group = 0; group < SCRIPT_FUNCTION_GROUPS; group++)
        for (const struct script_function *it = script_functions_allowed(group); it->name; it++)
            if (n-- == 0) {
                *function = (struct listed_function){it->name, it->signature, it->result,
                                                     it->summary, !it->function};
                return true;
            }
    return false;
}
