// SPDX-License-Identifier: MIT
// The life of the data: sources are registered, parts added in the order of the rows, joined into
// tables, sealed. References are resolved in data_links.c; what is asked of sealed rows is answered
// in data_rows.c.
//
// Joining makes one column of what all parts have of a field. It goes over their chunks twice,
// since a column has one scale and the narrowest width that holds its words: survey gives texts
// their codes in the data's dictionary and finds the finest scale and, at that scale, the range of
// the words; fill writes them and gives each chunk back. All of that is found from the whole
// column, and codes follow the first appearance of a text, so that nothing depends on where a
// source was cut for how many threads.
//
// Sealing is in the order of what needs what: what is assumed (assumption.c); the indices of the
// keys; the references, which use them; the reverse lists and the currencies, which follow
// references; the control totals. Several of these find problems, so problems are sorted last.
#include "engine/data/data.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"
#include "engine/data/data_merge.h"
#include "engine/data/extent.h"
#include "engine/data/part_inside.h"
#include "engine/data/row_index.h"
#include "engine/data/statement.h"

#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILL_ROWS = 2048, KEPT_BLOCK_MAX = 32 << 20 };

// The system clears every page that it hands out. An import frees as much as it keeps (files that
// were read, parts that were joined): kept in the process, the next columns use it again. data_seal
// gives back what is left.
static void keep_freed_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, KEPT_BLOCK_MAX);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

struct data *data_new(const struct model *model, struct scope scope)
{
    keep_freed_memory();
    struct arena *arena = arena_new();
    struct data *data = arena_take(arena, 1, sizeof *data);
    data->arena = arena;
    data->model = model;
    data->scope = scope;
    data->history_pct = HISTORY_PCT;
    data->texts = dictionary_new();
    data->own_currency = dictionary_add(data->texts, scope.currency, strlen(scope.currency));
    data->tables = arena_take(arena, (size_t)model->table_count, sizeof *data->tables);
    data->parts = arena_take(arena, (size_t)model->table_count, sizeof *data->parts);
    for (int i = 0; i < model->table_count; i++) {
        const struct model_table *definition = &model->tables[i];
        struct table *table = &data->tables[i];
        table->definition = definition;
        table->columns = arena_take(arena, (size_t)definition->field_count, sizeof *table->columns);
        table->links = arena_take(arena, (size_t)definition->reference_count, sizeof *table->links);
        table->reverses =
            arena_take(arena, (size_t)definition->reverse_count, sizeof *table->reverses);
    }
    return data;
}

// What is large is not in the arena.
static void table_clear(struct table *table)
{
    const struct model_table *definition = table->definition;
    for (int i = 0; i < definition->field_count; i++)
        column_clear(&table->columns[i]);
    for (int i = 0; i < definition->reference_count; i++) {
        column_clear(&table->links[i].rows);
        column_clear(&table->links[i].tables);
    }
    for (size_t i = 0; i < table->source_column_count; i++)
        column_clear(&table->source_columns[i].column);
    column_clear(&table->lines);
    column_clear(&table->digests);
}

struct arena *scope_arena(struct scope *scope)
{
    if (!scope->arena)
        scope->arena = arena_new();
    return scope->arena;
}

void scope_clear(struct scope *scope)
{
    arena_free(scope->arena);
    zone_free(scope->zone);
    *scope = (struct scope){0};
}

void scope_add_automatic(struct scope *scope, const char *by, struct decimal limit,
                         const char *rule)
{
    struct arena *arena = scope_arena(scope);
    scope->automatic =
        arena_extend(arena, scope->automatic, scope->automatic_count, sizeof *scope->automatic);
    scope->automatic[scope->automatic_count++] =
        (struct automatic_approval){arena_text(arena, by), limit, arena_text(arena, rule)};
}

void data_free(struct data *data)
{
    if (!data)
        return;
    for (int i = 0; i < data->model->table_count; i++) {
        table_clear(&data->tables[i]);
        for (size_t part = 0; part < data->parts[i].count; part++)
            part_free(data->parts[i].items[part]);
    }
    for (size_t i = 0; i < data->source_count; i++)
        json_decref(data->sources[i].details);
    data_forget_people(data);
    problem_clear(&data->problems);
    left_out_clear(&data->left_out);
    data_nearest_clear(data);
    scope_clear(&data->scope);
    dictionary_free(data->texts);
    arena_free(data->arena);
}

