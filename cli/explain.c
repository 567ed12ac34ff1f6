// SPDX-License-Identifier: MIT
// vouch explain: a control, or an exception of a run, for the people who answer for it.
#include "cli/command.h"
#include "cli/explain_exception.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "engine/base/safe_print.h"
#include "engine/language/rule_text.h"
#include "reports/past/explanation.h"
#include "reports/terminal/grid.h"
#include "reports/words/absence_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct explain_settings {
    struct settings shared;
    struct explain_exception exception; // its id may be a control's
};

enum { KEY_RUN = 512, KEY_JSON, KEY_MASK };

static const struct argp_option options[] = {
    {"run", KEY_RUN, "FOLDER", 0,
     "of an exception: the results of its run (vouch-out beside the engagement)", 0},
    {"mask", KEY_MASK, "TABLE.FIELD,...", 0,
     "of an exception: keep the content of these fields out", 0},
    {"json", KEY_JSON, NULL, 0, "all of it, as JSON", 0},
    {0},
};

static bool is_exception(const char *id)
{
    return strchr(id, ':') != NULL;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct explain_settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->shared;
        return 0;
    case ARGP_KEY_ARG:
        if (settings->exception.id)
            return ARGP_ERR_UNKNOWN; // the engagement, a shared argument
        settings->exception.id = argument;
        return 0;
    case KEY_RUN:
        settings->exception.run = argument;
        return 0;
    case KEY_MASK:
        settings->exception.mask = argument;
        return 0;
    case KEY_JSON:
        settings->exception.json = true;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name a control, or an exception of a run");
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
    print_field("looks to", control->looks_to);
    if (control->grouped)
        print_field("grouped", "the test sees whole groups of rows");
}

// "approval: decision, opinion"
static void print_needs(const struct control *control)
{
    const char *table;
    json_t *fields;
    const char *name = "reads";
    json_object_foreach(control->reads, table, fields)
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

// "approval.step_no: there is one step of approval (acquits)"
static void add_absence(struct grid *grid, const struct model_table *table,
                        const struct field *field, const char *language)
{
    struct buffer name = {0}, words = {0};
    buffer_printf(&name, "%s%s%s", table->name, field ? "." : "", field ? field->name : "");
    if (field)
        absence_add_field_words(field, language, &words);
    else
        absence_add_words(table->absence, language, &words);
    grid_add_row(grid);
    grid_add_cell(grid, buffer_text(&name), NULL);
    grid_add_cell(grid, buffer_text(&words), NULL);
    buffer_clear(&name);
    buffer_clear(&words);
}

// What is needed of all that it reads is left out: that is most of it.
static void print_absence(const struct engagement *engagement, const struct control *control,
                          const char *language, struct look look)
{
    const char *name;
    json_t *fields, *item;
    size_t at;
    struct grid *grid = grid_new(look);
    bool any = false;
    grid_add_column(grid, "when not imported", GRID_LEFT);
    grid_add_column(grid, "", GRID_WRAP);
    json_object_foreach(control->reads, name, fields)
    {
        int number = model_find_table(engagement->model, name);
        const struct model_table *table = number < 0 ? NULL : &engagement->model->tables[number];
        if (table && table->absence) {
            add_absence(grid, table, NULL, language);
            any = true;
        }
        json_array_foreach(fields, at, item)
        {
            int at_field = table ? model_find_field(table, json_string_value(item)) : -1;
            const struct field *field = at_field < 0 ? NULL : &table->fields[at_field];
            if (!field || (!field->absence && !field->maybe_recorded))
                continue;
            add_absence(grid, table, field, language);
            any = true;
        }
    }
    if (any) {
        puts("\nWhat the absence of data means; all else that it reads is needed");
        grid_print(grid, 2, stdout);
    }
    grid_free(grid);
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
        struct buffer value = {0};
        parameter_add(parameter->value, &value);
        grid_add_row(grid);
        grid_add_cell(grid, parameter->name, NULL);
        grid_add_cell(grid, buffer_text(&value), NULL);
        grid_add_cell(grid, parameter->origin, NULL);
        grid_add_cell(grid, parameter->note, NULL);
        buffer_clear(&value);
    }
    grid_print(grid, 2, stdout);
    grid_free(grid);
}

static void print_rule(const struct engagement *engagement, const struct control *control)
{
    struct buffer text = {0};
    int number = rule_text_get(engagement, control, &text);
    printf("\nRule: %s:%d\n", control->file, number);
    for (char *at = text.data, *end; at && *at; at = end + 1) {
        end = strchr(at, '\n');
        *end = '\0';
        for (char *tab; (tab = strchr(at, '\t'));)
            *tab = ' ';
        printf("%5d  ", number++);
        print_safely(at, stdout);
        putchar('\n');
    }
    buffer_clear(&text);
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
    print_list("not assumed", control->needs, control->need_count);
    print_field("shape", control->shape);
    print_field("amount", amount_kind_name(control->amount_kind));
    print_field("message", bilingual_get(&control->message, language));
    print_field("follow up", bilingual_get(&control->follow_up, language));
    print_list("cases", control->cases, control->case_count);
    if (control->required)
        print_field("required", "yes");
    if (control->disabled)
        print_field("disabled", control->disabled_reason ? control->disabled_reason : "yes");
    print_absence(engagement, control, language, look);
    print_parameters(control, look);
    print_rule(engagement, control);
}

static int explain_control(const struct session *session, const struct explain_settings *settings)
{
    const struct control *control = session_control(session, settings->exception.id);
    if (!control)
        return EXIT_USAGE;
    const char *language =
        settings->shared.language ? settings->shared.language : session->engagement->language;
    language = language ? language : "en";
    if (settings->exception.json) {
        json_t *json = explanation_control(session->engagement, control, language);
        json_dumpf(json, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(json);
        return EXIT_FINE;
    }
    print_control(session->engagement, control, language);
    return EXIT_FINE;
}

static int load_and_explain(struct explain_settings *settings)
{
    struct session session = {0};
    if (settings->exception.run || settings->exception.mask) {
        fprintf(stderr, "vouch: error: --run and --mask are for an exception, whose id looks like "
                        "PRC-01:sales_order_line:SO1/1\n");
        return EXIT_USAGE;
    }
    settings->shared.with_cases = true;
    settings->shared.without_engagement = !settings->shared.path && access("audit.lua", F_OK) != 0;
    int code = session_load(&session, &settings->shared);
    if (code == EXIT_FINE)
        code = explain_control(&session, settings);
    session_clear(&session);
    return code;
}

int command_explain(int argc, char **argv)
{
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "CONTROL|EXCEPTION [ENGAGEMENT]",
        "Says what a control tests, needs and takes its numbers from. Without an engagement (none "
        "named, no ./audit.lua) it explains the shipped control. Of an exception of a run: its row "
        "with every field, the values that decided, the evidence rows, the rule, and where each "
        "came from; refused when the sources or rules of the run have changed since.",
        children,
        NULL,
        NULL};
    struct explain_settings settings = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    settings.exception.own_rules = settings.shared.rules_folder;
    if (!settings.shared.rules_folder)
        settings.shared.rules_folder = VOUCH_RULES;
    int code = is_exception(settings.exception.id)
                   ? explain_exception(&settings.exception, &settings.shared)
                   : load_and_explain(&settings);
    settings_clear(&settings.shared);
    return code;
}
