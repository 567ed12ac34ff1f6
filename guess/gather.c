// SPDX-License-Identifier: MIT
#include "guess/gather.h"

#include "engine/base/buffer.h"
#include "guess/frame.h"

#include <fnmatch.h>
#include <string.h>

// "export/SO_2026-*.csv" of two names that differ between a common beginning and a common end; NULL
// where there is nothing in common but the folder or the ending.
static const char *pattern_of(struct arena *arena, const char *a, const char *b)
{
    const char *slash = strrchr(a, '/'), *point = strrchr(a, '.');
    size_t folder = slash ? (size_t)(slash - a) + 1 : 0;
    size_t front = 0, back = 0, first = strlen(a), second = strlen(b);
    while (a[front] && a[front] == b[front])
        front++;
    while (back < first - front && back < second - front &&
           a[first - 1 - back] == b[second - 1 - back])
        back++;
    // Characters of several bytes are not cut.
    while (front > 0 && ((unsigned char)a[front] & 0xC0) == 0x80)
        front--;
    while (back > 0 && ((unsigned char)a[first - back] & 0xC0) == 0x80)
        back--;
    if (front <= folder || !point || back < strlen(point) || strpbrk(a, "*?[\\"))
        return NULL;
    struct buffer pattern = {0};
    buffer_printf(&pattern, "%.*s*%s", (int)front, a, a + first - back);
    return arena_text_of(arena, &pattern);
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool are_parts(const struct frame *a, const struct frame *b)
{
    const struct survey_sheet *first = a->sheet, *second = b->sheet;
    if (first->kind != SURVEY_CSV || second->kind != SURVEY_CSV || first->trouble ||
        second->trouble || !a->names || !b->names || a->columns != b->columns ||
        a->skip != b->skip || a->footer_count != b->footer_count ||
        first->delimiter != second->delimiter || !is_same(first->encoding, second->encoding))
        return false;
    for (size_t i = 0; i < a->columns; i++)
        if (strcmp(a->names[i], b->names[i]) != 0)
            return false;
    return true;
}

// Does the pattern mean only sheets that are parts of one list with sheet `at`?
static bool means_parts(const struct survey *survey, const struct frame *frames, size_t at,
                        const char *pattern)
{
    for (size_t i = 0; i < survey->count; i++)
        if (fnmatch(pattern, survey->sheets[i].file, FNM_PATHNAME | FNM_PERIOD) == 0 &&
            !are_parts(&frames[at], &frames[i]))
            return false;
    return true;
}

// Adds the rows of a part from one on: its footers, or all others.
static void copy(const struct survey *survey, struct survey_sheet *whole, const struct frame *part,
                 size_t from, bool footers)
{
    for (size_t row = from; row < part->sheet->row_count; row++) {
        if ((part->rows[row] == FRAME_FOOTER) != footers)
            continue;
        survey_begin_row(whole, part->sheet->rows[row].line);
        for (size_t c = 0; c < part->sheet->rows[row].count; c++) {
            struct text text =
                dictionary_get(survey->texts, survey_cell(survey, part->sheet, row, c));
            survey_add_cell(survey, whole, text.bytes, text.length);
        }
    }
}

static bool is_meant(const char *pattern, const struct survey_sheet *sheet)
{
    return fnmatch(pattern, sheet->file, FNM_PATHNAME | FNM_PERIOD) == 0;
}

// The footers of the first stand at the end of the whole, as they do at the end of each.
static struct survey_sheet join(const struct survey *survey, const struct frame *frames, size_t at,
                                const char *pattern)
{
    const struct survey_sheet *first = &survey->sheets[at];
    struct survey_sheet whole = {.kind = first->kind,
                                 .file = pattern,
                                 .name = first->name,
                                 .encoding = first->encoding,
                                 .delimiter = first->delimiter};
    copy(survey, &whole, &frames[at], 0, false);
    for (size_t i = at + 1; i < survey->count; i++)
        if (is_meant(pattern, &survey->sheets[i]))
            copy(survey, &whole, &frames[i], frames[i].header + 1, false);
    copy(survey, &whole, &frames[at], 0, true);
    return whole;
}

// The pattern of a sheet and a later one that are parts of one list, or NULL.
static const char *find_pattern(const struct survey *survey, const struct frame *frames, size_t at)
{
    for (size_t i = at + 1; i < survey->count; i++) {
        if (!are_parts(&frames[at], &frames[i]))
            continue;
        const char *pattern =
            pattern_of(survey->arena, survey->sheets[at].file, survey->sheets[i].file);
        if (pattern && means_parts(survey, frames, at, pattern))
            return pattern;
    }
    return NULL;
}

// Puts the whole in the place of its first part, and takes the others out.
static void replace(struct survey *survey, struct frame *frames, size_t at,
                    const struct survey_sheet *whole, const char *pattern)
{
    size_t kept = 0;
    for (size_t i = 0; i < survey->count; i++) {
        bool part = i >= at && is_meant(pattern, &survey->sheets[i]);
        if (part)
            survey_clear_sheet(&survey->sheets[i]);
        if (part && i > at)
            continue;
        survey->sheets[kept] = part ? *whole : survey->sheets[i];
        frames[kept] = frames[i];
        frames[kept].sheet = &survey->sheets[kept];
        kept++;
    }
    survey->count = kept;
}

void gather(struct survey *survey, const struct terms *terms)
{
    struct arena *scratch = arena_new();
    struct frame *frames = arena_take(scratch, survey->count, sizeof *frames);
    for (size_t i = 0; i < survey->count; i++)
        frame_init(&frames[i], scratch, survey, &survey->sheets[i], terms);
    for (size_t at = 0; at < survey->count; at++) {
        const char *pattern = find_pattern(survey, frames, at);
        if (!pattern)
            continue;
        struct survey_sheet whole = join(survey, frames, at, pattern);
        replace(survey, frames, at, &whole, pattern);
    }
    arena_free(scratch);
}
