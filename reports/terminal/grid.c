// SPDX-License-Identifier: MIT
// libsmartcols lays tables out, but breaks texts anywhere, measures by the locale, and leaves parts
// out without a word when it gets no memory: so texts are wrapped here before it sees them, its
// locale is set for the moment, and what it returns is looked through for every heading and line.
#include "reports/terminal/grid.h"

#include "engine/base/buffer.h"
#include "engine/base/memory.h"

#include <libsmartcols.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

enum { WRAP_MIN = 24 }; // a column narrower than this is harder to read than a long line

struct grid {
    struct libscols_table *table;
    struct libscols_line *line;
    size_t next_cell;
    int width;        // of the terminal; 0: unlimited
    uint64_t wrapped; // the columns that may wrap, a bit for each
};

static void must(bool success)
{
    if (!success)
        memory_exhausted(); // what libsmartcols fails for, given right arguments
}

struct look look_of(FILE *stream)
{
    struct look look = {0};
    struct winsize size;
    if (!isatty(fileno(stream)))
        return look;
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    look.colours = !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0;
    look.width = 80;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        look.width = size.ws_col;
    return look;
}

struct grid *grid_new(struct look look)
{
    struct grid *grid = memory_new(1, sizeof *grid);
    grid->table = scols_new_table();
    must(grid->table != NULL);
    scols_table_enable_colors(grid->table, look.colours);
    scols_table_enable_minout(grid->table, 1);
    // Lines are fitted here: libsmartcols breaks texts anywhere, in the middle of words too.
    scols_table_set_termforce(grid->table, SCOLS_TERMFORCE_NEVER);
    grid->width = look.width;
    return grid;
}

void grid_add_column(struct grid *grid, const char *heading, int flags)
{
    int scols_flags =
        (flags & GRID_RIGHT ? SCOLS_FL_RIGHT : 0) | (flags & GRID_WRAP ? SCOLS_FL_WRAP : 0);
    struct libscols_column *column = scols_table_new_column(grid->table, heading, 0, scols_flags);
    must(column != NULL);
    if (flags & GRID_WRAP) {
        grid->wrapped |= UINT64_C(1) << (scols_table_get_ncols(grid->table) - 1);
        must(scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk,
                                       NULL) == 0);
        must(scols_column_set_safechars(column, "\n") == 0);
    }
}

void grid_add_row(struct grid *grid)
{
    grid->line = scols_table_new_line(grid->table, NULL);
    must(grid->line != NULL);
    grid->next_cell = 0;
}

void grid_add_cell(struct grid *grid, const char *text, const char *colour)
{
    must(scols_line_set_data(grid->line, grid->next_cell, text ? text : "") == 0);
    if (colour)
        must(scols_cell_set_color(scols_line_get_cell(grid->line, grid->next_cell), colour) == 0);
    grid->next_cell++;
}

int text_width(const char *text)
{
    int width = 0;
    utf8proc_int32_t character;
    utf8proc_ssize_t size;
    for (; *text; text += size) {
        size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character);
        width += size > 0 ? utf8proc_charwidth(character) : 4; // shown as \\xFF
        size = size > 0 ? size : 1;
    }
    return width;
}

static int column_width(const struct grid *grid, size_t column)
{
    struct libscols_column *heading = scols_table_get_column(grid->table, column);
    int width = text_width(scols_cell_get_data(scols_column_get_header(heading)));
    for (size_t i = 0; i < scols_table_get_nlines(grid->table); i++) {
        struct libscols_line *line = scols_table_get_line(grid->table, i);
        const char *text = scols_cell_get_data(scols_line_get_cell(line, column));
        int cell = text ? text_width(text) : 0;
        width = cell > width ? cell : width;
    }
    return width;
}

