// SPDX-License-Identifier: MIT
#include "engine/data/cell_inside.h"

#include <stdarg.h>

int reading_fail(const struct reading *reading, enum reason code)
{
    if (reading->reason)
        reason_set(reading->reason, code);
    return -1;
}

int reading_fail_with(const struct reading *reading, enum reason code, const char *values, ...)
{
    va_list arguments;
    va_start(arguments, values);
    if (reading->reason)
        reason_set_values(reading->reason, code, values, arguments);
    va_end(arguments);
    return -1;
}
