// SPDX-License-Identifier: MIT
#include "cli/new_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

int new_file_write(const char *path, const struct buffer *text)
{
    FILE *file = fopen(path, "wxe");
    if (!file)
        return -1;
    bool whole = fwrite(buffer_text(text), 1, text->length, file) == text->length;
    int reason = errno;
    if (fclose(file) != 0 && whole) {
        whole = false;
        reason = errno;
    }
    if (whole)
        return 0;
    unlink(path);
    errno = reason;
    return -1;
}
