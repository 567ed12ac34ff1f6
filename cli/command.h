// SPDX-License-Identifier: MIT
// A command of vouch. Each reads its own arguments with argp and returns the exit code.
#ifndef VOUCH_COMMAND_H
#define VOUCH_COMMAND_H

enum exit_code {
    EXIT_FINE = 0,
    EXIT_FOUND = 1,      // an exception, a failed case, a difference, a warning
    EXIT_USAGE = 2,      // usage, engagement or rule error: nothing was evaluated
    EXIT_INCOMPLETE = 3, // see run.c
    EXIT_TROUBLE = 4,    // a source could not be read or a result not be written
};

struct command {
    const char *name;
    const char *summary;
    // argv[0] is "vouch run", for messages.
    int (*run)(int argc, char **argv);
};

int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_test(int argc, char **argv);
int command_list(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_profile(int argc, char **argv);
int command_schema(int argc, char **argv);
int command_init(int argc, char **argv);
int command_sample(int argc, char **argv);

#endif
