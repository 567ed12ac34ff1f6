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

// A column narrower than the first is hard to read: it becomes so, down to the second, only where
// the table would not fit the terminal otherwise.
enum { WRAP_MIN = 24, NARROW_MIN = 12 };

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
    struct look look = {.width = 80};
    struct winsize size;
    if (!isatty(fileno(stream)))
        return look;
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    look.colours = !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0;
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

static void allow_breaks(struct libscols_column *column)
{
    must(scols_column_set_flags(column, scols_column_get_flags(column) | SCOLS_FL_WRAP) == 0);
    must(scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL) ==
         0);
    must(scols_column_set_safechars(column, "\n") == 0);
}

void grid_add_column(struct grid *grid, const char *heading, int flags)
{
    int scols_flags =
        (flags & GRID_RIGHT ? SCOLS_FL_RIGHT : 0) | (flags & GRID_WRAP ? SCOLS_FL_WRAP : 0);
    struct libscols_column *column = scols_table_new_column(grid->table, heading, 0, scols_flags);
    must(column != NULL);
    if (flags & GRID_WRAP) {
        grid->wrapped |= UINT64_C(1) << (scols_table_get_ncols(grid->table) - 1);
        allow_breaks(column);
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

// Where a line may be broken: offset in the text, 0 for nowhere, and how wide what follows it is.
struct opportunity {
    size_t at;
    int after;
};

static void break_line(struct buffer *out, const struct opportunity *at)
{
    struct buffer rest = {0};
    buffer_add_text(&rest, buffer_text(out) + at->at);
    out->length = at->at;
    if (out->data[at->at - 1] == ' ')
        out->length--;
    buffer_add_byte(out, '\n');
    buffer_add(out, buffer_text(&rest), rest.length);
    buffer_clear(&rest);
}

// Marks that end what stands before them: no line begins with one.
static bool begins_closing(const char *text)
{
    static const utf8proc_int32_t marks[] = {0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF09,
                                             0xFF01, 0xFF1F, 0x300B, 0x201D, 0x300D};
    utf8proc_int32_t character;
    bool any = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character) > 0;
    for (size_t i = 0; any && i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == character)
            return true;
    return false;
}

// Between words, or beside a wide character; within a long word behind one of its marks.
void text_wrap(const char *text, int width, struct buffer *out)
{
    struct opportunity good = {0}, poor = {0};
    int used = 0;
    utf8proc_int32_t character;
    utf8proc_ssize_t size;
    for (; *text; text += size) {
        size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character);
        int wide = size > 0 ? utf8proc_charwidth(character) : 4;
        size = size > 0 ? size : 1;
        if (wide == 2 && out->length > 0 && !begins_closing(text))
            good = (struct opportunity){out->length, 0};
        const struct opportunity *at = good.at ? &good : &poor;
        // A blank at the end of a line takes no room.
        if (used + (*text == ' ' ? 0 : wide) > width && at->at > 0) {
            break_line(out, at);
            used = at->after;
            good = poor = (struct opportunity){0};
        }
        buffer_add(out, text, (size_t)size);
        used += wide;
        good.after += wide;
        poor.after += wide;
        if ((*text == ' ' || wide == 2) && !begins_closing(text + size))
            good = (struct opportunity){out->length, 0};
        else if (strchr("._/,=:;-", *text))
            poor = (struct opportunity){out->length, 0};
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
        text_wrap(text, room, &wrapped);
        must(scols_cell_set_data(cell, buffer_text(&wrapped)) == 0);
        buffer_clear(&wrapped);
    }
}

// Columns that may wrap share what the others leave; a narrow one leaves its rest to the next.
static void share_room(const struct grid *grid, int width, int *widths, size_t columns)
{
    int room = width + 1, sharing = __builtin_popcountll(grid->wrapped);
    for (size_t i = 0; i < columns; i++)
        room -= grid->wrapped >> i & 1 ? 1 : widths[i] + 1;
    for (size_t i = columns; i-- > 0;) {
        if (!(grid->wrapped >> i & 1))
            continue;
        int share = room / sharing--;
        share = share < WRAP_MIN ? WRAP_MIN : share;
        widths[i] = widths[i] < share ? widths[i] : share;
        room -= widths[i];
    }
}

// The widest column of texts that may still give way; of those made to wrap first, so that ids stay
// whole as long as may be. -1: none.
static int widest_text(const struct grid *grid, const int *widths, size_t columns, bool wrapping)
{
    int widest = -1;
    for (size_t i = 0; i < columns; i++) {
        struct libscols_column *column = scols_table_get_column(grid->table, i);
        int least = text_width(scols_cell_get_data(scols_column_get_header(column)));
        least = least < NARROW_MIN ? NARROW_MIN : least;
        if (!scols_column_is_right(column) && widths[i] > least &&
            (!wrapping || grid->wrapped >> i & 1) && (widest < 0 || widths[i] > widths[widest]))
            widest = (int)i;
    }
    return widest;
}

// Where sharing is not enough the widest give way, figures never.
static void shrink(struct grid *grid, int width, int *widths, size_t columns)
{
    int excess = -1 - width;
    uint64_t shrunk = 0;
    for (size_t i = 0; i < columns; i++)
        excess += widths[i] + 1;
    for (; excess > 0; excess--) {
        int widest = widest_text(grid, widths, columns, true);
        if (widest < 0)
            widest = widest_text(grid, widths, columns, false);
        if (widest < 0)
            break;
        widths[widest]--;
        shrunk |= UINT64_C(1) << widest;
    }
    for (size_t i = 0; i < columns; i++)
        if ((shrunk & ~grid->wrapped) >> i & 1)
            allow_breaks(scols_table_get_column(grid->table, i));
    grid->wrapped |= shrunk;
}

static void fit(struct grid *grid, int width)
{
    size_t columns = scols_table_get_ncols(grid->table);
    int *widths = memory_new(columns, sizeof *widths);
    for (size_t i = 0; i < columns; i++)
        widths[i] = column_width(grid, i);
    share_room(grid, width, widths, columns);
    shrink(grid, width, widths, columns);
    for (size_t i = 0; i < columns; i++)
        if (grid->wrapped >> i & 1)
            fit_column(grid, i, widths[i]);
    free(widths);
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
