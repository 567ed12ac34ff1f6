// SPDX-License-Identifier: MIT
#include "engine/base/keyword.h"

#include <stddef.h>
#include <string.h>

const char *const keywords[KEYWORDS] = {"and",   "break", "do",       "else", "elseif", "end",
                                        "false", "for",   "function", "goto", "if",     "in",
                                        "local", "nil",   "not",      "or",   "repeat", "return",
                                        "then",  "true",  "until",    "while"};

bool keyword_is(const char *name)
{
    for (size_t i = 0; i < KEYWORDS; i++)
        if (strcmp(keywords[i], name) == 0)
            return true;
    return false;
}
