// SPDX-License-Identifier: MIT
// vouch verify: do the hashes of a run record still match?
#include "cli/command.h"
#include "cli/session.h"
#include "reports/past/verification.h"
#include "reports/report.h"

#include <stdio.h>

enum { KEY_ENGAGEMENT = 256, KEY_RULES };

struct verify_settings {
    const char *run;
    struct verification verification;
};

static const struct argp_option options[] = {
    {"engagement", KEY_ENGAGEMENT, "FOLDER", 0, "where the sources lie now (as recorded)", 0},
    {"rules", KEY_RULES, "FOLDER", 0, "where the shipped rules lie now (as recorded)", 0},
    {0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct verify_settings *settings = state->input;
    switch (key) {
    case KEY_ENGAGEMENT:
        settings->verification.engagement_folder = argument;
        return 0;
    case KEY_RULES:
        settings->verification.rules_folder = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (settings->run)
            argp_error(state, "one run at a time: `%s` is a second one", argument);
        settings->run = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name the folder of a run's results");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int command_verify(int argc, char **argv)
{
    static const struct argp argp = {options,
                                     parse_option,
                                     "RUN",
                                     "Checks that the record, results, sources and rule files of a "
                                     "run are still those it recorded, and so for the record and "
                                     "results of each run before it that --previous chained it to. "
                                     "RUN is the folder of its results.\v"
                                     "Exit codes: 0 all match; 1 something changed or is missing; "
                                     "2 there is no run record; 4 it "
                                     "cannot be read.",
                                     NULL,
                                     NULL,
                                     NULL};
    struct verify_settings settings = {.verification = {.is_result = report_is_result}};
    struct error error = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    struct verification *found = &settings.verification;
    if (verification_run(found, settings.run, stdout, &error) != 0)
        return session_report(&error);
    printf("%zu as recorded, %zu changed, %zu missing", found->matching, found->changed,
           found->missing);
    if (found->unrecorded > 0)
        printf(", %zu unrecorded", found->unrecorded);
    if (found->unhashed > 0)
        printf("; %zu sources have no hash", found->unhashed);
    if (found->runs > 1)
        printf("; a chain of %zu runs", found->runs);
    putchar('\n');
    return found->changed + found->missing + found->unrecorded > 0 ? EXIT_FOUND : EXIT_FINE;
}
