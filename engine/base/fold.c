// SPDX-License-Identifier: MIT
#include "engine/base/fold.h"

#include "engine/base/memory.h"

#include <utf8proc.h>

char *fold_text(const char *bytes, size_t length, size_t *folded_length)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &folded,
                     UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STABLE);
    if (size < 0) {
        *folded_length = length;
        return memory_text_n(bytes, length);
    }
    *folded_length = (size_t)size;
    return (char *)folded;
}
