// SPDX-License-Identifier: MIT
#include "engine/base/memory.h"
#include "reports/files/json_text.h"
#include "reports/files/run_record.h"
#include "reports/xlsx/xlsx_inside.h"

#include <stdlib.h>
#include <string.h>

static size_t count_parameters(const struct run *run)
{
    size_t count = 0;
    for (int i = 0; i < run->engagement->control_count; i++)
        if (run_has_control(run, i))
            count += (size_t)run->engagement->controls[i].parameter_count;
    return count;
}

static size_t count_assumptions(const struct run *run)
{
    size_t count = 0;
    for (int i = 0; i < run->engagement->control_count; i++)
        if (run_has_control(run, i))
            count += (size_t)run->evaluation->results[i].rest_count;
    return count;
}

static void write_assumption(void *context, const struct result_row *row)
{
    const struct xlsx *xlsx = context;
    xlsx_add_result_row(xlsx, xlsx->assumptions, &result_assumptions, row);
}

static void write_system(void *context, const struct result_row *row)
{
    const struct xlsx *xlsx = context;
    xlsx_add_result_row(xlsx, xlsx->systems, &result_systems, row);
}

static void write_problem(void *context, const struct result_row *row)
{
    const struct xlsx *xlsx = context;
    xlsx_add_result_row(xlsx, xlsx->problems, &result_problems, row);
}

static void write_parameter(void *context, const struct result_row *row)
{
    const struct xlsx *xlsx = context;
    xlsx_add_result_row(xlsx, xlsx->parameters, &result_parameters, row);
}

// ---- the run record, a line for each value

static const struct xlsx_column record_columns[] = {{WORD_NAME, 60}, {WORD_VALUE, 100}};

struct record_line {
    struct record_line *next;
    const char *name, *value;
    bool is_number;
};

struct record_lines {
    struct arena *arena; // holds the lines
    struct record_line *first, **last;
    size_t count;
};

static void flatten(struct record_lines *lines, const char *name, const json_t *value);

static void flatten_members(struct record_lines *lines, const char *name, const json_t *value)
{
    const char *key;
    json_t *member;
    struct buffer path = {0};
    json_object_foreach((json_t *)value, key, member)
    {
        buffer_reset(&path);
        buffer_printf(&path, "%s%s%s", name, *name ? "." : "", key);
        flatten(lines, buffer_text(&path), member);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        buffer_reset(&path);
        buffer_printf(&path, "%s[%zu]", name, i + 1);
        flatten(lines, buffer_text(&path), json_array_get(value, i));
    }
    buffer_clear(&path);
}

static void flatten(struct record_lines *lines, const char *name, const json_t *value)
{
    if (json_object_size(value) > 0 || json_array_size(value) > 0) {
        flatten_members(lines, name, value);
        return;
    }
    struct record_line *line = arena_take(lines->arena, 1, sizeof *line);
    struct buffer text = {0};
    *line = (struct record_line){.name = arena_text(lines->arena, name),
                                 .is_number = json_is_integer(value)};
    if (!json_is_null(value)) {
        parameter_add(value, &text);
        line->value = arena_text(lines->arena, buffer_text(&text));
        buffer_clear(&text);
    }
    *lines->last = line;
    lines->last = &line->next;
    lines->count++;
}

static void write_record(const struct xlsx *xlsx, const struct record_lines *lines)
{
    for (const struct record_line *line = lines->first; line; line = line->next) {
        sheet_add_row(xlsx->record);
        sheet_add_text(xlsx->record, line->name, STYLE_TEXT);
        if (line->is_number)
            sheet_add_number(xlsx->record, line->value);
        else
            xlsx_add_masked(xlsx, xlsx->record, line->value, STYLE_TEXT);
    }
}

static void record_read(const struct xlsx *xlsx, struct record_lines *lines)
{
    json_t *record = run_record_stated(xlsx->run, xlsx->output);
    flatten(lines, "", record);
    json_decref(record);
}

// ---- all of them

void xlsx_add_tables(struct xlsx *xlsx)
{
    xlsx->problems = xlsx_add_result(xlsx, WORD_SHEET_PROBLEMS, &result_problems,
                                     xlsx->run->data->problems.count, 1);
    xlsx->parameters =
        xlsx_add_result(xlsx, WORD_PARAMETERS, &result_parameters, count_parameters(xlsx->run), 1);
    xlsx_add_mapping(xlsx);
    struct record_lines lines = {.arena = xlsx->arena, .last = &lines.first};
    record_read(xlsx, &lines);
    xlsx->record = xlsx_add_sheet(xlsx, WORD_SHEET_RECORD, record_columns,
                                  sizeof record_columns / sizeof *record_columns, lines.count, 1);
    write_record(xlsx, &lines);
    xlsx->assumptions = xlsx_add_result(xlsx, WORD_SHEET_ASSUMPTIONS, &result_assumptions,
                                        count_assumptions(xlsx->run), 1);
    struct system_acts acts;
    system_acts_init(&acts, xlsx->run->arena, xlsx->run->data);
    if (acts.count) // most companies' data name no system
        xlsx->systems = xlsx_add_result(xlsx, WORD_SHEET_SYSTEMS, &result_systems, acts.count, 1);
}

void xlsx_write_tables(struct xlsx *xlsx)
{
    struct result_walk walk = {
        .run = xlsx->run, .language = xlsx->run->language, .see = write_problem, .context = xlsx};
    result_problems.visit(&walk);
    walk.see = write_parameter;
    result_parameters.visit(&walk);
    xlsx_write_mapping(xlsx);
    walk.see = write_assumption;
    result_assumptions.visit(&walk);
    walk.see = write_system;
    if (xlsx->systems)
        result_systems.visit(&walk);
}
