// SPDX-License-Identifier: MIT
// vouch diff: what two runs found, side by side.
#include "cli/command.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "reports/terminal/difference_print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_JSON = 256, KEY_LANGUAGE, KEY_LINES, LINES_DEFAULT = 20 };

struct diff_settings {
    const char *runs[2];
    int run_count;
    const char *language;
    size_t lines;
    bool json;
};

static const struct argp_option options[] = {
    {"json", KEY_JSON, NULL, 0, "all of it, as JSON", 0},
    {"lines", KEY_LINES, "N", 0, "exceptions listed of each kind (20); 0: none", 0},
    {"lang", KEY_LANGUAGE, "zh|en", 0, "language (that of RUN_B)", 0},
    {0},
};

static size_t parse_lines(const char *text, struct argp_state *state)
{
    char *end;
    errno = 0;
    long lines = strtol(text, &end, 10);
    if (errno || *end || end == text || lines < 0)
        argp_error(state, "--lines is a number, not `%s`", text);
    return (size_t)lines;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct diff_settings *settings = state->input;
    switch (key) {
    case KEY_JSON:
        settings->json = true;
        return 0;
    case KEY_LINES:
        settings->lines = parse_lines(argument, state);
        return 0;
    case KEY_LANGUAGE:
        settings->language = settings_language(argument, state);
        return 0;
    case ARGP_KEY_ARG:
        if (settings->run_count == 2)
            argp_error(state, "two runs at a time: `%s` is a third one", argument);
        settings->runs[settings->run_count++] = argument;
        return 0;
    case ARGP_KEY_END:
        if (settings->run_count < 2)
            argp_error(state, "name two runs, the earlier one first");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print(const struct difference *difference, const struct diff_settings *settings)
{
    const json_t *said = json_object_get(difference->b->stated, "command_line");
    const char *language = json_string_value(json_object_get(said, "language"));
    if (settings->language)
        language = settings->language;
    if (!settings->json) {
        difference_print(difference, language, settings->lines, look_of(stdout), stdout);
        return;
    }
    json_t *json = difference_json(difference);
    if (json_dumpf(json, stdout, JSON_INDENT(2)) < 0)
        memory_exhausted();
    putchar('\n');
    json_decref(json);
}

static int compare(const struct diff_settings *settings, struct past_run **runs)
{
    struct error error = {0};
    for (int i = 0; i < 2; i++) {
        runs[i] = past_run_open(settings->runs[i], &error);
        if (!runs[i] || past_run_read_exceptions(runs[i], &error) != 0)
            return session_report(&error);
    }
    struct difference difference;
    difference_init(&difference, runs[0], runs[1]);
    print(&difference, settings);
    int code = difference_is_new(&difference) ? EXIT_FOUND : EXIT_FINE;
    difference_clear(&difference);
    return code;
}

int command_diff(int argc, char **argv)
{
    static const struct argp argp = {
        options,
        parse_option,
        "RUN_A RUN_B",
        "Says which exceptions are new in RUN_B, resolved, persisting, or of another amount. Each "
        "run is the folder of its results; two runs of one engagement with other rules show what a "
        "change of rules does.\v"
        "Exit codes: 0 nothing new; 1 an exception that A did not have, or that was waived there "
        "and is open in B; 2 there is no such run; 4 its results cannot be read.",
        NULL,
        NULL,
        NULL};
    struct diff_settings settings = {.lines = LINES_DEFAULT};
    struct past_run *runs[2] = {NULL, NULL};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    int code = compare(&settings, runs);
    past_run_free(runs[0]);
    past_run_free(runs[1]);
    return code;
}
