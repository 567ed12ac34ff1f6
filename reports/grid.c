// SPDX-License-Identifier: MIT
#include "reports/grid.h"

#include "engine/memory.h"

#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct grid {
    struct libscols_table *table;
    struct libscols_line *line;
    size_t next_cell;
    int width;
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
    scols_table_set_termforce(grid->table,
                              look.width ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
    grid->width = look.width;
    return grid;
}

void grid_add_column(struct grid *grid, const char *heading, int flags)
{
    int scols_flags =
        (flags & GRID_RIGHT ? SCOLS_FL_RIGHT : 0) | (flags & GRID_WRAP ? SCOLS_FL_WRAP : 0);
    struct libscols_column *column = scols_table_new_column(grid->table, heading, 0, scols_flags);
    must(column != NULL);
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
    return text;
}

void grid_print(struct grid *grid, int indent, FILE *out)
{
    if (grid->width > indent)
        scols_table_set_termwidth(grid->table, (size_t)(grid->width - indent));
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

void print_safely(const char *text, FILE *out)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool c1 = at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0; // U+0080 to U+009F
        if (*at < 0x20 || *at == 0x7F || c1)
            putc('?', out);
        else
            putc(*at, out);
        at += c1;
    }
}
