// SPDX-License-Identifier: MIT
// vouch schema: the data model, each field with what it means that it was not imported, and the
// controls that read it.
#include "cli/command.h"
#include "cli/new_file.h"
#include "cli/session.h"
#include "reports/figures/readers.h"
#include "reports/files/schema_text.h"
#include "reports/terminal/grid.h"
#include "reports/words/absence_words.h"
#include "reports/words/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A form of the model for programs; text that is made table by table.
struct form {
    const char *name;
    void (*add_head)(const struct engagement *engagement, struct buffer *out); // NULL: none
    void (*add_table)(const struct engagement *engagement, int table, const char *language,
                      struct buffer *out); // NULL: it is JSON
};

static const struct form forms[] = {
    {"csv", NULL, schema_add_csv},
    {"sql", NULL, schema_add_sql},
    {"lua", schema_add_lua_head, schema_add_lua},
    {"json", NULL, NULL},
};

struct schema_settings {
    struct settings shared;
    const char *table;       // NULL: all of them
    const struct form *form; // NULL: for people
    const char *folder;
};

enum { KEY_JSON = 512, KEY_TABLE, KEY_FORMAT };

static const struct argp_option options[] = {
    {"format", KEY_FORMAT, "csv|sql|lua|json", 0,
     "for programs: headers of CSV files to fill, PostgreSQL's CREATE TABLE, annotations of Lua "
     "for "
     "editors, JSON in both languages",
     0},
    {"output", 'o', "FOLDER", 0, "of --format csv: a file for each table, in this folder", 0},
    {"json", KEY_JSON, NULL, 0, "as --format json", 0},
    {"engagement", KEY_TABLE, "ENGAGEMENT", 0, "with the tables and fields that it adds", 0},
    {0},
};

static const struct form *find_form(const char *name, struct argp_state *state)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    argp_error(state, "--format is csv, sql, lua or json, not `%s`", name);
    return NULL;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct schema_settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->shared;
        return 0;
    case ARGP_KEY_ARG:
        if (settings->table)
            argp_error(state, "one table at a time: `%s` is a second one", argument);
        settings->table = argument;
        return 0;
    case KEY_JSON:
        settings->form = find_form("json", state);
        return 0;
    case KEY_FORMAT:
        settings->form = find_form(argument, state);
        return 0;
    case 'o':
        settings->folder = argument;
        return 0;
    case KEY_TABLE:
        settings->shared.path = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

// ---- as text

static void print_tables(const struct engagement *engagement, const char *language)
{
    const struct model *model = engagement->model;
    struct grid *grid = grid_new(look_of(stdout));
    grid_add_column(grid, word_get(WORD_TABLE, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_FIELD_LABEL, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_FIELD_COUNT, language), GRID_RIGHT);
    grid_add_column(grid, word_get(WORD_ABSENCE, language), GRID_WRAP);
    for (int i = 0; i < model->table_count; i++) {
        char count[16];
        snprintf(count, sizeof count, "%d", model->tables[i].field_count);
        grid_add_row(grid);
        grid_add_cell(grid, model->tables[i].name, NULL);
        grid_add_cell(grid, model->tables[i].label ? model->tables[i].label : "", NULL);
        grid_add_cell(grid, count, NULL);
        struct buffer words = {0};
        absence_add_words(model->tables[i].absence, language, &words);
        grid_add_cell(grid, buffer_text(&words), NULL);
        buffer_clear(&words);
    }
    grid_print(grid, 0, stdout);
    grid_free(grid);
}

static void add_readers(struct grid *grid, const struct engagement *engagement, const char *table,
                        const char *field)
{
    struct buffer ids = {0};
    readers_add(engagement, table, field, &ids);
    grid_add_cell(grid, buffer_text(&ids), NULL);
    buffer_clear(&ids);
}

static void print_table(const struct engagement *engagement, const struct model_table *table,
                        const char *language)
{
    struct grid *grid = grid_new(look_of(stdout));
    struct buffer words = {0};
    absence_add_words(table->absence, language, &words);
    printf("%s  %s\n%s: %s\n\n", table->name, table->label ? table->label : "",
           word_get(WORD_ABSENCE, language), buffer_text(&words));
    buffer_clear(&words);
    grid_add_column(grid, word_get(WORD_FIELD, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_FIELD_LABEL, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_TYPE, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_ABSENCE, language), GRID_WRAP);
    grid_add_column(grid, word_get(WORD_READ_BY, language), GRID_WRAP);
    for (int i = 0; i < table->field_count; i++) {
        grid_add_row(grid);
        grid_add_cell(grid, table->fields[i].name, NULL);
        grid_add_cell(grid, table->fields[i].label ? table->fields[i].label : "", NULL);
        grid_add_cell(grid, type_name(table->fields[i].type), NULL);
        absence_add_field_words(&table->fields[i], language, &words);
        grid_add_cell(grid, buffer_text(&words), NULL);
        buffer_clear(&words);
        add_readers(grid, engagement, table->name, table->fields[i].name);
    }
    grid_print(grid, 0, stdout);
    grid_free(grid);
}

// ---- as JSON

