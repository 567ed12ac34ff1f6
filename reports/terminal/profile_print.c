// SPDX-License-Identifier: MIT
#include "reports/terminal/profile_print.h"

#include "engine/base/safe_print.h"
#include "reports/words/words.h"

#include <string.h>

enum { COUNT_MAX = 32, TEXT_MAX = 40, VALUES_MAX = 6 };

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static int64_t count_of(const json_t *object, const char *name)
{
    return (int64_t)json_integer_value(json_object_get(object, name));
}

static void add_count(struct grid *grid, int64_t count)
{
    char text[COUNT_MAX];
    snprintf(text, sizeof text, "%lld", (long long)count);
    grid_add_cell(grid, text, NULL);
}

static void add_short(struct grid *grid, const char *text)
{
    struct buffer cell = {0};
    buffer_add_text(&cell, text);
    buffer_shorten(&cell, 0, TEXT_MAX);
    grid_add_cell(grid, buffer_text(&cell), NULL);
    buffer_clear(&cell);
}

// What is remarkable about a column, sentence by sentence.
struct notes {
    const char *language;
    struct buffer text;
};

static void note(struct notes *notes, enum word word, const char *a, const char *b)
{
    buffer_add_text(&notes->text,
                    notes->text.length ? word_get(WORD_SEMICOLON, notes->language) : "");
    word_add_sentence(word, notes->language, a, b, "", "", &notes->text);
}

static void note_count(struct notes *notes, enum word word, int64_t count, const char *b)
{
    char text[COUNT_MAX];
    snprintf(text, sizeof text, "%lld", (long long)count);
    if (count > 0)
        note(notes, word, text, b);
}

static void note_sums(struct notes *notes, const json_t *column)
{
    const json_t *sum;
    size_t at;
    json_array_foreach(json_object_get(column, "sums"), at, sum)
        note(notes, *text_of(sum, "currency") ? WORD_PROFILE_SUM_OF : WORD_PROFILE_SUM,
             text_of(sum, "sum"), text_of(sum, "currency"));
}

static bool is_one_of(const char *text, const char *const *words)
{
    while (*words && strcmp(text, *words) != 0)
        words++;
    return *words != NULL;
}

static void note_values(struct notes *notes, const json_t *column)
{
    const json_t *values = json_object_get(column, "values"), *value;
    struct buffer text = {0};
    size_t at;
    // Days and figures have their ends told; where no two rows are alike nothing counts.
    bool words = is_one_of(text_of(column, "type"), (const char *[]){"enum", "bool", NULL});
    bool ordered = is_one_of(text_of(column, "type"),
                             (const char *[]){"date", "timestamp", "decimal", "money", NULL});
    bool all_differ = count_of(json_array_get(values, 0), "count") <= 1;
    if (json_array_size(values) == 0 || ordered || (all_differ && !words))
        return;
    json_array_foreach(values, at, value)
    {
        if (at >= VALUES_MAX)
            break;
        size_t begin = text.length;
        buffer_printf(&text, "%s%s", at ? ", " : "", text_of(value, "value"));
        buffer_shorten(&text, begin, TEXT_MAX);
        buffer_printf(&text, " %lld", (long long)count_of(value, "count"));
    }
    buffer_add_text(&text, json_array_size(values) > VALUES_MAX ? ", …" : "");
    note(notes, WORD_PROFILE_VALUES, buffer_text(&text), "");
    buffer_clear(&text);
}

static void note_gaps(struct notes *notes, const json_t *column)
{
    struct buffer text = {0};
    const json_t *gap;
    size_t at;
    json_array_foreach(json_object_get(column, "gaps"), at, gap)
    {
        const char *first = json_string_value(json_array_get(gap, 0));
        const char *last = json_string_value(json_array_get(gap, 1));
        buffer_printf(&text, "%s%s", at ? ", " : "", first);
        if (strcmp(first, last) != 0)
            buffer_printf(&text, "..%s", last);
    }
    note_count(notes, WORD_PROFILE_MISSING, count_of(column, "numbers_missing"),
               buffer_text(&text));
    buffer_clear(&text);
}

static void add_notes(struct grid *grid, const json_t *column, const char *language)
{
    struct notes notes = {language, {0}};
    if (json_is_true(json_object_get(column, "masked")))
        note(&notes, WORD_PROFILE_MASKED, "", "");
    note_count(&notes, WORD_PROFILE_UNREADABLE, count_of(column, "unreadable"), "");
    note_count(&notes, WORD_PROFILE_NOTHING, count_of(column, "finds_nothing"), "");
    note_gaps(&notes, column);
    note_count(&notes, WORD_PROFILE_OUTSIDE, count_of(column, "outside_period"), "");
    note_sums(&notes, column);
    note_values(&notes, column);
    if (count_of(column, "longest") > TEXT_MAX)
        note_count(&notes, WORD_PROFILE_LONGEST, count_of(column, "longest"), "");
    grid_add_cell(grid, buffer_text(&notes.text), NULL);
    buffer_clear(&notes.text);
}

static void print_heading(const json_t *table, const char *language, struct look look, FILE *out)
{
    const json_t *sources = json_object_get(table, "sources"), *source;
    struct buffer names = {0}, line = {0};
    char count[COUNT_MAX];
    size_t at;
    json_array_foreach(sources, at, source)
        buffer_printf(&names, "%s%s", at ? ", " : "", json_string_value(source));
    snprintf(count, sizeof count, "%lld", (long long)count_of(table, "rows"));
    word_add_sentence(WORD_PROFILE_TABLE, language, text_of(table, "table"), count,
                      buffer_text(&names), "", &line);
    fputs(look.colours ? "\033[1m" : "", out);
    print_safely(buffer_text(&line), out);
    fputs(look.colours ? "\033[0m\n" : "\n", out);
    buffer_clear(&names);
    buffer_clear(&line);
}

void profile_print(const json_t *table, const char *language, struct look look, FILE *out)
{
    const json_t *column;
    size_t at;
    struct grid *grid = grid_new(look);
    print_heading(table, language, look, out);
    grid_add_column(grid, word_get(WORD_COLUMN, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_EMPTY, language), GRID_RIGHT);
    grid_add_column(grid, word_get(WORD_PROFILE_DISTINCT, language), GRID_RIGHT);
    grid_add_column(grid, word_get(WORD_PROFILE_LEAST, language), GRID_LEFT);
    grid_add_column(grid, word_get(WORD_PROFILE_GREATEST, language), GRID_LEFT);
    grid_add_column(grid, "", GRID_WRAP);
    json_array_foreach(json_object_get(table, "columns"), at, column)
    {
        grid_add_row(grid);
        grid_add_cell(grid, text_of(column, "column"), NULL);
        add_count(grid, count_of(column, "empty"));
        add_count(grid, count_of(column, "distinct"));
        add_short(grid, text_of(column, "least"));
        add_short(grid, text_of(column, "greatest"));
        add_notes(grid, column, language);
    }
    grid_print(grid, 2, out);
    grid_free(grid);
}
