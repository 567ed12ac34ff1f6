// SPDX-License-Identifier: MIT
// vouch run: import, evaluate, report. The folder of the results is locked and claimed before
// anything is imported. What was found is masked first, then waived and noted by the ids that it
// has then, and only then judged.
#include "cli/command.h"
#include "cli/followup.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "engine/evaluation/evaluation.h"
#include "reports/postgres/postgres.h"
#include "reports/report.h"
#include "reports/terminal/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    KEY_JOBS = 512,
    KEY_FORMAT,
    KEY_FAIL_ON,
    KEY_FAIL_ON_ASSUMED,
    KEY_NO_PROGRESS,
    KEY_TO,
    KEY_CREATE_SCHEMA,
    KEY_PREVIOUS,
    KEY_MASK,
    KEY_NO_ASSUMPTIONS,
    KEY_FULL,
    FORMATS_MAX = 16,
    AS_FAIL_ON = -2
};

struct run_settings {
    struct settings shared;
    const char *folder; // of the results; NULL: vouch-out beside the engagement
    const char *formats[FORMATS_MAX + 1];
    int format_count;
    int fail_on, fail_on_assumed; // severities; -1: none; AS_FAIL_ON
    bool quiet, no_progress, full;
    const char *export_to; // conninfo
    bool create_schema;
    const char *previous; // folder of the run before
    const char *mask;     // fields
};

static const struct argp_option options[] = {
    {"output", 'o', "FOLDER", 0, "where results go (vouch-out beside the engagement)", 0},
    {"jobs", KEY_JOBS, "N", 0, "worker processes (as many as there are processors)", 0},
    {"format", KEY_FORMAT, "LIST", 0,
     "what to write: jsonl, csv (both, by default), html, xlsx, postgres", 0},
    {"fail-on", KEY_FAIL_ON, "SEVERITY", 0,
     "lowest severity of an exception that makes the exit code 1: low (the default), medium, high, "
     "critical or none",
     0},
    {"fail-on-assumed", KEY_FAIL_ON_ASSUMED, "SEVERITY", 0,
     "the same for exceptions that rest on an assumption (as --fail-on)", 0},
    {"to", KEY_TO, "CONNINFO", 0, "the database of --format postgres, as libpq names it", 0},
    {"create-schema", KEY_CREATE_SCHEMA, NULL, 0, "make the schema vouch there when it is absent",
     0},
    {"previous", KEY_PREVIOUS, "RUN", 0,
     "the results of the run before: dispositions are carried over, and run.json is chained to it",
     0},
    {"mask", KEY_MASK, "TABLE.FIELD,...", 0,
     "keep the content of these fields out of the results: customer.phone", 0},
    {"no-assumptions", KEY_NO_ASSUMPTIONS, NULL, 0,
     "assume nothing but what the engagement states: what was not imported stays unknown", 0},
    {"full", KEY_FULL, NULL, 0, "all of the summary, not what fits one screen", 0},
    {"quiet", 'q', NULL, 0, "no summary", 0},
    {"no-progress", KEY_NO_PROGRESS, NULL, 0, "no progress on the terminal", 0},
    {0},
};

static void add_format(struct run_settings *settings, const char *name, struct argp_state *state)
{
    const struct report *report = report_find(name);
    if (!report) {
        struct buffer names = {0};
        for (const struct report *each = reports; each->name; each++)
            buffer_printf(&names, "%s%s", names.length ? ", " : "", each->name);
        argp_error(state, "there is no format `%s`; there are: %s", name, buffer_text(&names));
    }
    for (int i = 0; i < settings->format_count; i++)
        if (strcmp(settings->formats[i], name) == 0)
            return;
    if (report && settings->format_count < FORMATS_MAX)
        settings->formats[settings->format_count++] = report->name;
}

static void parse_formats(struct run_settings *settings, const char *list, struct argp_state *state)
{
    char *copy = memory_text(list), *rest = copy;
    settings->format_count = 0;
    memset(settings->formats, 0, sizeof settings->formats); // the last --format counts
    for (char *name; (name = strsep(&rest, ","));)
        if (*name)
            add_format(settings, name, state);
    if (settings->format_count == 0)
        argp_error(state, "--format names no format");
    free(copy);
}