// Puts a line break between words, or beside a wide character, wherever the text passes `width`.
static void wrap(struct buffer *out, const char *text, int width)
{
    size_t opportunity = 0; // offset in `out` behind which the line may be broken; 0: none
    int used = 0, after_opportunity = 0;
    utf8proc_int32_t character;
    utf8proc_ssize_t size;
    for (; *text; text += size) {
        size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character);
        int wide = size > 0 ? utf8proc_charwidth(character) : 4;
        size = size > 0 ? size : 1;
        if (wide == 2 && out->length > 0) {
            opportunity = out->length;
            after_opportunity = 0;
        }
        if (used + wide > width && opportunity > 0) {
            struct buffer rest = {0};
            buffer_add_text(&rest, buffer_text(out) + opportunity);
            out->length = opportunity;
            if (out->data[opportunity - 1] == ' ')
                out->length--;
            buffer_add_byte(out, '\n');
            buffer_add(out, buffer_text(&rest), rest.length);
            buffer_clear(&rest);
            used = after_opportunity;
            opportunity = 0;
        }
        buffer_add(out, text, (size_t)size);
        used += wide;
        after_opportunity += wide;
        if (*text == ' ' || wide == 2) {
            opportunity = out->length;
            after_opportunity = 0;
        }
    }
}

static void fit_column(struct grid *grid, size_t column, int room)
{
    for (size_t i = 0; i < scols_table_get_nlines(grid->table); i++) {
        struct libscols_line *line = scols_table_get_line(grid->table, i);
        struct libscols_cell *cell = scols_line_get_cell(line, column);
        const char *text = scols_cell_get_data(cell);
        struct buffer wrapped = {0};
        if (!text || text_width(text) <= room)
            continue;
        wrap(&wrapped, text, room);
        must(scols_cell_set_data(cell, buffer_text(&wrapped)) == 0);
        buffer_clear(&wrapped);
    }
}

// Columns that may wrap share what the others leave; a narrow one leaves its rest to the next.
static void fit(struct grid *grid, int width)
{
    size_t columns = scols_table_get_ncols(grid->table);
    int room = width + 1, sharing = __builtin_popcountll(grid->wrapped);
    for (size_t i = 0; i < columns; i++)
        room -= grid->wrapped >> i & 1 ? 1 : column_width(grid, i) + 1;
    for (size_t i = columns; i-- > 0;) {
        if (!(grid->wrapped >> i & 1))
            continue;
        int share = room / sharing--, needed = column_width(grid, i);
        share = share < WRAP_MIN ? WRAP_MIN : share;
        if (needed > share)
            fit_column(grid, i, share);
        room -= needed < share ? needed : share;
    }
}

static size_t height_of(const struct grid *grid, struct libscols_line *line)
{
    size_t height = 1;
    for (size_t i = 0; i < scols_table_get_ncols(grid->table); i++) {
        const char *text = scols_cell_get_data(scols_line_get_cell(line, i));
        size_t lines = 1;
        while (grid->wrapped >> i & 1 && text && (text = strchr(text, '\n')) != NULL) {
            lines++;
            text++;
        }
        height = lines > height ? lines : height;
    }
    return height;
}

// libsmartcols leaves out a heading or the lines when memory fails, and reports success.
static bool is_complete(const struct grid *grid, const char *text)
{
    size_t expected = 1, lines = 0;
    if (scols_table_is_empty(grid->table))
        return true; // it prints nothing at all
    for (size_t i = 0; i < scols_table_get_nlines(grid->table); i++)
        expected += height_of(grid, scols_table_get_line(grid->table, i));
    for (size_t i = 0; i < scols_table_get_ncols(grid->table); i++) {
        struct libscols_column *column = scols_table_get_column(grid->table, i);
        const char *heading = scols_cell_get_data(scols_column_get_header(column));
        const char *found = text ? strstr(text, heading) : NULL;
        if (!found)
            return false;
        text = found + strlen(heading);
    }
    for (; text && *text; lines++) {
        text = strchrnul(text, '\n');
        text += *text == '\n';
    }
    return lines == expected;
}

static char *to_text(struct grid *grid)
{
    char *text = NULL;
    // libsmartcols measures by the locale of the thread; only its characters are changed, and only
    // here.
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    must(scols_print_table_to_string(grid->table, &text) == 0);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    must(is_complete(grid, text));
    return text;
}

void grid_print(struct grid *grid, int indent, FILE *out)
{
    if (grid->width > 0)
        fit(grid, grid->width - indent);
    char *text = to_text(grid);
    char *end;
    for (char *line = text; line && *line; line = end) {
        end = strchrnul(line, '\n');
        int length = (int)(end - line);
        while (length > 0 && line[length - 1] == ' ')
            length--;
        fprintf(out, "%*s%.*s\n", indent, "", length, line);
        end += *end == '\n';
    }
    free(text);
}

void grid_free(struct grid *grid)
{
    if (grid)
        scols_unref_table(grid->table);
    free(grid);
}
