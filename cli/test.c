// SPDX-License-Identifier: MIT
// vouch test: the cases that controls bring along.
#include "cli/command.h"
#include "cli/session.h"
#include "engine/base/memory.h"
#include "engine/base/safe_print.h"
#include "engine/lua/cases.h"
#include "reports/terminal/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct test_settings {
    struct settings shared;
    char **files; // rule files by name, NULL-terminated
    int file_count;
    bool coverage;
};

enum { KEY_COVERAGE = 512 };

static const struct argp_option options[] = {
    {"coverage", KEY_COVERAGE, NULL, 0, "also say which lines of the controls no case ran", 0},
    {0},
};

static void add_file(struct test_settings *settings, char *file)
{
    settings->files =
        memory_resize(settings->files, (size_t)settings->file_count + 2, sizeof(char *));
    settings->files[settings->file_count++] = file;
    settings->files[settings->file_count] = NULL;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct test_settings *settings = state->input;
    struct stat status;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->shared;
        return 0;
    case ARGP_KEY_ARG:
        if (stat(argument, &status) == 0 && S_ISDIR(status.st_mode))
            return ARGP_ERR_UNKNOWN; // an engagement, a shared argument
        add_file(settings, argument);
        return 0;
    case KEY_COVERAGE:
        settings->coverage = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_report(const struct cases_report *report)
{
    for (int i = 0; i < report->count; i++) {
        const struct case_result *result = &report->items[i];
        if (result->passed)
            continue;
        if (result->line > 0) {
            print_safely(result->file, stdout);
            printf(":%d: ", result->line);
        }
        printf("%s: ", result->control ? result->control : "?");
        print_safely(result->name ? result->name : "", stdout);
        fputs(": ", stdout);
        print_safely(result->message ? result->message : "failed", stdout);
        putchar('\n');
    }
}

// "12, 14-16", of lines in order.
static void add_lines(struct buffer *text, const int *lines, int count)
{
    for (int first = 0, last; first < count; first = last + 1) {
        for (last = first; last + 1 < count && lines[last + 1] == lines[last] + 1;)
            last++;
        buffer_printf(text, "%s%d", first ? ", " : "", lines[first]);
        if (last > first)
            buffer_printf(text, "-%d", lines[last]);
    }
}

// The controls of one file, which stand together.
static void print_file_coverage(const struct case_coverage *items, int count)
{
    int lines = 0, ran = 0;
    for (int i = 0; i < count; i++) {
        lines += items[i].lines;
        ran += items[i].lines - items[i].missed_count;
    }
    fputs("  ", stdout);
    print_safely(items[0].file, stdout);
    // Rounded down: 100 % is all of them.
    printf(": %d %% (%d of %d lines)\n", lines ? (int)((int64_t)ran * 100 / lines) : 100, ran,
           lines);
    for (int i = 0; i < count; i++) {
        struct buffer text = {0};
        add_lines(&text, items[i].missed, items[i].missed_count);
        if (items[i].missed_count > 0)
            printf("    %s: not run: %s\n", items[i].control, buffer_text(&text));
        else if (items[i].lines == 0)
            printf("    %s: its functions are not written out in the file\n", items[i].control);
        buffer_clear(&text);
    }
}

static void print_coverage(const struct cases_report *report)
{
    for (int first = 0, next; first < report->coverage_count; first = next) {
        for (next = first + 1;
             next < report->coverage_count &&
             strcmp(report->coverage[next].file, report->coverage[first].file) == 0;)
            next++;
        print_file_coverage(report->coverage + first, next - first);
    }
}

// The path by which the engagement knows a file, or NULL when it does not.
static const char *known_path(const struct engagement *engagement, const char *file)
{
    struct stat wanted, status;
    if (stat(file, &wanted) < 0)
        return NULL;
    for (int i = 0; i < engagement->file_count; i++)
        if (stat(engagement->files[i].path, &status) == 0 && status.st_dev == wanted.st_dev &&
            status.st_ino == wanted.st_ino)
            return engagement->files[i].path;
    return NULL;
}

// Loads the engagement, and once more with those of the files that it does not name itself.
static int load(struct session *session, struct test_settings *settings)
{
    int code = session_load(session, &settings->shared);
    char **others = memory_new((size_t)settings->file_count + 1, sizeof *others);
    int count = 0;
    for (int i = 0; code == EXIT_FINE && i < settings->file_count; i++)
        if (!known_path(session->engagement, settings->files[i]))
            others[count++] = settings->files[i];
    if (count > 0) {
        session_clear(session);
        settings->shared.files = others;
        code = session_load(session, &settings->shared);
        settings->shared.files = NULL;
    }
    free(others);
    return code;
}

// Adds up the reports of several files.
struct tally {
    int count, failed, without;
};

static void test_file(const struct session *session, const struct test_settings *settings,
                      const char *file, struct tally *tally, struct cases_report *report)
{
    cases_run(session->engagement, file, settings->coverage, report);
    print_report(report);
    tally->count += report->count;
    tally->failed += report->failed;
    tally->without += report->without;
}

static int print_tally(const struct test_settings *settings, const struct tally *tally,
                       const struct cases_report *reports, int count)
{
    printf("%d case%s, %d failed", tally->count, tally->count == 1 ? "" : "s", tally->failed);
    if (tally->without > 0)
        printf("; %d control%s without a case", tally->without, tally->without == 1 ? "" : "s");
    putchar('\n');
    if (settings->coverage)
        puts("Lines of test, applies and group that the cases ran:");
    for (int i = 0; settings->coverage && i < count; i++)
        print_coverage(&reports[i]);
    return tally->failed > 0 ? EXIT_FOUND : EXIT_FINE;
}

static int test(const struct session *session, const struct test_settings *settings)
{
    struct tally tally = {0};
    int count = settings->file_count > 0 ? settings->file_count : 1;
    struct cases_report *reports = memory_new((size_t)count, sizeof *reports);
    for (int i = 0; i < count; i++)
        test_file(session, settings,
                  settings->file_count > 0 ? known_path(session->engagement, settings->files[i])
                                           : NULL,
                  &tally, &reports[i]);
    int code = print_tally(settings, &tally, reports, count);
    for (int i = 0; i < count; i++)
        cases_report_clear(&reports[i]);
    free(reports);
    return code;
}

int command_test(int argc, char **argv)
{
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "[FILE...] [FOLDER]",
        "Runs the cases of the controls in FILE, or of all controls of the engagement in FOLDER "
        "(the "
        "current one without it); without an engagement those of the shipped controls.\v"
        "Exit codes: 0 all passed; 1 a case failed; 2 a rule file has errors.",
        children,
        NULL,
        NULL};
    struct test_settings settings = {.shared.rules_folder = VOUCH_RULES, .shared.with_cases = true};
    struct session session = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    settings.shared.without_engagement = !settings.shared.path && access("audit.lua", F_OK) != 0;
    int code = load(&session, &settings);
    if (code == EXIT_FINE)
        code = test(&session, &settings);
    session_clear(&session);
    settings_clear(&settings.shared);
    free(settings.files);
    return code;
}
