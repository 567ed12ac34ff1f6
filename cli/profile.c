// SPDX-License-Identifier: MIT
// vouch profile: what the imported columns hold.
#include "cli/command.h"
#include "cli/session.h"
#include "engine/evaluation/mask.h"
#include "reports/files/profile_text.h"
#include "reports/terminal/profile_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_FORMAT = 512, KEY_MASK };

struct profile_settings {
    struct settings shared;
    const char *first, *second; // arguments: a table, an engagement
    const char *format;         // NULL: for people
    const char *mask;
};

static const struct argp_option options[] = {
    {"format", KEY_FORMAT, "csv|json", 0, "for programs", 0},
    {"mask", KEY_MASK, "TABLE.FIELD,...", 0, "keep the content of these fields out", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct profile_settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->shared;
        return 0;
    case ARGP_KEY_ARG:
        if (settings->second)
            argp_error(state, "one table of one engagement: `%s` is too much", argument);
        *(settings->first ? &settings->second : &settings->first) = argument;
        return 0;
    case KEY_FORMAT:
        if (strcmp(argument, "csv") != 0 && strcmp(argument, "json") != 0)
            argp_error(state, "--format is csv or json, not `%s`", argument);
        settings->format = argument;
        return 0;
    case KEY_MASK:
        settings->mask = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

// One argument is a table, unless it is a file or a folder.
static const char *take_table(struct profile_settings *settings)
{
    const char *only = settings->first && !settings->second ? settings->first : NULL;
    bool is_path = only && (strchr(only, '/') || access(only, F_OK) == 0);
    settings->shared.path = is_path ? only : settings->second;
    return is_path ? NULL : settings->first;
}

static void print_tables(const json_t *tables, const char *format, const char *language)
{
    const json_t *table;
    size_t at;
    if (format && strcmp(format, "csv") == 0) {
        profile_print_csv(tables, stdout);
        return;
    }
    if (format) {
        json_t *object = json_pack("{s:i, s:O}", "format", 1, "tables", tables);
        json_dumpf(object, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(object);
        return;
    }
    json_array_foreach(tables, at, table)
    {
        if (at)
            putchar('\n');
        profile_print(table, language, look_of(stdout), stdout);
    }
}

static int show(const struct session *session, const struct profile_settings *settings, int only,
                const struct mask *mask)
{
    const struct data *data = session->data;
    const char *language =
        settings->shared.language ? settings->shared.language : session->engagement->language;
    json_t *tables = json_array();
    for (int i = 0; i < data->model->table_count; i++)
        if (data->tables[i].imported && (only < 0 || only == i))
            json_array_append_new(tables, profile_json(data, mask, i));
    int code = EXIT_FINE;
    if (only >= 0 && json_array_size(tables) == 0) {
        fprintf(stderr, "vouch: error: %s was not imported\n", data->model->tables[only].name);
        code = EXIT_USAGE;
    } else {
        print_tables(tables, settings->format, language);
    }
    json_decref(tables);
    return code;
}

static int profile(struct session *session, const struct profile_settings *settings,
                   const char *name)
{
    struct error error = {0};
    struct mask *mask = NULL;
    int table =
        name ? session_table(session->engagement->model, name, "`vouch schema` lists them") : -1;
    if (name && table < 0)
        return EXIT_USAGE;
    if (settings->mask && !(mask = mask_new(session->engagement->model, settings->mask, &error)))
        return session_report(&error);
    struct meter *meter = meter_new(true);
    int code = session_import(session, &settings->shared, meter);
    meter_free(meter);
    if (code == EXIT_FINE && mask)
        mask_gather(mask, session->data);
    if (code == EXIT_FINE)
        code = show(session, settings, table, mask);
    mask_free(mask);
    return code;
}

int command_profile(int argc, char **argv)
{
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "[TABLE] [ENGAGEMENT]",
        "Imports the data of an engagement and shows what each column of each table holds: rows "
        "without a value, distinct values, the least and the greatest, sums by currency, the "
        "values of short lists with their counts, dates outside the period, gaps in numbers of "
        "documents, references that find nothing. Nothing is tested.",
        children,
        NULL,
        NULL};
    struct profile_settings settings = {.shared.rules_folder = VOUCH_RULES};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    const char *table = take_table(&settings);
    int code = session_load(&session, &settings.shared);
    if (code == EXIT_FINE)
        code = profile(&session, &settings, table);
    session_clear(&session);
    settings_clear(&settings.shared);
    return code;
}
