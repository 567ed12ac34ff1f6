// SPDX-License-Identifier: MIT
#include "adapters/text_fold.h"

#include <stdlib.h>
#include <utf8proc.h>

void text_fold(const char *name, struct buffer *out)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)name, 0, &mapped,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                         UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const char *folded = length < 0 ? name : (const char *)mapped;
    for (const char *at = folded; *at; at++)
        if (*at != ' ' && *at != '\t' && *at != '\n' && *at != '\r')
            buffer_add_byte(out, *at);
    free(mapped); // of the library
}
