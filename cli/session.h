// SPDX-License-Identifier: MIT
// A session: what the commands share. It finds and loads an engagement, says what is wrong with it,
// and imports its data. Messages go to standard error.
#ifndef VOUCH_SESSION_H
#define VOUCH_SESSION_H

#include "adapters/import.h"
#include "cli/meter.h"
#include "cli/remark.h"
#include "engine/base/buffer.h"
#include "engine/data/data.h"
#include "engine/rules/engagement.h"

#include <argp.h>
#include <jansson.h>
#include <stdbool.h>

struct settings {
    const char *path; // of the engagement as given; NULL: ./audit.lua
    const char *rules_folder;
    const char *period, *as_of, *language;
    struct buffer only; // ids and families with commas between them; empty: all
    char **parameters;  // NULL-terminated; the list is owned, its texts are not
    int parameter_count;
    char **files; // rule files by name, NULL-terminated, owned by the command
    bool without_engagement;
    bool with_cases;           // files of cases are loaded too
    bool no_assumptions;       // beyond what the engagement states
    int jobs;                  // 0: as many as there are processors
    remark_listener *listener; // told what is wrong; NULL: it is printed to standard error
    void *listener_context;
};

struct session {
    struct engagement *engagement;
    struct data *data;
    json_t *notes; // about the import
    struct import_summary summary;
};

// The options of every command that loads an engagement, as a child for argp; its input is a
// settings.
extern const struct argp settings_argp;
// Parses the arguments of a command that has no other options; `doc` is for its --help.
void settings_parse(struct settings *settings, int argc, char **argv, const char *doc);
void settings_clear(struct settings *settings);
// What --lang was given, "zh" or "en"; ends the program with a message for anything else.
const char *settings_language(const char *text, struct argp_state *state);
int settings_jobs(const struct settings *settings);

// Loads and tells the diagnostics. EXIT_FINE, or the exit code to end with: EXIT_USAGE for
// mistakes.
int session_load(struct session *session, const struct settings *settings);

// Imports and seals. EXIT_FINE or the exit code to end with.
int session_import(struct session *session, const struct settings *settings, struct meter *meter);
void session_clear(struct session *session);

// The control of that id, or NULL with a message that suggests the nearest.
const struct control *session_control(const struct session *session, const char *id);

// The number of a table, or -1 with a message that suggests the nearest or says where they are
// listed.
int session_table(const struct model *model, const char *name, const char *listing);

// Says that there is no `kind` of that name, and which was probably meant or where they are listed.
void session_unknown(const char *kind, const char *name, const char *const *known, size_t count,
                     const char *listing);

// Tells what is wrong to the listener of the settings, which may be NULL: to standard error.
void session_say(const struct settings *settings, const struct remark *remark);

// The same, with the line itself where the file is one of Lua.
void session_say_of_file(const struct settings *settings, const struct engagement *engagement,
                         const struct remark *remark);

// Tells an error, and returns the exit code of its kind.
int session_report(const struct error *error);
int session_report_to(const struct settings *settings, const struct engagement *engagement,
                      const struct error *error);

// Where a file that the engagement names can be opened.
void session_add_path(const struct engagement *engagement, const char *file, struct buffer *out);

#endif
