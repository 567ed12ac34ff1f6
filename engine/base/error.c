// SPDX-License-Identifier: MIT
#include "engine/base/error.h"

#include "engine/base/mistake.h"
#include "engine/base/reason.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct error *error, enum error_kind kind, const char *where, const char *format,
                 va_list arguments)
{
    error->kind = kind;
    snprintf(error->where, sizeof error->where, "%s", where ? where : "");
    vsnprintf(error->message, sizeof error->message, mistake_words(format), arguments);
}

int error_set(struct error *error, enum error_kind kind, const char *where, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, kind, where, format, arguments);
    va_end(arguments);
    return -1;
}

int error_set_errno(struct error *error, enum error_kind kind, const char *where,
                    const char *format, ...)
{
    int code = errno;
    va_list arguments;
    va_start(arguments, format);
    fill(error, kind, where, format, arguments);
    va_end(arguments);
    size_t used = strlen(error->message);
    snprintf(error->message + used, sizeof error->message - used, ": %s", strerror(code));
    return -1;
}

int error_set_reason(struct error *error, enum error_kind kind, const char *where,
                     const char *reason, const char *format, ...)
{
    struct buffer words = {0};
    va_list arguments;
    va_start(arguments, format);
    fill(error, kind, where, format, arguments);
    va_end(arguments);
    reason_add(reason, mistake_language(), &words);
    size_t used = strlen(error->message);
    snprintf(error->message + used, sizeof error->message - used, ": %s", buffer_text(&words));
    buffer_clear(&words);
    return -1;
}
