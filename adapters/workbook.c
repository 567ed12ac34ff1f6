// SPDX-License-Identifier: MIT
#include "adapters/workbook.h"

#include "adapters/text_fold.h"
#include "engine/base/buffer.h"

#include <string.h>

struct workbook *workbook_new(const struct workbook_format *format, const char *path,
                              const char *name, const struct unpack_limit *limit,
                              struct error *error)
{
    struct arena *arena = arena_new();
    struct workbook *workbook = arena_take(arena, 1, sizeof *workbook);
    *workbook =
        (struct workbook){.arena = arena, .format = format, .name = arena_text(arena, name)};
    if (format->open(workbook, path, limit, error) == 0)
        return workbook;
    workbook_free(workbook);
    return NULL;
}

void workbook_free(struct workbook *workbook)
{
    if (!workbook)
        return;
    workbook->format->close(workbook);
    arena_free(workbook->arena);
}

int workbook_find(const struct workbook *workbook, const char *name)
{
    struct buffer wanted = {0}, folded = {0};
    int found = -1;
    for (size_t i = 0; i < workbook->sheet_count; i++)
        if (strcmp(workbook->sheets[i].name, name) == 0)
            return (int)i;
    text_fold(name, &wanted);
    for (size_t i = 0; i < workbook->sheet_count && found < 0; i++) {
        buffer_reset(&folded);
        text_fold(workbook->sheets[i].name, &folded);
        if (strcmp(buffer_text(&folded), buffer_text(&wanted)) == 0)
            found = (int)i;
    }
    buffer_clear(&wanted);
    buffer_clear(&folded);
    return found;
}

void workbook_add_names(const struct workbook *workbook, struct buffer *out)
{
    for (size_t i = 0; i < workbook->sheet_count && out->length < 600; i++)
        buffer_printf(out, "%s%.60s", i ? ", " : "", workbook->sheets[i].name);
    if (out->length >= 600)
        buffer_add_text(out, ", …");
}

int workbook_read(const struct workbook *workbook, size_t sheet,
                  const struct workbook_target *target, struct error *error)
{
    return workbook->format->read(workbook, sheet, target, error);
}

int64_t workbook_size(const struct workbook *workbook, size_t sheet)
{
    return workbook->format->size(workbook, sheet);
}

void workbook_letters(size_t column, char letters[WORKBOOK_LETTERS])
{
    char backwards[WORKBOOK_LETTERS];
    int count = 0;
    for (size_t left = column + 1; left > 0 && count < WORKBOOK_LETTERS - 1; left = (left - 1) / 26)
        backwards[count++] = (char)('A' + (left - 1) % 26);
    for (int i = 0; i < count; i++)
        letters[i] = backwards[count - 1 - i];
    letters[count] = '\0';
}
