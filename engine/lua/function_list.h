// SPDX-License-Identifier: MIT
// The functions and constants that rules may use, as text: what the allow-list says of each, for
// those who know no Lua.
#ifndef VOUCH_FUNCTION_LIST_H
#define VOUCH_FUNCTION_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct listed_function {
    const char *name; // "string.upper"
    const char *signature, *result, *summary;
    bool constant;
};

// The n-th of them, counted from 0; false: there are no more.
bool function_list_get(size_t n, struct listed_function *function);

#endif
