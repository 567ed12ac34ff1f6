// SPDX-License-Identifier: MIT
#include "engine/lua/script_functions.h"

const struct script_function *script_functions_allowed(size_t group)
{
    static const struct script_function *const groups[] = {
        script_base_functions, script_text_functions, script_number_functions,
        script_time_functions, script_audit_functions};
    _Static_assert(sizeof groups / sizeof *groups == SCRIPT_FUNCTION_GROUPS,
                   "every group is listed");
    return groups[group];
}
