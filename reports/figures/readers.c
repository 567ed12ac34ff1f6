// SPDX-License-Identifier: MIT
#include "reports/figures/readers.h"

#include <string.h>

bool readers_have(const struct control *control, const char *table, const char *field)
{
    const json_t *fields = json_object_get(control->accesses, table), *item;
    size_t at;
    if (!field)
        return fields != NULL;
    json_array_foreach(fields, at, item)
    {
        if (strcmp(json_string_value(item), field) == 0)
            return true;
    }
    return false;
}

void readers_add(const struct engagement *engagement, const char *table, const char *field,
                 struct buffer *out)
{
    bool any = false;
    for (int i = 0; i < engagement->control_count; i++)
        if (readers_have(&engagement->controls[i], table, field)) {
            buffer_printf(out, "%s%s", any ? ", " : "", engagement->controls[i].id);
            any = true;
        }
}
