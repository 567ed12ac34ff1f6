// SPDX-License-Identifier: MIT
// A workbook of which nothing is known: every sheet that is shown is a list.
#include "adapters/survey.h"
#include "adapters/text_fold.h"
#include "adapters/workbook.h"

#include <string.h>

struct target {
    struct survey *survey;
    struct survey_sheet *sheet;
};

static int take_row(void *context, const struct workbook_row *row)
{
    const struct target *target = context;
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++)
        filled += row->cells[i].length > 0;
    if (filled == 0)
        return 0;
    survey_begin_row(target->sheet, row->number);
    for (size_t i = 0; i < row->count; i++)
        survey_add_cell(target->survey, target->sheet, row->cells[i].bytes, row->cells[i].length);
    return 0;
}

// What spreadsheets call sheets of their own accord says nothing of what is in them.
static bool is_named_by_program(const char *name)
{
    static const char *const names[] = {"sheet", "tabelle", "工作表", "feuil", "hoja", "foglio"};
    struct buffer folded = {0};
    bool found = false;
    text_fold(name, &folded);
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++) {
        size_t length = strlen(names[i]);
        const char *rest = buffer_text(&folded) + length;
        found = strncmp(buffer_text(&folded), names[i], length) == 0 &&
                rest[strspn(rest, "0123456789()")] == '\0';
    }
    buffer_clear(&folded);
    return found;
}

static void read_sheet(struct survey *survey, enum survey_kind kind, const char *file,
                       const char *name, const struct workbook *workbook, size_t number)
{
    const char *part = workbook->sheets[number].name;
    struct survey_sheet *sheet =
        survey_add(survey, kind, file, part, is_named_by_program(part) ? name : part);
    struct target own = {survey, sheet};
    struct workbook_target target = {.context = &own, .row = take_row};
    struct error error = {0};
    if (workbook_read(workbook, number, &target, &error) < 0)
        sheet->trouble = arena_text(survey->arena, error.message);
}

static void ignore_sheet(struct survey *survey, const char *file, const char *sheet)
{
    struct buffer name = {0};
    buffer_printf(&name, "%s:%s", file, sheet);
    survey_ignore(survey, buffer_text(&name));
    buffer_clear(&name);
}

void survey_workbook(struct survey *survey, enum survey_kind kind, const char *file,
                     const char *name, const char *path)
{
    struct unpack_limit limit = {0};
    struct error error = {0};
    struct workbook *workbook = workbook_new(kind == SURVEY_XLS ? &workbook_xls : &workbook_xlsx,
                                             path, file, &limit, &error);
    if (!workbook) {
        survey_add(survey, kind, file, NULL, name)->trouble =
            arena_text(survey->arena, error.message);
        return;
    }
    for (size_t i = 0; i < workbook->sheet_count; i++)
        if (workbook->sheets[i].hidden || !workbook->sheets[i].is_table)
            ignore_sheet(survey, file, workbook->sheets[i].name);
        else
            read_sheet(survey, kind, file, name, workbook, i);
    workbook_free(workbook);
}
