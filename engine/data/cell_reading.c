// SPDX-License-Identifier: MIT
#include "engine/data/cell_inside.h"

#include <stdarg.h>
#include <stdio.h>

int reading_fail(const struct reading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reading->scratch, READING_SCRATCH, format, arguments);
    va_end(arguments);
    *reading->reason = reading->scratch;
    return -1;
}
