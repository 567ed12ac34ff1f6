// SPDX-License-Identifier: MIT
// vouch: the table of commands.
#include "cli/command.h"
#include "cli/session.h"
#include "engine/base/buffer.h"
#include "reports/files/version.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct command commands[] = {
    {"init", "look at a source and write an engagement that runs", command_init},
    {"run", "import the data, evaluate the controls, write the results", command_run},
    {"check", "load everything, evaluate nothing, say what is wrong", command_check},
    {"test", "run the cases that the controls carry", command_test},
    {"list", "list the controls, and what keeps them from running", command_list},
    {"explain", "say what a control tests, needs and takes its numbers from", command_explain},
    {"profile", "show what the imported columns hold", command_profile},
    {"diff", "say what is new, resolved or changed between two runs", command_diff},
    {"verify", "check that every hash in a run record still matches", command_verify},
    {"schema", "show the tables and fields, and what it means that one is missing", command_schema},
    {"sample", "draw rows for an auditor to look at, and project what was found", command_sample},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

// The C library's argp reads this name, which is why it alone is seen outside the program.
__attribute__((visibility("default"))) const char *argp_program_version = "vouch " VOUCH_VERSION;

static char *help_filter(int key, const char *text, void *input)
{
    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC)
        return (char *)text;
    struct buffer help = {0};
    buffer_add_text(&help, "Commands:\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        buffer_printf(&help, "  %-10s %s\n", commands[i].name, commands[i].summary);
    buffer_add_text(&help,
                    "\nENGAGEMENT is an engagement file or its folder; without it, ./audit.lua.\n"
                    "`vouch COMMAND --help` lists the options of a command.");
    return buffer_take(&help);
}

struct choice {
    int at; // index of the command in argv; 0: none was named
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct choice *choice = state->input;
    (void)argument;
    switch (key) {
    case ARGP_KEY_ARG:
        choice->at = state->next - 1;
        state->next = state->argc; // the rest is the command's
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_usage(state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int unknown_command(const char *name)
{
    const char *names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i].name;
    session_unknown("command", name, names, COMMAND_COUNT, "`vouch --help` lists them");
    return EXIT_USAGE;
}

static int dispatch(int argc, char **argv)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(argv[0], commands[i].name) != 0)
            continue;
        struct buffer title = {0};
        buffer_printf(&title, "vouch %s", argv[0]);
        argv[0] = title.data;
        int code = commands[i].run(argc, argv);
        buffer_clear(&title);
        return code;
    }
    return unknown_command(argv[0]);
}

int main(int argc, char **argv)
{
    static const struct argp argp = {
        .parser = parse_option,
        .args_doc = "COMMAND [OPTIONS] [ENGAGEMENT]",
        .doc = "Vouches sales documents against control rules: every row tested, every exception "
               "with its evidence.\v ",
        .help_filter = help_filter,
    };
    struct choice choice = {0};
    argp_err_exit_status = EXIT_USAGE;
    argv[0] = "vouch";
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &choice);
    int code = dispatch(argc - choice.at, argv + choice.at);
    if ((fflush(stdout) == EOF || ferror(stdout)) && code != EXIT_USAGE) {
        fprintf(stderr, "vouch: error: the output cannot be written: %s\n", strerror(errno));
        return EXIT_TROUBLE;
    }
    return code;
}
