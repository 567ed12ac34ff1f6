// SPDX-License-Identifier: MIT
// vouch list: the controls, and for an engagement what its data let each do.
#include "cli/command.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "engine/evaluation/readiness.h"
#include "reports/figures/coverage.h"
#include "reports/terminal/terminal.h"
#include "reports/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEY_MISSING = 512, KEY_NO_ASSUMPTIONS };

struct list_settings {
    struct settings shared;
    bool missing;
};

static void add_populations(struct grid *grid, const struct engagement *engagement,
                            const struct control *control)
{
    struct buffer text = {0};
    for (int i = 0; i < control->population_count; i++)
        buffer_printf(&text, "%s%s", i ? ", " : "",
                      engagement->model->tables[control->populations[i]].name);
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
}

static void add_missing(const struct readiness *readiness, const struct data *data,
                        struct buffer *out)
{
    for (int i = 0; i < readiness->missing_count; i++) {
        buffer_add_text(out, i ? ", " : "");
        lack_name(data, &readiness->missing[i], out);
    }
}

static void add_assumed(const struct readiness *readiness, const struct data *data,
                        struct buffer *out)
{
    for (int i = 0; i < readiness->assumed.count; i++) {
        buffer_add_text(out, i ? ", " : "");
        assumption_name(data, readiness->assumed.items[i], out);
    }
}

static void add_say(struct buffer *text, enum word word, const char *language,
                    const struct buffer *names)
{
    word_add_sentence(word, language, buffer_text(names), "", "", "", text);
}

static void tell_readiness(const struct control *control, const struct data *data,
                           const char *language, struct buffer *text)
{
    struct readiness readiness;
    struct buffer missing = {0}, assumed = {0};
    readiness_init(&readiness, control, data);
    add_missing(&readiness, data, &missing);
    add_assumed(&readiness, data, &assumed);
    if (readiness_is_blocked(&readiness))
        add_say(text, WORD_READY_MISSING, language, &missing);
    else if (missing.length)
        add_say(text, WORD_READY_WANTING, language, &missing);
    else if (assumed.length)
        add_say(text, WORD_READY_ASSUMED, language, &assumed);
    else
        buffer_add_text(text, word_get(WORD_READY, language));
    buffer_clear(&missing);
    buffer_clear(&assumed);
    readiness_clear(&readiness);
}

static void add_readiness(struct grid *grid, const struct control *control, const struct data *data,
                          const char *language)
{
    struct buffer text = {0};
    if (control->disabled)
        buffer_printf(&text, word_get(WORD_READY_DISABLED, language),
                      control->disabled_reason ? control->disabled_reason : "");
    else if (!control->selected)
        buffer_add_text(&text, word_get(WORD_READY_OTHER_PROFILE, language));
    else
        tell_readiness(control, data, language, &text);
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
}

static bool is_wanted(const void *context, int control)
{
    const struct engagement *engagement = context;
    return engagement->controls[control].selected && !engagement->controls[control].disabled;
}

// What to import next.
static void print_missing(const struct session *session, const char *language)
{
    struct coverage coverage = {0};
    struct grid *grid = grid_new(look_of(stdout));
    coverage_count_lacks(&coverage, session->engagement, session->data, is_wanted,
                         session->engagement);
    grid_add_column(grid, word_get(WORD_NAME, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_LACKING_CONTROLS, language), GRID_RIGHT);
    grid_add_column(grid, word_get(WORD_LACKING_ALONE, language), GRID_RIGHT);
    for (size_t i = 0; i < coverage.lack_count; i++) {
        const struct coverage_lack *it = &coverage.lacks[i];
        struct buffer name = {0};
        char text[32];
        lack_name(session->data, &it->lack, &name);
        grid_add_row(grid);
        grid_add_cell(grid, buffer_text(&name), NULL);
        snprintf(text, sizeof text, "%zu", it->controls);
        grid_add_cell(grid, text, NULL);
        snprintf(text, sizeof text, "%zu", it->alone);
        grid_add_cell(grid, text, NULL);
        buffer_clear(&name);
    }
    grid_print(grid, 0, stdout);
    grid_free(grid);
    coverage_clear(&coverage);
}

static void print_controls(const struct engagement *engagement, const struct data *data,
                           const char *language, bool only_selected)
{
    struct grid *grid = grid_new(look_of(stdout));
    grid_add_column(grid, word_get(WORD_CONTROL, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_SEVERITY, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_TITLE, language), GRID_WRAP);
    grid_add_column(grid, word_get(WORD_POPULATION, language), GRID_WRAP);
    if (data)
        grid_add_column(grid, word_get(WORD_COLUMN_READY, language), GRID_WRAP);
    for (int i = 0; i < engagement->control_count; i++) {
        const struct control *control = &engagement->controls[i];
        if (only_selected && !control->selected)
            continue;
        grid_add_row(grid);
        grid_add_cell(grid, control->id, NULL);
        grid_add_cell(grid, word_severity(control->severity, language),
                      terminal_severity_colour(control->severity));
        grid_add_cell(grid, bilingual_get(&control->title, language), NULL);
        add_populations(grid, engagement, control);
        if (data)
            add_readiness(grid, control, data, language);
    }
    grid_print(grid, 0, stdout);
    grid_free(grid);
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct list_settings *settings = state->input;
    (void)argument;
    if (key == ARGP_KEY_INIT)
        state->child_inputs[0] = &settings->shared;
    else if (key == KEY_MISSING)
        settings->missing = true;
    else if (key == KEY_NO_ASSUMPTIONS)
        settings->shared.no_assumptions = true;
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static int list(struct session *session, const struct list_settings *settings)
{
    const struct engagement *engagement = session->engagement;
    const char *language =
        settings->shared.language ? settings->shared.language : engagement->language;
    if (!settings->shared.without_engagement) {
        int code = session_import(session, &settings->shared, NULL);
        if (code != EXIT_FINE)
            return code;
    }
    if (settings->missing && session->data)
        print_missing(session, language);
    else
        print_controls(engagement, session->data, language, settings->shared.only.data != NULL);
    return EXIT_FINE;
}

int command_list(int argc, char **argv)
{
    static const struct argp_option options[] = {
        {"missing", KEY_MISSING, NULL, 0,
         "what to import next: what is missing, by how many controls lack nothing else", 0},
        {"no-assumptions", KEY_NO_ASSUMPTIONS, NULL, 0,
         "assume nothing but what the engagement states", 0},
        {0},
    };
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "[ENGAGEMENT]",
        "Lists the controls; for an engagement also what its data, which are imported, let each "
        "do: ready, ready under stated assumptions, or what is missing. Nothing is evaluated. "
        "Without an engagement (none named, no ./audit.lua) it lists the shipped controls.",
        children,
        NULL,
        NULL};
    struct list_settings settings = {.shared.rules_folder = VOUCH_RULES};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    settings.shared.without_engagement = !settings.shared.path && access("audit.lua", F_OK) != 0;
    int code = session_load(&session, &settings.shared);
    if (code == EXIT_FINE)
        code = list(&session, &settings);
    session_clear(&session);
    settings_clear(&settings.shared);
    return code;
}
