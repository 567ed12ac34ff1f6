// SPDX-License-Identifier: MIT
// Reads an engagement from its files and the command line. All of them are Lua of users, so they
// are run in a child process (lua/declaration.h), which hands over what they declare as data.
#ifndef VOUCH_ENGAGEMENT_LOAD_H
#define VOUCH_ENGAGEMENT_LOAD_H

#include "engine/base/error.h"
#include "engine/base/setting.h"
#include "engine/rules/engagement.h"

#include <stdbool.h>

// What may be said in engagement { ... }, in its `materiality`, in stated and automatic_approval.
extern const struct setting engagement_settings[], materiality_settings[], stated_settings[],
    automatic_approval_settings[];

// The command line's say in it; all may be NULL.
struct engagement_options {
    const char *rules_folder; // the shipped rules: model/, library/, controls/, cases/
    const char *period, *as_of, *language;
    const char *only;   // "PRC-01,CRD"
    char **parameters;  // "ID.name=value", NULL-terminated
    char **extra_files; // rule files given by name (vouch test FILE), NULL-terminated
    const struct import_kind *imports; // that it may name, ended by a NULL name; outlive it
    bool without_engagement; // model and shipped rules only (vouch test, list without one)
    bool with_cases;         // files of cases too, for who runs or tells them
};

// `path` is an engagement file or its folder. NULL with `error` when the file cannot be read at all
// or the loading child was lost; mistakes in files are diagnostics, and error_count > 0 means: do
// not run.
struct engagement *engagement_load(const char *path, const struct engagement_options *options,
                                   struct error *error);

#endif
