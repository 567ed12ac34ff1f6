// SPDX-License-Identifier: MIT
#include "engine/base/safe_print.h"

#include <stdbool.h>

void print_safely(const char *text, FILE *out)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool c1 = at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0; // U+0080 to U+009F
        if (*at < 0x20 || *at == 0x7F || c1)
            putc('?', out);
        else
            putc(*at, out);
        at += c1;
    }
}
