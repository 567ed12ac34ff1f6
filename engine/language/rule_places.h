// SPDX-License-Identifier: MIT
// Where the parts of controls stand in a file: each case, and the lines of the functions that test.
// Read from the text, without running it.
#ifndef VOUCH_RULE_PLACES_H
#define VOUCH_RULE_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rule_places;

// NULL when the text is no Lua. The caller frees.
struct rule_places *rule_places_new(const char *text, size_t length);
void rule_places_free(struct rule_places *places);

uint32_t rule_places_line_count(const struct rule_places *places); // of the file

// The line of the control's n-th case, counted from 0, whether cases "ID" or the control itself has
// them; 0 where they are not written out.
uint32_t rule_places_case(const struct rule_places *places, const char *control, size_t n);

// Lines of a control's test, applies and group.
struct rule_lines {
    uint32_t count;   // on which something happens when they run
    uint32_t *missed; // those where nothing did, in order
    uint32_t missed_count;
};

// `ran`: by line from 1, whether it was executed. The caller clears. Empty where the functions are
// not written out in this file.
void rule_places_lines(const struct rule_places *places, const char *control, const bool *ran,
                       struct rule_lines *lines);
void rule_lines_clear(struct rule_lines *lines);

#endif
