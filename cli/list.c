// SPDX-License-Identifier: MIT
// vouch list: the controls, and for an engagement what its data let each do.
#include "cli/command.h"
#include "cli/session.h"
#include "engine/base/reason.h"
#include "engine/evaluation/trial.h"
#include "reports/figures/coverage.h"
#include "reports/files/csv_text.h"
#include "reports/terminal/terminal.h"
#include "reports/words/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_MISSING = 512, KEY_NO_ASSUMPTIONS, KEY_FORMAT };

struct list_settings {
    struct settings shared;
    bool missing;
    bool csv; // for programs
};

static const char *count_text(size_t count, char text[32])
{
    snprintf(text, 32, "%zu", count);
    return text;
}

// The first of a list of names, and how many more there are.
struct short_list {
    struct buffer names;
    int count;
};

enum { NAMES_MAX = 4 };

static void add_name(struct short_list *list, const struct buffer *name)
{
    if (list->count++ < NAMES_MAX)
        buffer_printf(&list->names, "%s%s", list->count > 1 ? ", " : "", buffer_text(name));
}

// The sentence about the names, which are given back.
static void add_names(struct short_list *list, enum word word, const char *language,
                      struct buffer *out)
{
    struct buffer more = {0};
    char count[32];
    if (list->count > NAMES_MAX)
        word_add_sentence(WORD_READY_MORE, language, buffer_text(&list->names),
                          count_text((size_t)(list->count - NAMES_MAX), count), "", "", &more);
    word_add_sentence(word, language, buffer_text(more.length ? &more : &list->names), "", "", "",
                      out);
    buffer_clear(&more);
    buffer_clear(&list->names);
}

static void add_lacks(const struct trial *trial, const struct data *data, const char *language,
                      struct buffer *out)
{
    struct short_list list = {0};
    for (int i = 0; i < trial->readiness.missing_count; i++) {
        struct buffer name = {0};
        lack_name(data, &trial->readiness.missing[i], &name);
        add_name(&list, &name);
        buffer_clear(&name);
    }
    add_names(&list, WORD_READY_LACKING, language, out);
}

static void add_assumed(const struct trial *trial, const struct data *data, const char *language,
                        struct buffer *out)
{
    struct short_list list = {0};
    for (int i = 0; i < trial->rests.count; i++) {
        struct buffer name = {0};
        assumption_name(data, trial->rests.items[i], &name);
        add_name(&list, &name);
        buffer_clear(&name);
    }
    add_names(&list, WORD_READY_ASSUMED, language, out);
}

static void add_reason(const struct trial *trial, enum word word, const char *language,
                       struct buffer *out)
{
    struct buffer reason = {0};
    char count[32];
    if (trial->reason)
        reason_add(trial->reason, language, &reason);
    if (word == WORD_READY_BUT)
        word_add_sentence(word, language, count_text(trial->untestable, count),
                          buffer_text(&reason), "", "", out);
    else
        word_add_sentence(word, language, buffer_text(&reason), "", "", "", out);
    buffer_clear(&reason);
}

static void add_absent(const struct control *control, const char *language, struct buffer *out)
{
    if (control->disabled)
        buffer_printf(out, word_get(WORD_READY_DISABLED, language),
                      control->disabled_reason ? control->disabled_reason : "");
    else
        buffer_add_text(out, word_get(WORD_READY_OTHER_PROFILE, language));
}

static void add_prospect(struct grid *grid, const struct control *control, const struct data *data,
                         const struct trial *trial, const char *language)
{
    struct buffer text = {0};
    switch (trial->prospect) {
    case PROSPECT_READY:
        if (trial->untestable > 0)
            add_reason(trial, WORD_READY_BUT, language, &text);
        else
            buffer_add_text(&text, word_get(WORD_READY, language));
        break;
    case PROSPECT_ASSUMED:
        add_assumed(trial, data, language, &text);
        break;
    case PROSPECT_NO_ROWS:
        add_reason(trial, WORD_READY_NO_ROWS, language, &text);
        break;
    case PROSPECT_LACKING:
        add_lacks(trial, data, language, &text);
        break;
    case PROSPECT_OTHER:
        add_reason(trial, WORD_READY_OTHER, language, &text);
        break;
    case PROSPECT_NONE:
    case PROSPECTS:
        add_absent(control, language, &text);
        break;
    }
    grid_add_cell(grid, buffer_text(&text), NULL);
    buffer_clear(&text);
}

