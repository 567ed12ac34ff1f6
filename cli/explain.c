// SPDX-License-Identifier: MIT
// vouch explain: a control for the people who answer for it.
#include "cli/command.h"
#include "cli/session.h"
#include "engine/memory.h"
#include "reports/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct explain_settings {
    struct settings shared;
    const char *id;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct explain_settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->shared;
        return 0;
    case ARGP_KEY_ARG:
        if (settings->id)
            return ARGP_ERR_UNKNOWN; // the engagement, a shared argument
        settings->id = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name a control");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_field(const char *name, const char *text)
{
    if (!text || !*text)
        return;
    printf("  %-12s ", name);
    print_safely(text, stdout);
    putchar('\n');
}

static void print_list(const char *name, char *const *texts, int count)
{
    for (int i = 0; i < count; i++)
        print_field(i == 0 ? name : "", texts[i]);
}

static void print_populations(const struct engagement *engagement, const struct control *control)
{
    static const char *const scopes[] = {
        [SCOPE_PERIOD] = "rows dated in the period",
        [SCOPE_OPEN] = "documents dated up to as_of: what has not been done in time",
        [SCOPE_ALL] = "every row up to as_of, and those without a date",
    };
    for (int i = 0; i < control->population_count; i++)
        print_field(i == 0 ? "population" : "",
                    engagement->model->tables[control->populations[i]].name);
    print_field("scope", scopes[control->scope]);
    print_field("dated by", control->period);
    if (control->grouped)
        print_field("grouped", "the test sees whole groups of rows");
}

// "approval: decision, opinion"
static void print_needs(const struct control *control)
{
    const char *table;
    json_t *fields;
    const char *name = "reads";
    json_object_foreach(control->accesses, table, fields)
    {
        struct buffer text = {0};
        buffer_add_text(&text, table);
        for (size_t i = 0; i < json_array_size(fields); i++)
            buffer_printf(&text, "%s%s", i ? ", " : ": ",
                          json_string_value(json_array_get(fields, i)));
        print_field(name, buffer_text(&text));
        buffer_clear(&text);
        name = "";
    }
    print_list("recorded", control->evidence_columns, control->evidence_column_count);
}

static void print_parameters(const struct control *control, struct look look)
{
    if (control->parameter_count == 0)
        return;
    puts("\nParameters");
    struct grid *grid = grid_new(look);
    grid_add_column(grid, "name", GRID_LEFT);
    grid_add_column(grid, "value", GRID_LEFT);
    grid_add_column(grid, "from", GRID_LEFT);
    grid_add_column(grid, "note", GRID_WRAP);
    for (int i = 0; i < control->parameter_count; i++) {
        const struct parameter *parameter = &control->parameters[i];
        char *value = json_is_string(parameter->value)
                          ? memory_text(json_string_value(parameter->value))
                          : json_dumps(parameter->value, JSON_ENCODE_ANY);
        if (!value)
            memory_exhausted();
        grid_add_row(grid);
        grid_add_cell(grid, parameter->name, NULL);
        grid_add_cell(grid, value, NULL);
        grid_add_cell(grid, parameter->origin, NULL);
        grid_add_cell(grid, parameter->note, NULL);
        free(value);
    }
    grid_print(grid, 2, stdout);
    grid_free(grid);
}

// The lines of the control in its file: from its first to the brace that closes it at the margin.
static void print_rule(const struct engagement *engagement, const struct control *control)
{
    const struct rule_file *file = &engagement->files[control->file_index];
    const char *at = file->text, *end = file->text + file->length;
    int number = 1;
    for (; at < end && number < control->line; number++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    printf("\nRule: %s:%d\n", control->file, control->line);
    bool closed = false;
    while (at < end && !closed) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        char *line = memory_text_n(at, length);
        closed = *line == '}';
        printf("%5d  ", number++);
        for (char *tab; (tab = strchr(line, '\t'));)
            *tab = ' ';
        print_safely(line, stdout);
        putchar('\n');
        free(line);
        at += length + 1;
    }
}

static void print_control(const struct engagement *engagement, const struct control *control,
                          const char *language)
{
    const struct look look = look_of(stdout);
    printf("%s  ", control->id);
    print_safely(bilingual_get(&control->title, language), stdout);
    putchar('\n');
    print_field("tests", bilingual_get(&control->tests, language));
    print_field("risk", bilingual_get(&control->risk, language));
    print_field("severity", severity_name(control->severity));
    print_list("source", control->sources, control->source_count);
    print_list("profile", control->profiles, control->profile_count);
    print_populations(engagement, control);
    print_needs(control);
    print_field("shape", control->shape);
    print_field("amount", control->amount_kind);
    print_field("message", bilingual_get(&control->message, language));
    print_field("follow up", bilingual_get(&control->follow_up, language));
    print_list("cases", control->cases, control->case_count);
    if (control->required)
        print_field("required", "yes");
    if (control->disabled)
        print_field("disabled", control->disabled_reason ? control->disabled_reason : "yes");
    print_parameters(control, look);
    print_rule(engagement, control);
}

static int explain(const struct session *session, const struct explain_settings *settings)
{
    if (strchr(settings->id, ':')) {
        fprintf(stderr, "vouch: error: explaining an exception is not available; "
                        "`vouch explain ID` takes the id of a control\n");
        return EXIT_USAGE;
    }
    const struct control *control = session_control(session, settings->id);
    if (!control)
        return EXIT_USAGE;
    const char *language =
        settings->shared.language ? settings->shared.language : session->engagement->language;
    print_control(session->engagement, control, language ? language : "en");
    return EXIT_FINE;
}

int command_explain(int argc, char **argv)
{
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        NULL,
        parse_option,
        "CONTROL [ENGAGEMENT]",
        "Says what a control tests, needs and takes its numbers from. Without an engagement (none "
        "named, no ./audit.lua) it explains the shipped control.",
        children,
        NULL,
        NULL};
    struct explain_settings settings = {.shared.rules_folder = VOUCH_RULES};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    settings.shared.without_engagement = !settings.shared.path && access("audit.lua", F_OK) != 0;
    int code = session_load(&session, &settings.shared);
    if (code == EXIT_FINE)
        code = explain(&session, &settings);
    session_clear(&session);
    settings_clear(&settings.shared);
    return code;
}
