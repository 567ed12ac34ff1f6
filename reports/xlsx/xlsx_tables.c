// SPDX-License-Identifier: MIT
#include "engine/base/memory.h"
#include "reports/files/json_text.h"
#include "reports/files/run_record.h"
#include "reports/xlsx/xlsx_inside.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

// ---- data problems

static const struct xlsx_column problem_columns[] = {
    {WORD_KIND, 18},   {WORD_TABLE, 28}, {WORD_SOURCE, 34}, {WORD_LINE, 10},
    {WORD_COLUMN, 20}, {WORD_VALUE, 30}, {WORD_REASON, 80},
};

static void write_problems(const struct xlsx *xlsx)
{
    const struct data *data = xlsx->run->data;
    struct sheet *sheet = xlsx->problems;
    struct buffer table = {0};
    for (size_t i = 0; i < data->problems.count; i++) {
        const struct problem *problem = &data->problems.items[i];
        buffer_reset(&table);
        xlsx_add_table_name(xlsx, problem->table, &table);
        sheet_add_row(sheet);
        sheet_add_text(sheet, xlsx_word_problem(problem->kind, xlsx->run->language), STYLE_TEXT);
        sheet_add_text(sheet, buffer_text(&table), STYLE_TEXT);
        sheet_add_text(sheet, problem->source >= 0 ? data->sources[problem->source].name : "",
                       STYLE_TEXT);
        if (problem->line > 0)
            sheet_add_count(sheet, (uint64_t)problem->line);
        else
            sheet_skip(sheet, 1);
        sheet_add_text(sheet, problem->column, STYLE_TEXT);
        sheet_add_text(sheet, problem->value, STYLE_TEXT);
        sheet_add_text(sheet, problem->reason, STYLE_WRAP);
    }
    buffer_clear(&table);
}

// ---- parameters

static const struct xlsx_column parameter_columns[] = {
    {WORD_CONTROL, 10}, {WORD_TITLE, 40},  {WORD_PARAMETER, 28}, {WORD_VALUE, 24},
    {WORD_TYPE, 10},    {WORD_ORIGIN, 14}, {WORD_DECLARED, 24},  {WORD_NOTE, 60},
};

static size_t count_parameters(const struct run *run)
{
    size_t count = 0;
    for (int i = 0; i < run->engagement->control_count; i++)
        if (run_has_control(run, i))
            count += (size_t)run->engagement->controls[i].parameter_count;
    return count;
}

static void add_value(const struct xlsx *xlsx, const char *type, const json_t *value)
{
    struct sheet *sheet = xlsx->parameters;
    if (!value) {
        sheet_skip(sheet, 1);
        return;
    }
    char *text = parameter_text(value);
    bool written = json_is_string(value);
    if (json_is_integer(value) || (written && strcmp(type, "decimal") == 0))
        sheet_add_number(sheet, text);
    else if (written && strcmp(type, "date") == 0)
        sheet_add_day(sheet, text);
    else
        xlsx_add_masked(xlsx, sheet, text, STYLE_TEXT);
    free(text);
}

static void write_parameters(const struct xlsx *xlsx)
{
    const struct run *run = xlsx->run;
    struct sheet *sheet = xlsx->parameters;
    for (int i = 0; i < run->engagement->control_count; i++) {
        const struct control *control = &run->engagement->controls[i];
        for (int j = 0; run_has_control(run, i) && j < control->parameter_count; j++) {
            const struct parameter *parameter = &control->parameters[j];
            sheet_add_row(sheet);
            xlsx_add_control(xlsx, sheet, i);
            sheet_add_text(sheet, bilingual_get(&control->title, run->language), STYLE_TEXT);
            sheet_add_text(sheet, parameter->name, STYLE_TEXT);
            add_value(xlsx, parameter->type, parameter->value);
            sheet_add_text(sheet, parameter->type, STYLE_TEXT);
            sheet_add_text(sheet, xlsx_word_origin(parameter->origin, run->language), STYLE_TEXT);
            add_value(xlsx, parameter->type, parameter->declared);
            sheet_add_text(sheet, parameter->note, STYLE_WRAP);
        }
    }
}

// ---- the run record, a line for each value

static const struct xlsx_column record_columns[] = {{WORD_NAME, 60}, {WORD_VALUE, 100}};

struct record_line {
    char *name, *value;
    bool is_number;
};

struct record_lines {
    struct record_line *items;
    size_t count, capacity;
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
    lines->capacity =
        memory_grow((void **)&lines->items, lines->count, lines->capacity, sizeof *lines->items);
    struct record_line *line = &lines->items[lines->count++];
    *line = (struct record_line){.name = memory_text(name), .is_number = json_is_integer(value)};
    if (json_is_string(value)) {
        line->value = memory_text(json_string_value(value));
    } else if (!json_is_null(value)) {
        char *text = json_dumps(value, JSON_ENCODE_ANY);
        if (!text)
            memory_exhausted();
        line->value = text;
    }
}

static void write_record(const struct xlsx *xlsx, const struct record_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct record_line *line = &lines->items[i];
        sheet_add_row(xlsx->record);
        sheet_add_text(xlsx->record, line->name, STYLE_TEXT);
        if (line->is_number)
            sheet_add_number(xlsx->record, line->value);
        else
            xlsx_add_masked(xlsx, xlsx->record, line->value, STYLE_TEXT);
    }
}

static void record_clear(struct record_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->items[i].name);
        free(lines->items[i].value);
    }
    free(lines->items);
    *lines = (struct record_lines){0};
}

static void record_read(const struct xlsx *xlsx, struct record_lines *lines)
{
    char *text = run_record_text(xlsx->run, xlsx->output);
    json_t *record = json_loads(text, 0, NULL);
    if (!record)
        memory_exhausted();
    free(text);
    flatten(lines, "", record);
    json_decref(record);
}

// ---- all of them

void xlsx_add_tables(struct xlsx *xlsx)
{
    xlsx->problems = xlsx_add_sheet(xlsx, WORD_PROBLEMS, problem_columns, COUNT(problem_columns),
                                    xlsx->run->data->problems.count, 1);
    xlsx->parameters = xlsx_add_sheet(xlsx, WORD_PARAMETERS, parameter_columns,
                                      COUNT(parameter_columns), count_parameters(xlsx->run), 1);
    xlsx_add_mapping(xlsx);
    struct record_lines lines = {0};
    record_read(xlsx, &lines);
    xlsx->record =
        xlsx_add_sheet(xlsx, WORD_RECORD, record_columns, COUNT(record_columns), lines.count, 1);
    write_record(xlsx, &lines);
    record_clear(&lines);
}

void xlsx_write_tables(struct xlsx *xlsx)
{
    write_problems(xlsx);
    write_parameters(xlsx);
    xlsx_write_mapping(xlsx);
}
