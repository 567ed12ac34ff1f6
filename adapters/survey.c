// SPDX-License-Identifier: MIT
#include "adapters/survey.h"

#include "engine/base/buffer.h"
#include "engine/base/folder.h"
#include "engine/base/memory.h"
#include "engine/data/cell.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

struct arena *survey_arena(struct survey *survey)
{
    if (!survey->arena)
        survey->arena = arena_new();
    return survey->arena;
}

// ---- sheets

struct survey_sheet *survey_add(struct survey *survey, enum survey_kind kind, const char *file,
                                const char *part, const char *name)
{
    struct arena *arena = survey_arena(survey);
    if (!survey->texts) {
        survey->texts = dictionary_new();
        survey->empty = dictionary_add(survey->texts, "", 0);
    }
    survey->sheets = arena_extend(arena, survey->sheets, survey->count, sizeof *survey->sheets);
    struct survey_sheet *sheet = &survey->sheets[survey->count++];
    *sheet = (struct survey_sheet){.kind = kind,
                                   .file = arena_text(arena, file),
                                   .part = arena_text(arena, part),
                                   .name = arena_text(arena, name),
                                   .delimiter = ','};
    return sheet;
}

void survey_add_label(const struct survey_sheet *sheet, struct buffer *out)
{
    buffer_add_text(out, sheet->file);
    if (sheet->part)
        buffer_printf(out, "%s%s", sheet->kind == SURVEY_POSTGRES ? "." : ":", sheet->part);
}

void survey_begin_row(struct survey_sheet *sheet, int64_t line)
{
    sheet->row_capacity = memory_grow((void **)&sheet->rows, sheet->row_count, sheet->row_capacity,
                                      sizeof *sheet->rows);
    sheet->rows[sheet->row_count++] = (struct survey_row){.line = line, .first = sheet->cell_count};
}

void survey_add_cell(const struct survey *survey, struct survey_sheet *sheet, const char *bytes,
                     size_t length)
{
    struct survey_row *row = &sheet->rows[sheet->row_count - 1];
    cell_bare(&bytes, &length);
    sheet->cell_capacity = memory_grow((void **)&sheet->cells, sheet->cell_count,
                                       sheet->cell_capacity, sizeof *sheet->cells);
    sheet->cells[sheet->cell_count++] = dictionary_add(survey->texts, bytes, length);
    if (++row->count > sheet->columns)
        sheet->columns = row->count;
}

uint32_t survey_cell(const struct survey *survey, const struct survey_sheet *sheet, size_t row,
                     size_t column)
{
    const struct survey_row *it = &sheet->rows[row];
    return column < it->count ? sheet->cells[it->first + column] : survey->empty;
}

const char *survey_text(const struct survey *survey, const struct survey_sheet *sheet, size_t row,
                        size_t column)
{
    return dictionary_get(survey->texts, survey_cell(survey, sheet, row, column)).bytes;
}

void survey_clear_sheet(struct survey_sheet *sheet)
{
    free(sheet->cells);
    free(sheet->rows);
    *sheet = (struct survey_sheet){0};
}

void survey_clear(struct survey *survey)
{
    for (size_t i = 0; i < survey->count; i++)
        survey_clear_sheet(&survey->sheets[i]);
    arena_free(survey->arena);
    dictionary_free(survey->texts);
    *survey = (struct survey){0};
}

// ---- a folder

static const struct ending {
    const char *text;
    enum survey_kind kind;
} endings[] = {
    {".csv", SURVEY_CSV},   {".csv.gz", SURVEY_CSV}, {".txt", SURVEY_CSV}, {".tsv", SURVEY_CSV},
    {".xlsx", SURVEY_XLSX}, {".xlsm", SURVEY_XLSX},  {".xls", SURVEY_XLS},
};

static const struct ending *ending_of(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i].text);
        if (length > size && strcasecmp(name + length - size, endings[i].text) == 0)
            return &endings[i];
    }
    return NULL;
}

void survey_ignore(struct survey *survey, const char *name)
{
    struct arena *arena = survey_arena(survey);
    survey->ignored =
        arena_extend(arena, survey->ignored, survey->ignored_count, sizeof *survey->ignored);
    survey->ignored[survey->ignored_count++] = arena_text(arena, name);
}

static void look_at(struct survey *survey, const char *path, const char *shown, const char *name)
{
    const struct ending *ending = ending_of(name);
    struct buffer file = {0};
    if (!ending) {
        survey_ignore(survey, name);
        return;
    }
    const char *bare =
        arena_text_n(survey_arena(survey), name, strlen(name) - strlen(ending->text));
    buffer_printf(&file, "%s%s%s", shown, *shown ? "/" : "", name);
    if (ending->kind == SURVEY_CSV)
        survey_csv(survey, survey_add(survey, ending->kind, buffer_text(&file), NULL, bare), path);
    else
        survey_workbook(survey, ending->kind, buffer_text(&file), bare, path);
    buffer_clear(&file);
}

static int look_at_folder(struct survey *survey, const char *path, const char *shown,
                          struct error *error)
{
    struct arena *scratch = arena_new();
    size_t count;
    const char *const *names = folder_names(scratch, path, &count);
    int result = names ? 0 : error_set_errno(error, ERROR_SOURCE, path, "cannot be read");
    for (size_t i = 0; i < count; i++) {
        struct buffer file = {0};
        struct stat status;
        if (strcmp(names[i], "audit.lua") == 0)
            continue;
        buffer_printf(&file, "%s/%s", path, names[i]);
        if (stat(buffer_text(&file), &status) == 0 && S_ISDIR(status.st_mode))
            survey_ignore(survey, names[i]);
        else
            look_at(survey, buffer_text(&file), shown, names[i]);
        buffer_clear(&file);
    }
    arena_free(scratch);
    return result;
}

int survey_folder(struct survey *survey, const char *path, const char *shown, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_set_errno(error, ERROR_SOURCE, path, "cannot be read");
    if (S_ISDIR(status.st_mode))
        return look_at_folder(survey, path, shown, error);
    const char *slash = strrchr(path, '/');
    look_at(survey, path, shown, slash ? slash + 1 : path);
    return 0;
}

bool survey_is_database(const char *source)
{
    struct stat status;
    return stat(source, &status) != 0 &&
           (strchr(source, '=') || strncmp(source, "postgres://", 11) == 0 ||
            strncmp(source, "postgresql://", 13) == 0);
}
