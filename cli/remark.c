// SPDX-License-Identifier: MIT
#include "cli/remark.h"

#include "cli/place.h"
#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "engine/base/safe_print.h"
#include "reports/files/json_text.h"
#include "reports/terminal/grid.h"

#include <stdlib.h>
#include <string.h>

enum { MARGIN = 8 }; // columns of a line's number and what stands before the line

static size_t character_end(const char *text, size_t at, size_t end)
{
    for (at++; at < end && ((unsigned char)text[at] & 0xC0) == 0x80;)
        at++;
    return at;
}

static int width_of(const char *text, size_t begin, size_t end)
{
    char *part = memory_text_n(text + begin, end - begin);
    int width = text_width(part);
    free(part);
    return width;
}

static void print_part(const char *text, size_t begin, size_t end, FILE *out)
{
    struct buffer part = {0};
    for (size_t i = begin; i < end; i++)
        buffer_add_byte(&part, text[i] == '\t' ? ' ' : text[i] ? text[i] : '?');
    print_safely(buffer_text(&part), out);
    buffer_clear(&part);
}

// A line that may hold a password is not shown.
static bool is_secret(const char *line, size_t length)
{
    static const char *const signs[] = {"conninfo", "password", "://"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(line, length, signs[i], strlen(signs[i])))
            return true;
    return false;
}

// The line, cut to what a terminal shows around the column, and the caret.
static void print_line(const struct remark *remark, FILE *out)
{
    size_t begin, end;
    if (!remark->text || remark->line <= 0 || remark->column <= 0 ||
        !place_line(remark->text, remark->text_length, remark->line, &begin, &end) ||
        is_secret(remark->text + begin, end - begin))
        return;
    const char *text = remark->text;
    size_t caret = begin;
    for (int column = 1; column < remark->column && caret < end; column++)
        caret = character_end(text, caret, end);
    int width = look_of(out).width - MARGIN - 4;
    bool cut = false;
    while (width_of(text, begin, caret) > width * 2 / 3) {
        begin = character_end(text, begin, end);
        cut = true;
    }
    size_t shown = caret;
    while (shown < end && width_of(text, begin, character_end(text, shown, end)) < width)
        shown = character_end(text, shown, end);
    fprintf(out, "%*lld | %s", MARGIN - 3, (long long)remark->line, cut ? "..." : "");
    print_part(text, begin, shown, out);
    fputs(shown < end ? "...\n" : "\n", out);
    fprintf(out, "%*s | %*s^\n", MARGIN - 3, "", width_of(text, begin, caret) + (cut ? 3 : 0), "");
}

void remark_print(const struct remark *remark, FILE *out)
{
    print_safely(remark->file ? remark->file : "vouch", out);
    if (remark->line > 0)
        fprintf(out, ":%lld", (long long)remark->line);
    if (remark->line > 0 && remark->column > 0)
        fprintf(out, ":%d", remark->column);
    fputs(remark->is_error ? ": error: " : ": warning: ", out);
    print_safely(remark->message, out);
    if (remark->advice) {
        fputs(remark->separator ? remark->separator : "; ", out);
        print_safely(remark->advice, out);
    }
    if (remark->more)
        print_safely(remark->more, out);
    putc('\n', out);
    print_line(remark, out);
}

static void add_member(struct buffer *out, const char *name, const char *text)
{
    buffer_printf(out, "%s\"%s\":", out->length > 1 ? "," : "", name);
    json_text_add(out, text);
}

static void add_number(struct buffer *out, const char *name, int64_t number)
{
    buffer_printf(out, ",\"%s\":", name);
    if (number > 0)
        buffer_printf(out, "%lld", (long long)number);
    else
        buffer_add_text(out, "null");
}

void remark_print_json(const struct remark *remark, FILE *out)
{
    struct buffer line = {0};
    buffer_add_byte(&line, '{');
    add_member(&line, "severity", remark->is_error ? "error" : "warning");
    add_member(&line, "kind", remark->kind ? remark->kind : "rule");
    add_member(&line, "file", remark->file);
    add_member(&line, "path", remark->path);
    add_number(&line, "line", remark->line);
    add_number(&line, "column", remark->column);
    add_member(&line, "table", remark->table);
    add_member(&line, "field", remark->field);
    add_member(&line, "value", remark->value);
    add_member(&line, "message", remark->message);
    add_member(&line, "advice", remark->advice);
    add_number(&line, "count", remark->count ? (int64_t)remark->count : 1);
    buffer_add_text(&line, "}\n");
    fwrite(line.data, 1, line.length, out);
    buffer_clear(&line);
}