static int parse_jobs(const char *text, struct argp_state *state)
{
    char *end;
    errno = 0;
    long jobs = strtol(text, &end, 10);
    if (errno || *end || end == text || jobs < 1 || jobs > 1024)
        argp_error(state, "--jobs is a number from 1 to 1024, not `%s`", text);
    return (int)jobs;
}

static int parse_fail_on(const char *option, const char *text, struct argp_state *state)
{
    enum severity severity = SEVERITY_LOW;
    if (strcmp(text, "none") == 0)
        return -1;
    if (severity_from_name(text, &severity) < 0)
        argp_error(state, "%s is low, medium, high, critical or none, not `%s`", option, text);
    return (int)severity;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct run_settings *settings = state->input;
    switch (key) {
    case 'o':
        settings->folder = argument;
        return 0;
    case KEY_JOBS:
        settings->shared.jobs = parse_jobs(argument, state);
        return 0;
    case KEY_FORMAT:
        parse_formats(settings, argument, state);
        return 0;
    case KEY_FAIL_ON:
        settings->fail_on = parse_fail_on("--fail-on", argument, state);
        return 0;
    case KEY_FAIL_ON_ASSUMED:
        settings->fail_on_assumed = parse_fail_on("--fail-on-assumed", argument, state);
        return 0;
    case KEY_NO_ASSUMPTIONS:
        settings->shared.no_assumptions = true;
        return 0;
    case KEY_TO:
        settings->export_to = argument;
        return 0;
    case KEY_CREATE_SCHEMA:
        settings->create_schema = true;
        return 0;
    case KEY_PREVIOUS:
        settings->previous = argument;
        return 0;
    case KEY_MASK:
        settings->mask = argument;
        return 0;
    case KEY_FULL:
        settings->full = true;
        return 0;
    case 'q':
        settings->quiet = true;
        return 0;
    case KEY_NO_PROGRESS:
        settings->no_progress = true;
        return 0;
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->shared;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void show_controls(void *context, int done, int total)
{
    meter_say(context, "evaluating: %d of %d controls", done, total);
}

static void show_result(void *context, const char *result, size_t done, size_t total)
{
    meter_say(context, "writing %s: %zu of %zu exceptions", result, done, total);
}

static int evaluate(struct run *run, struct followup *followup, struct meter *meter,
                    struct evaluation **evaluation)
{
    struct evaluation_options evaluation_options = {
        .jobs = run->jobs,
        .progress = show_controls,
        .progress_context = meter,
    };
    struct error error = {0};
    *evaluation = evaluation_run(run->engagement, run->data, &evaluation_options, &error);
    clock_gettime(CLOCK_REALTIME, &run->times.evaluated);
    meter_clear(meter);
    if (!*evaluation)
        return session_report(&error);
    run->evaluation = *evaluation;
    if (run->mask)
        mask_findings(run->mask, run->engagement, run->data, *evaluation);
    followup_apply(followup, run);
    run_judge(run);
    return EXIT_FINE;
}

static int report(const struct run *run, const struct run_settings *settings, struct output *output,
                  struct meter *meter)
{
    struct error error = {0};
    int written = report_write(run, output, &error);
    meter_clear(meter);
    if (written < 0)
        return session_report(&error);
    if (!settings->quiet)
        terminal_print(run, output_folder(output), settings->full, look_of(stdout), stdout);
    return run_exit_code(run, settings->fail_on,
                         settings->fail_on_assumed == AS_FAIL_ON ? settings->fail_on
                                                                 : settings->fail_on_assumed);
}

static int import_and_evaluate(struct session *session, const struct run_settings *settings,
                               struct followup *followup, struct mask *mask, struct output *output)
{
    struct run run = {
        .arena = arena_new(),
        .engagement = session->engagement,
        .language = session->engagement->language,
        .only = settings->shared.only.data,
        .overrides = settings->shared.parameters,
        .rules_folder = settings->shared.rules_folder,
        .formats = settings->format_count ? settings->formats : report_defaults,
        .jobs = settings_jobs(&settings->shared),
        .mask = mask,
        .export_to = settings->export_to,
        .create_schema = settings->create_schema,
    };
    struct meter *meter = meter_new(!settings->no_progress && !settings->quiet);
    struct evaluation *evaluation = NULL;
    clock_gettime(CLOCK_REALTIME, &run.times.started);
    int code = session_import(session, &settings->shared, meter);
    clock_gettime(CLOCK_REALTIME, &run.times.imported);
    if (code == EXIT_FINE && mask) {
        mask_gather(mask, session->data);
        mask_problems(mask, session->data);
    }
    if (code == EXIT_FINE) {
        run.data = session->data;
        run.import_notes = session->notes;
        run.progress = show_result;
        run.progress_context = meter;
        code = evaluate(&run, followup, meter, &evaluation);
        if (evaluation)
            code = report(&run, settings, output, meter);
    }
    evaluation_free(evaluation);
    arena_free(run.arena);
    meter_free(meter);
    return code;
}

// The previous run must outlive this one: its results are not written over.
static int take_previous(struct followup *followup, const char *path, const char *results,
                         struct error *error)
{
    if (!path)
        return 0;
    struct stat there, here;
    struct past_run *previous = past_run_open(path, error);
    int result = -1;
    if (!previous)
        return -1;
    if (stat(previous->folder, &there) == 0 && stat(results, &here) == 0 &&
        there.st_dev == here.st_dev && there.st_ino == here.st_ino)
        error_set(error, ERROR_USAGE, previous->folder,
                  "the results of the previous run would be replaced; name another folder with -o");
    else
        result = followup_carry(followup, previous, error);
    past_run_free(previous);
    return result;
}

static int run_engagement(struct session *session, const struct run_settings *settings)
{
    struct buffer folder = {0};
    struct followup followup = {0};
    struct error error = {0};
    struct mask *mask = NULL;
    if (settings->mask && !(mask = mask_new(session->engagement->model, settings->mask, &error)))
        return session_report(&error);
    bool here = strcmp(session->engagement->folder, ".") == 0;
    if (settings->folder)
        buffer_add_text(&folder, settings->folder);
    else
        buffer_printf(&folder, "%s%svouch-out", here ? "" : session->engagement->folder,
                      here ? "" : "/");
    // Opened first: a folder that cannot be written to should not cost the whole run.
    struct output *output =
        followup_load(&followup, session->engagement, &error) == 0 &&
                take_previous(&followup, settings->previous, buffer_text(&folder), &error) == 0
            ? output_open(buffer_text(&folder), &error)
            : NULL;
    bool ours = output && output_claim(output, report_is_result, &error) == 0;
    int code = ours ? import_and_evaluate(session, settings, &followup, mask, output)
                    : session_report(&error);
    output_free(output);
    followup_clear(&followup);
    mask_free(mask);
    buffer_clear(&folder);
    return code;
}

// --to and --format postgres belong together.
static int check_export(const struct run_settings *settings)
{
    struct error error = {0};
    bool wanted = false;
    for (int i = 0; i < settings->format_count; i++)
        wanted = wanted || strcmp(settings->formats[i], "postgres") == 0;
    if (wanted && !settings->export_to)
        error_set(&error, ERROR_USAGE, "--format postgres", "needs the database: --to CONNINFO");
    else if (!wanted && (settings->export_to || settings->create_schema))
        error_set(&error, ERROR_USAGE, settings->export_to ? "--to" : "--create-schema",
                  "is for --format postgres");
    else if (!wanted || postgres_export_check(settings->export_to, &error) == 0)
        return EXIT_FINE;
    return session_report(&error);
}

int command_run(int argc, char **argv)
{
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "[ENGAGEMENT]",
        "Imports the data of an engagement, evaluates its controls and writes the results.\v"
        "Exit codes: 0 complete, no exception; 1 complete, with exceptions; 2 usage, engagement or "
        "rule error; 3 incomplete; 4 a source could not be read or a result not be written.",
        children,
        NULL,
        NULL};
    struct run_settings settings = {
        .shared.rules_folder = VOUCH_RULES, .fail_on = SEVERITY_LOW, .fail_on_assumed = AS_FAIL_ON};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    int code = check_export(&settings);
    if (code == EXIT_FINE)
        code = session_load(&session, &settings.shared);
    if (code == EXIT_FINE)
        code = run_engagement(&session, &settings);
    else if (session.engagement && session.engagement->error_count > 0)
        fputs("vouch: error: nothing was evaluated\n", stderr);
    session_clear(&session);
    settings_clear(&settings.shared);
    return code;
}
