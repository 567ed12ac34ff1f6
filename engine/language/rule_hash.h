// SPDX-License-Identifier: MIT
// The hash of a control's rule: of all text that can change what it says. That is the control's own
// text, and every local of its file and everything of the library that this text names, what these
// name in turn, and the statements at file level that put something into any of them. Comments,
// blanks, cases and whatever else stands in the files change no hash.
#ifndef VOUCH_RULE_HASH_H
#define VOUCH_RULE_HASH_H

#include "engine/base/dictionary.h"
#include "engine/base/hash.h"

#include <stdbool.h>

struct rule_hash;

// The library's files, whose order counts. The texts are read now and not kept; those that are no
// Lua add nothing. The caller frees.
struct rule_hash *rule_hash_new(const struct text *library, size_t count);
void rule_hash_free(struct rule_hash *hash);

// Turns to a rule file, whose text is not kept either; the one before is let go.
void rule_hash_open(struct rule_hash *hash, struct text file);

// Of a control of that file. One that is not a statement of its own, such as control(name) { ... }
// in a loop, is hashed with all of its file.
void rule_hash_get(struct rule_hash *hash, const char *control, char digest[HASH_TEXT]);

// Whether the text that was hashed last names a global that no rule defines.
bool rule_hash_names(const struct rule_hash *hash, const char *global);

#endif
