// SPDX-License-Identifier: MIT
// vouch init: looks at a source, writes an engagement for it, runs what it wrote and says what came
// of it.
#include "cli/command.h"
#include "cli/init_report.h"
#include "cli/new_file.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "guess/draft.h"
#include "guess/gather.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct init_settings {
    struct settings shared;
    const char *source, *folder;
};

// ---- paths

// How a file of `folder` names `path`: from their common beginning on; absolute where that is the
// root alone. The caller frees.
static char *name_from(const char *folder, const char *path)
{
    char *here = realpath(folder, NULL), *there = realpath(path, NULL);
    struct buffer name = {0};
    size_t common = 0;
    if (!here || !there) {
        free(here);
        free(there);
        return memory_text(path);
    }
    for (size_t i = 0; here[i] == there[i] || !here[i] || !there[i]; i++) {
        if ((!here[i] || here[i] == '/') && (!there[i] || there[i] == '/'))
            common = i;
        if (!here[i] || !there[i])
            break;
    }
    if (common == 0) {
        buffer_add_text(&name, there);
    } else {
        for (const char *at = here + common; *at; at++)
            if (*at == '/')
                buffer_add_text(&name, name.length ? "/.." : "..");
        const char *rest = there + common + (there[common] == '/');
        buffer_printf(&name, "%s%s", name.length && *rest ? "/" : "", rest);
    }
    free(here);
    free(there);
    return buffer_take(&name);
}

static int look(struct survey *survey, const struct init_settings *settings, struct error *error)
{
    struct stat status;
    if (survey_is_database(settings->source))
        return survey_database(survey, settings->source, error);
    if (stat(settings->source, &status) != 0)
        return error_set_errno(error, ERROR_SOURCE, settings->source, "cannot be read");
    const char *slash = strrchr(settings->source, '/');
    char *folder = S_ISDIR(status.st_mode) ? memory_text(settings->source)
                   : slash ? memory_text_n(settings->source, (size_t)(slash - settings->source))
                           : memory_text(".");
    char *shown = name_from(settings->folder, folder);
    int result = survey_folder(survey, settings->source, shown, error);
    free(shown);
    free(folder);
    return result;
}

// ---- the file

// Never over another: what somebody wrote there is not ours to replace.
static int write_file(const char *path, const struct buffer *text, struct error *error)
{
    if (new_file_write(path, text) == 0)
        return 0;
    if (errno == EEXIST)
        return error_set(error, ERROR_USAGE, path,
                         "exists already, and is not written over; name another folder");
    return error_set_errno(error, ERROR_RESULT, path, "cannot be written");
}

static int make_folder(const char *folder, struct error *error)
{
    struct stat status;
    if (mkdir(folder, 0777) == 0)
        return 0;
    if (errno != EEXIST)
        return error_set_errno(error, ERROR_RESULT, folder, "cannot be made");
    return stat(folder, &status) == 0 && S_ISDIR(status.st_mode)
               ? 0
               : error_set(error, ERROR_USAGE, folder, "is no folder");
}

// ---- the guess

static int guess(struct survey *survey, struct plan *plan, struct terms **terms, struct zone **zone,
                 const struct session *session, const struct init_settings *settings,
                 struct error *error)
{
    const struct model *model = session->engagement->model;
    if (look(survey, settings, error) != 0)
        return -1;
    if (survey->count == 0)
        return error_set(error, ERROR_SOURCE, settings->source,
                         "has no list in it: files that end in .csv, .csv.gz, .tsv or .txt, or "
                         "tables of a database");
    *terms = terms_new(model, settings->shared.rules_folder, error);
    if (!*terms)
        return -1;
    gather(survey, *terms);
    *zone = zone_new("UTC");
    plan_init(plan, survey, model, *terms, *zone);
    if (settings->shared.language)
        plan->language = settings->shared.language;
    return 0;
}

static int write_and_tell(const struct plan *plan, const struct zone *zone, const char *path,
                          const struct init_settings *settings)
{
    struct scope_guess scope;
    struct buffer text = {0};
    struct error error = {0};
    scope_guess(&scope, plan, zone);
    // A conninfo as it was given may hold a password.
    draft_write(plan, &scope, plan->survey->conninfo ? plan->survey->conninfo : settings->source,
                &text);
    int code = write_file(path, &text, &error) == 0 ? EXIT_FINE : session_report(&error);
    if (code == EXIT_FINE)
        code = init_report(plan, path, buffer_text(&text), &settings->shared);
    buffer_clear(&text);
    return code;
}

static int run_init(struct session *session, const struct init_settings *settings)
{
    struct survey survey = {0};
    struct plan plan = {0};
    struct terms *terms = NULL;
    struct zone *zone = NULL;
    struct error error = {0};
    struct buffer path = {0};
    bool here = strcmp(settings->folder, ".") == 0;
    buffer_printf(&path, "%s%saudit.lua", here ? "" : settings->folder, here ? "" : "/");
    int code = EXIT_FINE;
    if (access(buffer_text(&path), F_OK) == 0)
        code = session_report((error_set(&error, ERROR_USAGE, buffer_text(&path),
                                         "exists already, and is not written over; name another "
                                         "folder"),
                               &error));
    else if (make_folder(settings->folder, &error) != 0 ||
             guess(&survey, &plan, &terms, &zone, session, settings, &error) != 0)
        code = session_report(&error);
    else
        code = write_and_tell(&plan, zone, buffer_text(&path), settings);
    plan_clear(&plan);
    terms_free(terms);
    zone_free(zone);
    survey_clear(&survey);
    buffer_clear(&path);
    return code;
}

// ---- the command line

enum { KEY_RULES = 512, KEY_LANGUAGE };

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct init_settings *settings = state->input;
    switch (key) {
    case KEY_RULES:
        settings->shared.rules_folder = argument;
        return 0;
    case KEY_LANGUAGE:
        settings->shared.language = settings_language(argument, state);
        return 0;
    case ARGP_KEY_ARG:
        if (settings->source && state->arg_num > 1)
            argp_error(state, "one source and one folder: `%s` is a third", argument);
        if (settings->source)
            settings->folder = argument;
        else
            settings->source = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name the source: a folder of lists, or a database (conninfo)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int command_init(int argc, char **argv)
{
    static const struct argp_option options[] = {
        {"lang", KEY_LANGUAGE, "zh|en", 0, "of the remarks; without it, that of most headers", 0},
        {"rules", KEY_RULES, "FOLDER", 0, "the shipped rules: model, library, controls, packs", 0},
        {0},
    };
    static const struct argp argp = {
        options,
        parse_option,
        "SOURCE [DIR]",
        "Looks at SOURCE, a folder of CSV files, one of them, or a PostgreSQL database "
        "(\"dbname=erp\", \"postgresql://...\"), and writes DIR/audit.lua (DIR: the current "
        "folder): "
        "an engagement that runs, each guess explained beside it, each doubt marked. Then it runs "
        "it and says what came in, what the controls can test, and what to export next. The "
        "source is only read; an existing audit.lua is never written over.",
        NULL,
        NULL,
        NULL};
    struct init_settings settings = {.shared.rules_folder = VOUCH_RULES, .folder = "."};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    settings.shared.without_engagement = true;
    int code = session_load(&session, &settings.shared);
    settings.shared.without_engagement = false;
    if (code == EXIT_FINE)
        code = run_init(&session, &settings);
    session_clear(&session);
    settings_clear(&settings.shared);
    return code;
}
