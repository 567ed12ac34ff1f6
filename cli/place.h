// SPDX-License-Identifier: MIT
// A place in a file of Lua, from what a message says: declarations know the line where they begin,
// and the message names what is wrong in them.
#ifndef VOUCH_PLACE_H
#define VOUCH_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place {
    int line, column; // from 1; columns count characters
};

// The bytes of a line, without its end: as in Lua a line feed, a return, or both. false: there is
// no such line.
bool place_line(const char *text, size_t length, int64_t line, size_t *begin, size_t *end);

// Where what `message` names in quotes, or begins with, stands in the statement of the file that
// begins on that line; otherwise the first word of that line.
struct place place_of_message(const char *text, size_t length, int line, const char *message);

// Where a text stands in quotes; false: nowhere.
bool place_of_text(const char *text, size_t length, const char *wanted, struct place *place);

#endif