int data_add_source(struct data *data, const char *name, const char *sha256, int64_t bytes,
                    json_t *details)
{
    data->sources =
        arena_extend(data->arena, data->sources, data->source_count, sizeof *data->sources);
    data->sources[data->source_count] = (struct source){.name = arena_text(data->arena, name),
                                                        .sha256 = arena_text(data->arena, sha256),
                                                        .bytes = bytes,
                                                        .details = details};
    return (int)data->source_count++;
}

void data_add_table(struct data *data, int table)
{
    data->tables[table].imported = true;
}

void data_add_part(struct data *data, struct part *part)
{
    struct part_list *list = &data->parts[part->table];
    list->items = arena_extend(data->arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = part;
    struct table *table = &data->tables[part->table];
    table->imported = true;
    table->records_read += part->rows + part->rejected + part_left_out(part);
    table->records_rejected += part->rejected;
    for (int cause = 0; cause < LEFT_OUT_CAUSES; cause++)
        table->records_left_out[cause] += part->left_out[cause];
    part_finish(part);
    problem_move(&data->problems, &part->problems);
    arena_adopt(data->arena, part->arena);
    part->arena = NULL;
}

void data_expect(struct data *data, int table, int source, int sources, int field,
                 const char *expected)
{
    data->expectations = arena_extend(data->arena, data->expectations, data->expectation_count,
                                      sizeof *data->expectations);
    data->expectations[data->expectation_count++] =
        (struct expectation){.table = table,
                             .source = source,
                             .sources = sources,
                             .field = field,
                             .expected = arena_text(data->arena, expected)};
}

// The column of a part that fills `field`, or that holds the source's column `label`.
static struct part_column *find_column(struct part *part, int field, const char *label)
{
    for (int i = 0; i < part->column_count; i++)
        if (part->columns[i].field == field &&
            (field >= 0 || strcmp(part->columns[i].label, label) == 0))
            return &part->columns[i];
    return NULL;
}

// What joining one field of all parts needs to know beforehand.
struct join {
    struct arena *scratch;
    struct part_column **columns; // by part; NULL where the part has no such column
    uint32_t **codes;             // by part: of its texts in the data's dictionary
    int64_t least, most;
    int scale;
    bool any_invalid;
};

// The number at the joined column's scale; one that does not fit there is invalid.
static int64_t rescaled(int64_t word, int64_t factor)
{
    int64_t moved;
    if (word <= CELL_INVALID)
        return word;
    return __builtin_mul_overflow(word, factor, &moved) || moved <= CELL_INVALID ? CELL_INVALID
                                                                                 : moved;
}

static size_t chunk_rows(const struct part *part, size_t chunk)
{
    size_t left = part->rows - chunk * CHUNK_ROWS;
    return left < CHUNK_ROWS ? left : CHUNK_ROWS;
}

static void widen(struct join *join, int64_t least, int64_t most)
{
    join->least = least < join->least ? least : join->least;
    join->most = most > join->most ? most : join->most;
}

// Gives the part's texts their codes in the data's dictionary.
static uint32_t *join_texts(struct data *data, struct join *join, struct part_column *column)
{
    uint32_t count = dictionary_count(column->texts);
    struct text *texts = memory_resize(NULL, (size_t)count + 1, sizeof *texts);
    uint32_t *codes = arena_take(join->scratch, (size_t)count + 1, sizeof *codes);
    for (uint32_t code = 0; code < count; code++)
        texts[code] = dictionary_get(column->texts, code);
    dictionary_add_many(data->texts, texts, count, codes);
    for (uint32_t code = 0; code < count; code++)
        widen(join, codes[code], codes[code]);
    free(texts);
    dictionary_free(column->texts);
    column->texts = NULL;
    return codes;
}

// Numbers that do not fit when the ends of their chunk do not: then each is looked at.
static void survey_numbers(struct join *join, const struct chunk *chunk, size_t rows)
{
    int64_t factor = decimal_power(join->scale - chunk->scale);
    int64_t least = rescaled(chunk->range.least, factor);
    int64_t most = rescaled(chunk->range.most, factor);
    if (least > CELL_INVALID && most > CELL_INVALID) {
        widen(join, least, most);
        return;
    }
    for (size_t row = 0; row < rows; row++) {
        int64_t word = rescaled(column_get(&chunk->cells, row), factor);
        if (word > CELL_INVALID)
            widen(join, word, word);
        else
            join->any_invalid |= word == CELL_INVALID;
    }
}

// The word at the joined scale of a number that did not fit its chunk's.
static int64_t odd_word(const struct odd_number *odd, int scale)
{
    int64_t word;
    return decimal_at_scale(odd->number, scale, &word) == 0 && word > CELL_INVALID ? word
                                                                                   : CELL_INVALID;
}

// The words of a part's chunks stay as they are packed; this finds their common scale and range.
static void survey(struct data *data, struct join *join, const struct part_list *parts)
{
    join->least = INT64_MAX;
    join->most = INT64_MIN;
    // The range can only be measured at the finest scale: that one is found first.
    for (size_t i = 0; i < parts->count; i++) {
        struct part_column *column = join->columns[i];
        for (size_t chunk = 0; column && chunk < parts->items[i]->chunk_count; chunk++)
            if (column->chunks[chunk].scale > join->scale)
                join->scale = column->chunks[chunk].scale;
        for (size_t odd = 0; column && odd < column->odd_count; odd++)
            if (column->odd[odd].number.scale > join->scale)
                join->scale = column->odd[odd].number.scale;
        if (column && column->texts)
            join->codes[i] = join_texts(data, join, column);
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct part_column *column = join->columns[i];
        for (size_t chunk = 0; column && chunk < parts->items[i]->chunk_count; chunk++) {
            const struct chunk *packed = &column->chunks[chunk];
            join->any_invalid |= packed->range.any_invalid;
            if (!join->codes[i] && packed->range.least <= packed->range.most)
                survey_numbers(join, packed, chunk_rows(parts->items[i], chunk));
        }
        for (size_t odd = 0; column && odd < column->odd_count; odd++) {
            int64_t word = odd_word(&column->odd[odd], join->scale);
            if (word > CELL_INVALID)
                widen(join, word, word);
        }
    }
    if (join->any_invalid && join->least > join->most)
        join->least = join->most = 0;
}

// A number that does not fit the scale that others of its column ask for, at `text`.
static void report_lost(struct data *data, struct part *part, const struct part_column *column,
                        size_t chunk, size_t row, const char *text)
{
    struct buffer reason = {0};
    reason_set(&reason, REASON_NUMBER_DOES_NOT_FIT);
    problem_add(&data->problems, PROBLEM_INVALID_CELL, part->table, part->source,
                column_get(&part->lines.chunks[chunk].cells, row), column->label, text,
                strlen(text), buffer_text(&reason));
    buffer_clear(&reason);
}

// What is being joined of one part.
struct filling {
    struct part *part;
    struct part_column *from;
    const uint32_t *codes;
    struct column *to;
    uint32_t first; // row of the part's first
    int scale;      // of the joined column
    size_t invalid; // invalid cells of the part already handed over
    size_t odd;     // and odd numbers looked at
};

// Gives an odd number its word, or hands the text of an invalid cell over, or reports the number
// that has become one.
static void fill_invalid(struct data *data, struct filling *filling, size_t chunk, size_t row)
{
    struct part_column *from = filling->from;
    uint32_t local = (uint32_t)(chunk * CHUNK_ROWS + row), target = filling->first + local;
    struct decimal number = {column_get(&from->chunks[chunk].cells, row),
                             from->chunks[chunk].scale};
    // Both lists are in the order of the rows, and so is filling: each is walked once.
    if (filling->invalid < from->invalid_count && from->invalid[filling->invalid].row == local) {
        const char *text = from->invalid[filling->invalid++].text;
        column_add_invalid(filling->to, data->arena, target, text, strlen(text));
        return;
    }
    if (filling->odd < from->odd_count && from->odd[filling->odd].row == local) {
        int64_t word = odd_word(&from->odd[filling->odd], filling->scale);
        number = from->odd[filling->odd++].number;
        if (word > CELL_INVALID) {
            column_set(filling->to, target, word);
            return;
        }
    }
    char text[DECIMAL_TEXT_MAX];
    decimal_format(number, 0, text);
    report_lost(data, filling->part, from, chunk, row, text);
    column_add_invalid(filling->to, data->arena, target, text, strlen(text));
}

static void fill_chunk(struct data *data, struct filling *filling, size_t chunk, int64_t factor)
{
    int64_t words[FILL_ROWS];
    const struct column *cells = &filling->from->chunks[chunk].cells;
    size_t rows = chunk_rows(filling->part, chunk);
    for (size_t i = 0; i < rows; i += FILL_ROWS) {
        size_t count = rows - i < FILL_ROWS ? rows - i : FILL_ROWS;
        bool any_invalid = false;
        column_read(cells, i, count, words);
        for (size_t row = 0; row < count; row++) {
            if (words[row] > CELL_INVALID)
                words[row] =
                    filling->codes ? filling->codes[words[row]] : rescaled(words[row], factor);
            any_invalid |= words[row] == CELL_INVALID;
        }
        column_write(filling->to, filling->first + chunk * CHUNK_ROWS + i, count, words);
        for (size_t row = 0; any_invalid && row < count; row++)
            if (words[row] == CELL_INVALID)
                fill_invalid(data, filling, chunk, i + row);
    }
}

// Writes one part's cells and gives its chunks back.
static void fill(struct data *data, struct filling *filling, int scale)
{
    for (size_t chunk = 0; chunk < filling->part->chunk_count; chunk++) {
        struct chunk *packed = &filling->from->chunks[chunk];
        // Codes are those of the part, and invalid cells have texts to hand over.
        bool as_is = packed->cells.width == filling->to->width && packed->scale == scale &&
                     !filling->codes && !packed->range.any_invalid;
        if (as_is)
            column_copy(filling->to, filling->first + chunk * CHUNK_ROWS, &packed->cells,
                        chunk_rows(filling->part, chunk));
        else if (packed->cells.width)
            fill_chunk(data, filling, chunk, decimal_power(scale - packed->scale));
        column_clear(&packed->cells);
    }
}

static struct part_column *digests_of(struct part *part)
{
    return part->digested ? &part->digests : NULL;
}

static void join_marks(struct column *column, const struct part_column *from, uint32_t first)
{
    if (from->marked_count == 0)
        return;
    column->marked = memory_resize(column->marked, column->marked_count + from->marked_count,
                                   sizeof *column->marked);
    for (size_t i = 0; i < from->marked_count; i++)
        column->marked[column->marked_count++] =
            (struct marked_cell){from->marked[i].row + first, from->marked[i].mark};
}

// Joins one column of all parts; `field` -1 means the source column `label`, -2 the line numbers,
// -3 the digests.
static void join_column(struct data *data, int table, int field, const char *label,
                        struct column *column)
{
    const struct part_list *parts = &data->parts[table];
    struct join join = {.scratch = arena_new()};
    join.columns = arena_take(join.scratch, parts->count, sizeof *join.columns);
    join.codes = arena_take(join.scratch, parts->count, sizeof *join.codes);
    bool found = false;
    for (size_t i = 0; i < parts->count; i++) {
        join.columns[i] = field == -2   ? &parts->items[i]->lines
                          : field == -3 ? digests_of(parts->items[i])
                                        : find_column(parts->items[i], field, label);
        found |= join.columns[i] != NULL;
    }
    if (found) {
        survey(data, &join, parts);
        column_allocate(column, data->tables[table].rows, join.least, join.most);
        column->scale = (uint8_t)join.scale;
        column->imported = true;
        uint32_t first = 0;
        for (size_t i = 0; i < parts->count; i++) {
            struct filling filling = {.part = parts->items[i],
                                      .from = join.columns[i],
                                      .codes = join.codes[i],
                                      .to = column,
                                      .first = first,
                                      .scale = join.scale};
            if (filling.from) {
                fill(data, &filling, join.scale);
                join_marks(column, filling.from, first);
            }
            first += (uint32_t)parts->items[i]->rows;
        }
    }
    arena_free(join.scratch);
}

static void join_source_columns(struct data *data, int index)
{
    struct table *table = &data->tables[index];
    for (size_t i = 0; i < data->parts[index].count; i++) {
        struct part *part = data->parts[index].items[i];
        for (int number = 0; number < part->column_count; number++) {
            const char *label = part->columns[number].label;
            size_t known = 0;
            while (known < table->source_column_count &&
                   strcmp(table->source_columns[known].label, label) != 0)
                known++;
            if (part->columns[number].field >= 0 || known < table->source_column_count)
                continue;
            table->source_columns = arena_extend(data->arena, table->source_columns, known,
                                                 sizeof *table->source_columns);
            table->source_columns[known] = (struct source_column){.label = label};
            table->source_column_count++;
            join_column(data, index, -1, label, &table->source_columns[known].column);
        }
    }
}

static void join_table(struct data *data, int index)
{
    struct table *table = &data->tables[index];
    struct part_list *parts = &data->parts[index];
    size_t rows = 0;
    for (size_t i = 0; i < parts->count; i++) {
        struct part *part = parts->items[i];
        if (table->span_count == 0 || table->spans[table->span_count - 1].source != part->source) {
            table->spans =
                arena_extend(data->arena, table->spans, table->span_count, sizeof *table->spans);
            table->spans[table->span_count++] = (struct span){(uint32_t)rows, part->source};
        }
        rows += part->rows;
        if (part->source >= 0 && (size_t)part->source < data->source_count)
            data->sources[part->source].records_read +=
                part->rows + part->rejected + part_left_out(part);
    }
    if (rows >= UINT32_MAX - 1)
        memory_exhausted();
    table->rows = (uint32_t)rows;
    for (int field = 0; field < table->definition->field_count; field++)
        join_column(data, index, field, "", &table->columns[field]);
    join_source_columns(data, index);
    join_column(data, index, -2, "", &table->lines);
    join_column(data, index, -3, "", &table->digests);
    for (size_t i = 0; i < parts->count; i++)
        part_free(parts->items[i]);
    *parts = (struct part_list){0};
}

void data_join(struct data *data)
{
    for (int i = 0; i < data->model->table_count; i++)
        if (data->parts[i].count)
            join_table(data, i);
}

static bool has_key(const struct table *table)
{
    const struct model_table *definition = table->definition;
    for (int i = 0; i < definition->key_count; i++)
        if (!column_is_there(&table->columns[definition->key[i]]) &&
            !definition->fields[definition->key[i]].nullable)
            return false;
    return true;
}

// Marks the rows whose record stands in the source before, equal in all its columns.
static bool find_repeated(const struct table *table, const struct row_index *keys, bool *repeated)
{
    const struct model_table *definition = table->definition;
    bool any = false;
    for (uint32_t row = 0; row < table->rows; row++) {
        int64_t words[16], digest = column_get(&table->digests, row);
        for (int i = 0; i < definition->key_count; i++)
            words[i] = column_get(&table->columns[definition->key[i]], row);
        int64_t other = row_index_first(keys, words);
        while (other >= 0 && other < (int64_t)row &&
               column_get(&table->digests, (size_t)other) != digest)
            other = row_index_next(keys, other);
        repeated[row] = digest != CELL_NULL && other >= 0 && other < (int64_t)row;
        any = any || repeated[row];
    }
    return any;
}

// Such records are one row. Returns the index of the table's rows by key, where it had to be made.
static struct row_index *drop_repeated(struct data *data, int index)
{
    struct table *table = &data->tables[index];
    const struct model_table *definition = table->definition;
    if (table->digests.width == 0 || !has_key(table))
        return NULL;
    struct row_index *keys = row_index_new(table, definition->key, definition->key_count);
    bool *repeated = row_index_repeats(keys) ? memory_new((size_t)table->rows + 1, 1) : NULL;
    if (repeated && find_repeated(table, keys, repeated)) {
        data_drop_rows(data, index, repeated, &table->records_repeated);
        row_index_free(keys);
        keys = row_index_new(table, definition->key, definition->key_count);
    }
    free(repeated);
    column_clear(&table->digests);
    return keys;
}

// Returns the index of the table's rows by key, `keys` where it is made, or NULL when a key column
// was not imported.
static struct row_index *find_duplicates(struct data *data, int index, struct row_index *keys)
{
    const struct table *table = &data->tables[index];
    const struct model_table *definition = table->definition;
    if (!has_key(table))
        return NULL;
    if (!keys)
        keys = row_index_new(table, definition->key, definition->key_count);
    for (uint32_t row = 0; row_index_repeats(keys) && row < table->rows; row++) {
        int64_t words[16];
        for (int i = 0; i < definition->key_count; i++)
            words[i] = column_get(&table->columns[definition->key[i]], row);
        // The index gives the rows of one key in their order: the first one keeps it.
        int64_t first = row_index_first(keys, words);
        if (first == (int64_t)row)
            continue;
        struct buffer key = {0}, origin = {0}, reason = {0};
        data_key(data, index, row, &key);
        data_origin(data, index, first, &origin);
        reason_set_with(&reason, REASON_KEY_STANDS_ALREADY, "%s", buffer_text(&origin));
        problem_add(&data->problems, PROBLEM_DUPLICATE_KEY, index, data_source(table, row),
                    column_get(&table->lines, row), NULL, key.data, key.length,
                    buffer_text(&reason));
        buffer_clear(&key);
        buffer_clear(&origin);
        buffer_clear(&reason);
    }
    return keys;
}

static void find_currencies(struct data *data, int index)
{
    struct table *table = &data->tables[index];
    table->currency = data->own_currency;
    table->one_currency = true;
    if (table->definition->currency.field < 0 || table->rows == 0)
        return;
    uint32_t first = data_currency_of_row(data, index, 0);
    for (uint32_t row = 1; row < table->rows && table->one_currency; row++)
        table->one_currency = data_currency_of_row(data, index, row) == first;
    if (table->one_currency)
        table->currency = first;
}

// The rows that the expectation's source gave its table.
static uint32_t rows_of(const struct data *data, const struct expectation *it)
{
    const struct table *table = &data->tables[it->table];
    uint32_t rows = 0;
    for (size_t i = 0; i < table->span_count; i++)
        if (table->spans[i].source >= it->source &&
            table->spans[i].source < it->source + it->sources)
            rows += (i + 1 < table->span_count ? table->spans[i + 1].first : table->rows) -
                    table->spans[i].first;
    return rows;
}

static struct total sum_of(const struct data *data, const struct expectation *it)
{
    struct total sum = total_of_units(0, 0);
    for (int i = 0; i < it->sources; i++)
        sum = total_add(sum, data_sum_source(data, it->table, it->field, it->source + i));
    return sum;
}

static void meet_expectations(struct data *data)
{
    for (size_t i = 0; i < data->expectation_count; i++) {
        struct expectation *it = &data->expectations[i];
        struct total expected;
        it->actual = it->field < 0 ? total_of_units(rows_of(data, it), 0) : sum_of(data, it);
        if (total_parse(it->expected, &expected) != 0)
            expected.beyond = true;
        it->difference = total_subtract(it->actual, expected);
        it->met = !it->difference.beyond && it->difference.coefficient == 0;
    }
}

static const struct data *sorting;

static int compare_problems(const void *a, const void *b)
{
    const struct problem *x = a, *y = b;
    int order =
        strcmp(sorting->model->tables[x->table].name, sorting->model->tables[y->table].name);
    if (order == 0)
        order = (x->source > y->source) - (x->source < y->source);
    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    if (order == 0)
        order = (int)x->kind - (int)y->kind;
    if (order == 0)
        order = strcmp(x->column ? x->column : "", y->column ? y->column : "");
    return order ? order : reason_compare(x->reason, y->reason);
}

void data_seal(struct data *data)
{
    data_join(data);
    data_merge(data);
    int tables = data->model->table_count;
    struct arena *scratch = arena_new();
    struct row_index **keys = arena_take(scratch, (size_t)tables, sizeof(struct row_index *));
    for (int i = 0; i < tables; i++)
        keys[i] = drop_repeated(data, i);
    data_check_marks(data, false);
    data_assume(data);
    for (int i = 0; i < tables; i++)
        keys[i] = find_duplicates(data, i, keys[i]);
    data_index_people(data);
    data_resolve(data, keys);
    left_out_check(data, keys);
    data_nearest_clear(data);
    for (int i = 0; i < tables; i++)
        row_index_free(keys[i]);
    arena_free(scratch);
    data_find_partial(data);
    data_list(data);
    extent_find(data);
    history_find(data);
    for (int i = 0; i < data->model->table_count; i++) {
        find_currencies(data, i);
        data_path_rests(data, data->arena, i, &data->model->tables[i].currency,
                        &data->tables[i].currency_rests);
    }
    data_check_marks(data, true);
    data_doubt_totals(data);
    data_doubt_ids(data);
    meet_expectations(data);
    sorting = data;
    if (data->problems.count)
        qsort(data->problems.items, data->problems.count, sizeof *data->problems.items,
              compare_problems);
    data->sealed = true;
    malloc_trim(0);
}
