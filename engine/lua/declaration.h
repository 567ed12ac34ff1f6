// SPDX-License-Identifier: MIT
// Loading Lua files of users in a child process: what they declare comes back as data, together
// with what is wrong with them.
#ifndef VOUCH_DECLARATION_H
#define VOUCH_DECLARATION_H

#include "engine/base/error.h"
#include "engine/data/model.h"
#include "engine/rules/engagement.h"

#include <jansson.h>

// Runs the model files and the engagement file (the last of `files`), in order; `imports` are the
// kinds that it may name, ended by a NULL name. The result, which the caller owns: { "declared":
// {...}, "diagnostics": [ {"file", "line", "column", "error", "message"} ] }.
json_t *declaration_engagement(const struct rule_file *files, int count,
                               const struct import_kind *imports, struct error *error);

// Checks the library, rule files and files of cases against the model and runs each of the latter
// two by itself after the library: { "files": [ { "file": index, "controls": [...] }, { "file":
// index, "cases": [...] } ], "diagnostics": [...] }. `thorough`: also what could be better.
json_t *declaration_rules(const struct rule_file *files, int count, const struct model *model,
                          bool thorough, struct error *error);

#endif
