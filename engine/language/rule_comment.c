// SPDX-License-Identifier: MIT
#include "engine/language/rule_comment.h"

#include <string.h>

void rule_comment_add(const char *at, const char *end, const char *between, struct buffer *out)
{
    size_t begin = out->length;
    for (; at < end; at += strcspn(at, "\n") + 1) {
        const char *text = at + (strncmp(at, "-- ", 3) == 0 ? 3 : 2);
        buffer_printf(out, "%s%.*s", out->length > begin ? between : "", (int)strcspn(text, "\n"),
                      text);
    }
}

void rule_comment_above(const char *text, const char *line, struct buffer *out)
{
    const char *top = line;
    while (top > text) {
        const char *above = top - 1;
        while (above > text && above[-1] != '\n')
            above--;
        if (strncmp(above, "--", 2) != 0)
            break;
        top = above;
    }
    rule_comment_add(top, line, " ", out);
}
