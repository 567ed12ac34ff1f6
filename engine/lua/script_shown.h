// SPDX-License-Identifier: MIT
// What is shown never decides: between the braces of `exception { ... }`, and of the table that a
// helper named `..._exception` or `..._note` is given last, a rule computes what the exception
// shows. Each such value is made a function of its own before the file is compiled, so that
// `exception` can call it apart: what cannot be read there leaves that value unknown and the
// exception standing. `label`, `severity`, `row` and `currency` decide and stay as they are. Lines
// keep their numbers.
#ifndef VOUCH_SCRIPT_SHOWN_H
#define VOUCH_SCRIPT_SHOWN_H

#include "engine/base/buffer.h"

#include <stddef.h>

// Writes the text to compile in place of `text`; the same when it cannot be parsed.
void script_shown_rewrite(const char *text, size_t length, struct buffer *out);

#endif