// What to import next.
static void print_missing(const struct session *session, const struct evaluation *evaluation,
                          const char *language)
{
    struct coverage coverage = {.arena = arena_new()};
    struct grid *grid = grid_new(look_of(stdout));
    coverage_count_lacks(&coverage, session->engagement, session->data, evaluation);
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
        grid_add_cell(grid, count_text(it->controls, text), NULL);
        grid_add_cell(grid, count_text(it->alone, text), NULL);
        buffer_clear(&name);
    }
    if (coverage.lack_count > 0)
        grid_print(grid, 0, stdout);
    else
        puts(word_get(WORD_LIST_NOTHING_LACKING, language));
    grid_free(grid);
    arena_free(coverage.arena);
}

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

// "31 ready, 12 ready under assumptions, 155 lack data"
static void print_count(const size_t counts[PROSPECTS], const char *language)
{
    static const enum word words[PROSPECTS] = {
        WORD_LIST_READY,   WORD_LIST_ASSUMED, WORD_LIST_NO_ROWS,
        WORD_LIST_LACKING, WORD_LIST_OTHER,   WORD_LIST_NONE,
    };
    struct buffer line = {0};
    for (int i = 0; i < PROSPECTS; i++) {
        if (counts[i] == 0 && i > PROSPECT_ASSUMED && i != PROSPECT_LACKING)
            continue;
        buffer_add_text(&line, line.length ? word_get(WORD_COMMA, language) : "");
        word_add_count(words[i], language, counts[i], &line);
    }
    printf("\n%s\n", buffer_text(&line));
    buffer_clear(&line);
}

// What is tried is NULL where there are no data.
static void print_controls(const struct session *session, const struct evaluation *tried,
                           const char *language, bool only_selected)
{
    const struct engagement *engagement = session->engagement;
    struct grid *grid = grid_new(look_of(stdout));
    size_t counts[PROSPECTS] = {0};
    char text[32];
    grid_add_column(grid, word_get(WORD_CONTROL, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_SEVERITY, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_TITLE, language), GRID_WRAP);
    grid_add_column(grid, word_get(tried ? WORD_ROW_COUNT : WORD_POPULATION, language),
                    tried ? GRID_RIGHT : GRID_WRAP);
    if (tried)
        grid_add_column(grid, word_get(WORD_COLUMN_READY, language), GRID_WRAP);
    for (int i = 0; i < engagement->control_count; i++) {
        const struct control *control = &engagement->controls[i];
        struct trial trial = {.prospect = PROSPECT_NONE};
        if (only_selected && !control->selected)
            continue;
        grid_add_row(grid);
        grid_add_cell(grid, control->id, NULL);
        grid_add_cell(grid, word_severity(control->severity, language),
                      terminal_severity_colour(control->severity));
        grid_add_cell(grid, bilingual_get(&control->title, language), NULL);
        if (tried) {
            trial_init(&trial, control, session->data, &tried->results[i]);
            grid_add_cell(grid, trial.imported ? count_text(trial.population, text) : "", NULL);
            add_prospect(grid, control, session->data, &trial, language);
            counts[trial.prospect]++;
            trial_clear(&trial);
        } else {
            add_populations(grid, engagement, control);
        }
    }
    grid_print(grid, 0, stdout);
    grid_free(grid);
    if (tried)
        print_count(counts, language);
}

// ---- as CSV

