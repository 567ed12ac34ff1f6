// SPDX-License-Identifier: MIT
// A grid: a table for people to read in a terminal, its columns as wide as their widest text,
// Chinese characters counted as two. Text is UTF-8 whatever the locale of the environment.
#ifndef VOUCH_GRID_H
#define VOUCH_GRID_H

#include "engine/base/buffer.h"

#include <stdbool.h>
#include <stdio.h>

// How the terminal looks.
struct look {
    int width; // in columns; 0: lines are never shortened
    bool colours;
};

// The look of a stream: its terminal's width, 80 where it is none; colours unless NO_COLOR is set
// or TERM is "dumb".
struct look look_of(FILE *stream);

// The texts of a column that wraps are broken between words so that lines fit the terminal; where
// that is not enough those of other columns are, but for figures (GRID_RIGHT).
enum grid_flag { GRID_LEFT = 0, GRID_RIGHT = 1, GRID_WRAP = 2 };

struct grid;

struct grid *grid_new(struct look look);
void grid_add_column(struct grid *grid, const char *heading, int flags);
void grid_add_row(struct grid *grid);
// The next cell of the row added last; the text is copied; `colour` is a libsmartcols colour name
// or NULL.
void grid_add_cell(struct grid *grid, const char *text, const char *colour);
// Each line indented by `indent` blanks.
void grid_print(struct grid *grid, int indent, FILE *out);
void grid_free(struct grid *grid);

// How many columns of a terminal a text takes.
int text_width(const char *text);

// Adds the text with line breaks, so that no line of it is wider; one that cannot be broken is.
void text_wrap(const char *text, int width, struct buffer *out);

#endif
