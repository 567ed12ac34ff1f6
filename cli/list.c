// SPDX-License-Identifier: MIT
// vouch list: the controls, and for an engagement what keeps each from running.
#include "cli/command.h"
#include "cli/provision.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "reports/terminal/terminal.h"
#include "reports/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

static void add_readiness(struct grid *grid, const struct engagement *engagement,
                          const struct control *control, const struct provision *provision,
                          const char *language)
{
    struct buffer missing = {0}, text = {0};
    if (control->disabled)
        buffer_printf(&text, word_get(WORD_READY_DISABLED, language),
                      control->disabled_reason ? control->disabled_reason : "");
    else if (!control->selected)
        buffer_add_text(&text, word_get(WORD_READY_OTHER_PROFILE, language));
    else if (provision_missing(provision, engagement->model, control, &missing) > 0)
        buffer_printf(&text, word_get(WORD_READY_MISSING, language), buffer_text(&missing));
    else if (provision_wanting(provision, engagement->model, control, &missing) > 0)
        buffer_printf(&text, word_get(WORD_READY_WANTING, language), buffer_text(&missing));
    else
        buffer_add_text(&text, word_get(WORD_READY, language));
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
    buffer_clear(&missing);
}

static void print_controls(const struct engagement *engagement, const struct provision *provision,
                           const char *language, bool only_selected)
{
    struct grid *grid = grid_new(look_of(stdout));
    grid_add_column(grid, word_get(WORD_CONTROL, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_SEVERITY, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_TITLE, language), GRID_WRAP);
    grid_add_column(grid, word_get(WORD_POPULATION, language), GRID_WRAP);
    if (provision)
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
        if (provision)
            add_readiness(grid, engagement, control, provision, language);
    }
    grid_print(grid, 0, stdout);
    grid_free(grid);
}

static int list(const struct session *session, const struct settings *settings)
{
    const struct engagement *engagement = session->engagement;
    const char *language = settings->language ? settings->language : engagement->language;
    struct provision *provision = NULL;
    if (!settings->without_engagement) {
        struct error error = {0};
        provision = provision_new(engagement, &error);
        if (!provision)
            return session_report(&error);
    }
    print_controls(engagement, provision, language, settings->only != NULL);
    provision_free(provision);
    return EXIT_FINE;
}

int command_list(int argc, char **argv)
{
    struct settings settings = {.rules_folder = VOUCH_RULES};
    struct session session = {0};
    settings_parse(&settings, argc, argv,
                   "Lists the controls; for an engagement also whether its imports provide the "
                   "tables that each needs. Nothing is imported. Without an engagement (none "
                   "named, no ./audit.lua) it lists the shipped controls.");
    settings.without_engagement = !settings.path && access("audit.lua", F_OK) != 0;
    int code = session_load(&session, &settings);
    if (code == EXIT_FINE)
        code = list(&session, &settings);
    session_clear(&session);
    settings_clear(&settings);
    return code;
}
