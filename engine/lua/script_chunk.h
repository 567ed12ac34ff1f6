// SPDX-License-Identifier: MIT
// A rule file made ready to be loaded many times: each block of rows and each case starts from a
// fresh state, and reading the text would take longer than most tests.
#ifndef VOUCH_SCRIPT_CHUNK_H
#define VOUCH_SCRIPT_CHUNK_H

#include "engine/rules/engagement.h"

#include <lua.h>

// Runs a library or rule file in a state. The file is compiled at its first use in this process,
// outside the state's budget, and kept; what a state spends does not depend on that. As sandbox_run
// otherwise.
int script_chunk_run(lua_State *L, const struct rule_file *file, struct error *error);

#endif