static void add_csv_line(const struct session *session, const struct control *control,
                         const struct trial *trial, struct buffer *out)
{
    static const char *const words[PROSPECTS] = {"ready",   "assumed", "no_rows",
                                                 "lacking", "other",   "none"};
    const struct model *model = session->engagement->model;
    struct buffer populations = {0}, assumed = {0}, lacks = {0};
    for (int i = 0; i < control->population_count; i++)
        buffer_printf(&populations, "%s%s", i ? ";" : "",
                      model->tables[control->populations[i]].name);
    for (int i = 0; i < trial->rests.count; i++) {
        buffer_add_text(&assumed, i ? ";" : "");
        assumption_name(session->data, trial->rests.items[i], &assumed);
    }
    for (int i = 0; i < trial->readiness.missing_count; i++) {
        buffer_add_text(&lacks, i ? ";" : "");
        lack_name(session->data, &trial->readiness.missing[i], &lacks);
    }
    char *reason = trial->reason ? reason_text(trial->reason) : NULL;
    csv_text_add(out, control->id);
    csv_text_add(out, severity_name(control->severity));
    csv_text_add(out, buffer_text(&populations));
    csv_text_add_count(out, trial->population);
    csv_text_add(out, words[trial->prospect]);
    csv_text_add(out, buffer_text(&assumed));
    csv_text_add(out, buffer_text(&lacks));
    csv_text_add_count(out, trial->untestable);
    csv_text_add(out, reason);
    csv_text_end_line(out);
    free(reason);
    buffer_clear(&populations);
    buffer_clear(&assumed);
    buffer_clear(&lacks);
}

static void print_csv(const struct session *session, const struct evaluation *tried)
{
    struct buffer text = {0};
    buffer_add_text(&text, "control,severity,population,rows,outlook,assumptions,lacks,untestable,"
                           "reason\n");
    for (int i = 0; i < session->engagement->control_count; i++) {
        const struct control *control = &session->engagement->controls[i];
        struct trial trial = {.prospect = PROSPECT_NONE};
        if (!control->selected)
            continue;
        trial_init(&trial, control, session->data, &tried->results[i]);
        add_csv_line(session, control, &trial, &text);
        trial_clear(&trial);
    }
    fwrite(text.data, 1, text.length, stdout);
    buffer_clear(&text);
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct list_settings *settings = state->input;
    if (key == ARGP_KEY_INIT)
        state->child_inputs[0] = &settings->shared;
    else if (key == KEY_MISSING)
        settings->missing = true;
    else if (key == KEY_NO_ASSUMPTIONS)
        settings->shared.no_assumptions = true;
    else if (key == KEY_FORMAT && strcmp(argument, "csv") == 0)
        settings->csv = true;
    else if (key == KEY_FORMAT)
        argp_error(state, "--format is csv, not `%s`", argument);
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

// Imports the data and tries every control on them.
static int try_controls(struct session *session, const struct settings *settings,
                        struct evaluation **tried)
{
    struct error error = {0};
    int code = session_import(session, settings, NULL);
    if (code != EXIT_FINE)
        return code;
    *tried = trial_run(session->engagement, session->data, settings_jobs(settings), &error);
    return *tried ? EXIT_FINE : session_report(&error);
}

static int list(struct session *session, const struct list_settings *settings)
{
    const char *language =
        settings->shared.language ? settings->shared.language : session->engagement->language;
    struct evaluation *tried = NULL;
    int code = settings->shared.without_engagement
                   ? EXIT_FINE
                   : try_controls(session, &settings->shared, &tried);
    if (code == EXIT_FINE && settings->csv && tried)
        print_csv(session, tried);
    else if (code == EXIT_FINE && settings->missing && tried)
        print_missing(session, tried, language);
    else if (code == EXIT_FINE)
        print_controls(session, tried, language, settings->shared.only.data != NULL);
    evaluation_free(tried);
    return code;
}

int command_list(int argc, char **argv)
{
    static const struct argp_option options[] = {
        {"missing", KEY_MISSING, NULL, 0,
         "what to import next: what keeps controls from testing anything, by how many of them lack "
         "nothing else",
         0},
        {"format", KEY_FORMAT, "csv", 0, "for programs, of an engagement", 0},
        {"no-assumptions", KEY_NO_ASSUMPTIONS, NULL, 0,
         "assume nothing but what the engagement states", 0},
        {0},
    };
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "[ENGAGEMENT]",
        "Lists the controls; for an engagement also what its data let each do: ready, ready under "
        "assumptions (which), without a row to test, or what it lacks. The data are imported and "
        "each control is tried on its rows, until 10,000 of them were tested; nothing is "
        "reported. Without an engagement (none named, no ./audit.lua) it lists the shipped "
        "controls.",
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