static json_t *readers_json(const struct engagement *engagement, const char *table,
                            const char *field)
{
    json_t *ids = json_array();
    for (int i = 0; i < engagement->control_count; i++)
        if (readers_have(&engagement->controls[i], table, field))
            json_array_append_new(ids, json_string(engagement->controls[i].id));
    return ids;
}

static json_t *table_json(const struct engagement *engagement, const struct model_table *table)
{
    json_t *fields = json_array();
    for (int i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        json_array_append_new(
            fields, json_pack("{s:s, s:s?, s:s, s:b, s:s, s:s, s:o, s:o}", "name", field->name,
                              "label", field->label, "type", type_name(field->type), "key",
                              (int)(field->key && !field->nullable), "recorded",
                              field->maybe_recorded ? "maybe" : "always", "empty",
                              field->empty_unknown ? "unknown" : "fact", "absent",
                              absence_json(field->absence), "read_by",
                              readers_json(engagement, table->name, field->name)));
    }
    return json_pack("{s:s, s:s?, s:o, s:o, s:o}", "name", table->name, "label", table->label,
                     "absent", absence_json(table->absence), "read_by",
                     readers_json(engagement, table->name, NULL), "fields", fields);
}

static void print_json(const struct engagement *engagement, int only)
{
    json_t *tables = json_array();
    for (int i = 0; i < engagement->model->table_count; i++)
        if (only < 0 || only == i)
            json_array_append_new(tables, table_json(engagement, &engagement->model->tables[i]));
    json_t *object = json_pack("{s:i, s:o}", "format", 1, "tables", tables);
    json_dumpf(object, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(object);
}

// ---- as other programs take it

static int write_files(const struct engagement *engagement, const struct schema_settings *settings,
                       int only, const char *language)
{
    struct error error = {0};
    int code = EXIT_FINE;
    if (mkdir(settings->folder, 0777) != 0 && errno != EEXIST) {
        error_set(&error, ERROR_RESULT, settings->folder, "%s", strerror(errno));
        return session_report(&error);
    }
    for (int i = 0; i < engagement->model->table_count && code == EXIT_FINE; i++) {
        struct buffer path = {0}, text = {0};
        if (only >= 0 && only != i)
            continue;
        buffer_printf(&path, "%s/%s.csv", settings->folder, engagement->model->tables[i].name);
        schema_add_csv(engagement, i, language, &text);
        if (new_file_write(buffer_text(&path), &text) != 0) {
            error_set(&error, ERROR_RESULT, buffer_text(&path), "%s", strerror(errno));
            code = session_report(&error);
        }
        buffer_clear(&path);
        buffer_clear(&text);
    }
    return code;
}

static void print_form(const struct engagement *engagement, const struct form *form, int only,
                       const char *language)
{
    struct buffer text = {0};
    if (form->add_head)
        form->add_head(engagement, &text);
    for (int i = 0; i < engagement->model->table_count; i++)
        if (only < 0 || only == i)
            form->add_table(engagement, i, language, &text);
    fwrite(text.data, 1, text.length, stdout);
    buffer_clear(&text);
}

// ---- the command

// Headers of several tables are no file; nothing else goes to a folder.
static int check_folder(const struct schema_settings *settings)
{
    bool csv = settings->form && settings->form->add_table == schema_add_csv;
    struct error error = {0};
    if (settings->folder && !csv)
        error_set(&error, ERROR_USAGE, "--output", "is for --format csv");
    else if (csv && !settings->folder && !settings->table)
        error_set(&error, ERROR_USAGE, "--format csv",
                  "name a table, or a folder for the files of all tables (-o FOLDER)");
    else
        return EXIT_FINE;
    return session_report(&error);
}

static int show(const struct session *session, const struct schema_settings *settings)
{
    const struct engagement *engagement = session->engagement;
    const char *language =
        settings->shared.language ? settings->shared.language : engagement->language;
    int table = settings->table
                    ? session_table(engagement->model, settings->table, "`vouch schema` lists them")
                    : -1;
    if (settings->table && table < 0)
        return EXIT_USAGE;
    if (settings->folder)
        return write_files(engagement, settings, table, language);
    if (settings->form && settings->form->add_table)
        print_form(engagement, settings->form, table, language);
    else if (settings->form)
        print_json(engagement, table);
    else if (table >= 0)
        print_table(engagement, &engagement->model->tables[table], language);
    else
        print_tables(engagement, language);
    return EXIT_FINE;
}

int command_schema(int argc, char **argv)
{
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "[TABLE]",
        "Shows the data model: its tables, or the fields of one, each with what it means that it "
        "was not imported and the controls that read it: for people, as headers of CSV files, as "
        "PostgreSQL's CREATE TABLE, as annotations of Lua for editors.",
        children,
        NULL,
        NULL};
    struct schema_settings settings = {.shared.rules_folder = VOUCH_RULES};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    settings.shared.without_engagement = !settings.shared.path && access("audit.lua", F_OK) != 0;
    int code = check_folder(&settings);
    if (code == EXIT_FINE)
        code = session_load(&session, &settings.shared);
    if (code == EXIT_FINE)
        code = show(&session, &settings);
    session_clear(&session);
    settings_clear(&settings.shared);
    return code;
}
