// SPDX-License-Identifier: MIT
#include "adapters/table_file.h"

#include "engine/base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int table_file_find(const struct model *model, const char *file, const char *const *endings)
{
    size_t length = strlen(file);
    for (size_t i = 0; endings[i]; i++) {
        size_t ending = strlen(endings[i]);
        if (length <= ending || strcasecmp(file + length - ending, endings[i]) != 0)
            continue;
        char *name = memory_text_n(file, length - ending);
        for (char *at = name; *at; at++)
            *at = (char)tolower((unsigned char)*at);
        int table = model_find_table(model, name);
        free(name);
        if (table >= 0)
            return table;
    }
    return -1;
}
