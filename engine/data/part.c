// SPDX-License-Identifier: MIT
// Cells go by column into the chunk being filled; a full chunk is packed and, its line numbers
// apart, not touched again. A row counts only when part_end_row takes it: the problems, invalid
// cells, odd numbers and finer scale that a rejected one has caused are taken back. A chunk has one
// scale, made finer while all its numbers fit. A number that does not is kept aside as odd: whether
// it fits is decided for the whole column, when parts are joined, so that neither the chunks nor
// the order of the rows matter.
#include "engine/data/part.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/part_inside.h"

#include <stdlib.h>
#include <string.h>

struct part *part_new(const struct model *model, int table, int source, const struct zone *zone)
{
    struct part *part = memory_new(1, sizeof *part);
    *part = (struct part){
        .arena = arena_new(), .model = model, .zone = zone, .table = table, .source = source};
    part->lines.field = -1;
    part->lines.words = memory_resize(NULL, CHUNK_ROWS, sizeof *part->lines.words);
    part->digests.field = -1;
    return part;
}

static void end_filling(struct part_column *column)
{
    free(column->words);
    free(column->pending.texts);
    buffer_clear(&column->pending.bytes);
    column->words = NULL;
    column->pending = (struct pending){0};
}

static void column_end(struct part_column *column, size_t chunk_count)
{
    for (size_t i = 0; column->chunks && i < chunk_count; i++)
        column_clear(&column->chunks[i].cells);
    free(column->odd);
    free(column->marked);
    free(column->chunks);
    end_filling(column);
    dictionary_free(column->texts);
}

void part_free(struct part *part)
{
    if (!part)
        return;
    for (int i = 0; i < part->column_count; i++)
        column_end(&part->columns[i], part->chunk_count);
    column_end(&part->lines, part->chunk_count);
    column_end(&part->digests, part->chunk_count);
    problem_clear(&part->problems);
    buffer_clear(&part->reason);
    arena_free(part->arena);
    free(part->columns);
    free(part);
}

static int add_column(struct part *part, int field, const struct cell_format *format,
                      const char *label)
{
    part->columns =
        memory_resize(part->columns, (size_t)part->column_count + 1, sizeof *part->columns);
    struct part_column *column = &part->columns[part->column_count];
    *column = (struct part_column){
        .field = field, .format = format, .label = arena_text(part->arena, label)};
    if (field >= 0) {
        column->definition = &part->model->tables[part->table].fields[field];
        column->required = column->definition->key && !column->definition->nullable;
    }
    if (field < 0 || column->definition->type == TYPE_TEXT)
        column->texts = dictionary_new();
    column->words = memory_resize(NULL, CHUNK_ROWS, sizeof *column->words);
    column->words[0] = CELL_NULL;
    return part->column_count++;
}

int part_add_column(struct part *part, int field, const struct cell_format *format,
                    const char *label)
{
    return add_column(part, field, format, label);
}

int part_add_source_column(struct part *part, const char *label)
{
    return add_column(part, -1, NULL, label);
}

// Cells of the current row are null until they are put.
static void start_row(struct part *part, size_t at)
{
    for (int column = 0; column < part->column_count; column++)
        part->columns[column].words[at] = CELL_NULL;
}

static void put_invalid(struct part *part, struct part_column *column, const char *text,
                        size_t length)
{
    cell_unmark(&text, &length);
    column->invalid =
        arena_extend(part->arena, column->invalid, column->invalid_count, sizeof *column->invalid);
    column->invalid[column->invalid_count++] = (struct invalid_cell){
        (uint32_t)part->rows, arena_text_n(part->arena, text, length < 4096 ? length : 4096)};
    column->words[part->rows % CHUNK_ROWS] = CELL_INVALID;
    // The line is not known before the row ends: end_row fills it in.
    problem_add(&part->problems, PROBLEM_INVALID_CELL, part->table, part->source, -1, column->label,
                text, length, buffer_text(&part->reason));
}

static int64_t text_word(struct part_column *column, const char *text, size_t length)
{
    struct pending *pending = &column->pending;
    if (pending->count) {
        struct text last = pending->texts[pending->count - 1];
        if (last.length == length && memcmp(pending->bytes.data + pending->last, text, length) == 0)
            return (int64_t)pending->count - 1;
    }
    pending->capacity = memory_grow((void **)&pending->texts, pending->count, pending->capacity,
                                    sizeof *pending->texts);
    pending->last = pending->bytes.length;
    buffer_add(&pending->bytes, text, length);
    pending->texts[pending->count] = (struct text){NULL, length};
    return (int64_t)pending->count++;
}

// Looks the chunk's texts up and lets its words be their codes.
static void settle_texts(struct part_column *column, size_t count)
{
    struct pending *pending = &column->pending;
    uint32_t *codes = memory_resize(NULL, pending->count + 1, sizeof *codes);
    const char *bytes = buffer_text(&pending->bytes);
    for (size_t i = 0; i < pending->count; i++) {
        pending->texts[i].bytes = bytes;
        bytes += pending->texts[i].length;
    }
    dictionary_add_many(column->texts, pending->texts, pending->count, codes);
    for (size_t i = 0; i < count; i++)
        if (column->words[i] > CELL_INVALID)
            column->words[i] = codes[column->words[i]];
    free(codes);
    pending->count = 0;
    buffer_reset(&pending->bytes);
}

// Moves the chunk being filled to a finer scale, for the number in row `count` of it; -1 when one
// of its numbers does not fit there.
static int refine(struct part_column *column, size_t count, int scale)
{
    if (column->refined_for != count + 1)
        column->coarse = column->scale;
    int64_t factor = 1;
    for (int i = column->scale; i < scale; i++)
        factor *= 10;
    for (size_t i = 0; i < count; i++) {
        int64_t moved;
        if (column->words[i] > CELL_INVALID &&
            (__builtin_mul_overflow(column->words[i], factor, &moved) || moved <= CELL_INVALID))
            return -1;
    }
    for (size_t i = 0; i < count; i++)
        if (column->words[i] > CELL_INVALID)
            column->words[i] *= factor;
    column->scale = scale;
    column->refined_for = count + 1;
    return 0;
}

// Takes a refinement back that only the current row, now rejected, asked for.
static void coarsen(struct part_column *column, size_t count)
{
    if (column->refined_for != count + 1)
        return;
    column->refined_for = 0;
    for (; column->scale > column->coarse; column->scale--)
        for (size_t i = 0; i < count; i++)
            if (column->words[i] > CELL_INVALID)
                column->words[i] /= 10;
}

static void put_number(struct part *part, struct part_column *column, struct decimal number)
{
    size_t at = part->rows % CHUNK_ROWS;
    if (number.scale > column->scale)
        refine(column, at, number.scale);
    if (decimal_at_scale(number, column->scale, &column->words[at]) == 0 &&
        column->words[at] > CELL_INVALID)
        return;
    column->odd_capacity = memory_grow((void **)&column->odd, column->odd_count,
                                       column->odd_capacity, sizeof *column->odd);
    column->odd[column->odd_count++] = (struct odd_number){(uint32_t)part->rows, number};
    column->words[at] = CELL_INVALID;
}

static void put_mark(struct part *part, struct part_column *column, uint16_t mark)
{
    column->marked_capacity = memory_grow((void **)&column->marked, column->marked_count,
                                          column->marked_capacity, sizeof *column->marked);
    column->marked[column->marked_count++] = (struct marked_cell){(uint32_t)part->rows, mark};
}

// A number that cannot be read as it is, and can with a comma for its decimal sign: its column was
// probably meant so.
static void note_comma(struct part_column *column, const char *text, size_t length)
{
    enum type type = column->definition->type;
    bool declared = column->format && (column->format->decimal || column->format->group);
    if (column->comma_line || declared || (type != TYPE_DECIMAL && type != TYPE_MONEY) ||
        !memchr(text, ',', length))
        return;
    struct cell_format format = {.decimal = ',', .group = '.'};
    struct cell_value value;
    column->comma_here |=
        cell_parse(&format, column->definition, NULL, text, length, &value, NULL) == 0;
}

void part_put_number(struct part *part, int number, struct decimal value)
{
    put_number(part, &part->columns[number], value);
}

void part_put(struct part *part, int number, const char *text, size_t length, bool red)
{
    struct part_column *column = &part->columns[number];
    size_t at = part->rows % CHUNK_ROWS;
    if (column->field < 0) {
        cell_bare(&text, &length);
        column->words[at] = length ? text_word(column, text, length) : CELL_NULL;
        return;
    }
    const struct field *field = column->definition;
    struct cell_value value;
    if (cell_parse(column->format, field, part->zone, text, length, &value, &part->reason) != 0) {
        put_invalid(part, column, text, length);
        note_comma(column, text, length);
        return;
    }
    switch (value.is) {
    case CELL_IS_NULL:
        column->words[at] = CELL_NULL;
        break;
    case CELL_IS_WORD:
        column->words[at] =
            red && field->type == TYPE_INT && value.word > 0 ? -value.word : value.word;
        break;
    case CELL_IS_NUMBER:
        if (value.mark && field->type == TYPE_MONEY)
            put_mark(part, column, value.mark);
        if (red && value.number.coefficient > 0)
            value.number.coefficient = -value.number.coefficient;
        if (value.number.scale == column->scale && value.number.coefficient > CELL_INVALID)
            column->words[at] = value.number.coefficient;
        else
            put_number(part, column, value.number);
        break;
    case CELL_IS_TEXT:
        column->words[at] = text_word(column, value.text.bytes, value.text.length);
        break;
    }
}

static void pack_chunk(struct part_column *column, size_t chunk, size_t capacity, size_t count)
{
    column->chunks = memory_resize(column->chunks, capacity, sizeof *column->chunks);
    struct chunk *packed = &column->chunks[chunk];
    if (column->texts)
        settle_texts(column, count);
    *packed = (struct chunk){.scale = column->scale};
    packed->range = column_pack(&packed->cells, column->words, count);
    column->scale = 0;
    column->refined_for = 0;
}

// Packs the `count` rows of the chunk being filled and starts the next.
static void end_chunk(struct part *part, size_t count)
{
    if (part->chunk_count == part->chunk_capacity)
        part->chunk_capacity = part->chunk_capacity ? part->chunk_capacity * 2 : 4;
    for (int i = 0; i < part->column_count; i++)
        pack_chunk(&part->columns[i], part->chunk_count, part->chunk_capacity, count);
    pack_chunk(&part->lines, part->chunk_count, part->chunk_capacity, count);
    if (part->digested)
        pack_chunk(&part->digests, part->chunk_count, part->chunk_capacity, count);
    part->chunk_count++;
}

// The key column that makes the current row unusable, or -1.
static int broken_key(const struct part *part, size_t at)
{
    for (int column = 0; column < part->column_count; column++)
        if (part->columns[column].required && part->columns[column].words[at] <= CELL_INVALID)
            return column;
    return -1;
}

// Takes back what the current row left behind in problems and invalid cells.
static void drop_row(struct part *part)
{
    for (int i = 0; i < part->column_count; i++) {
        struct part_column *column = &part->columns[i];
        coarsen(column, part->rows % CHUNK_ROWS);
        while (column->invalid_count &&
               column->invalid[column->invalid_count - 1].row == part->rows)
            column->invalid_count--;
        if (column->odd_count && column->odd[column->odd_count - 1].row == part->rows)
            column->odd_count--;
        if (column->marked_count && column->marked[column->marked_count - 1].row == part->rows)
            column->marked_count--;
    }
    while (part->problems.count && part->problems.items[part->problems.count - 1].line == -1)
        part->problems.count--;
}

static void reject_keyless(struct part *part, const struct part_column *column, int64_t line)
{
    const char *name = part->model->tables[part->table].fields[column->field].name;
    size_t at = part->rows % CHUNK_ROWS;
    bool invalid = column->words[at] == CELL_INVALID;
    const char *detail = "";
    for (size_t p = part->problems.count; invalid && p > 0; p--)
        if (strcmp(part->problems.items[p - 1].column, column->label) == 0) {
            detail = part->problems.items[p - 1].reason;
            break;
        }
    if (invalid)
        reason_set_with(&part->reason, REASON_KEY_UNREADABLE_AS, "%s" REASON_AND "%s", name,
                        detail);
    else
        reason_set_with(&part->reason, REASON_KEY_EMPTY, "%s", name);
    const char *value = invalid ? column->invalid[column->invalid_count - 1].text : NULL;
    drop_row(part);
    problem_add(&part->problems, PROBLEM_REJECTED_RECORD, part->table, part->source, line,
                column->label, value, value ? strlen(value) : 0, buffer_text(&part->reason));
    part->rejected++;
    start_row(part, at);
}

int part_end_row(struct part *part, int64_t line)
{
    size_t at = part->rows % CHUNK_ROWS;
    int broken = broken_key(part, at);
    if (broken >= 0) {
        reject_keyless(part, &part->columns[broken], line);
        return -1;
    }
    for (size_t p = part->problems.count; p > 0 && part->problems.items[p - 1].line == -1; p--)
        part->problems.items[p - 1].line = line;
    for (int i = 0; i < part->column_count; i++)
        if (part->columns[i].comma_here && !part->columns[i].comma_line)
            part->columns[i].comma_line = line;
    part->lines.words[at] = line;
    part->rows++;
    if (++at == CHUNK_ROWS) {
        end_chunk(part, CHUNK_ROWS);
        at = 0;
    }
    start_row(part, at);
    return 0;
}

void part_reject(struct part *part, int64_t line, const char *value, size_t length,
                 const char *reason)
{
    drop_row(part);
    if (part->column_count)
        start_row(part, part->rows % CHUNK_ROWS);
    problem_add(&part->problems, PROBLEM_REJECTED_RECORD, part->table, part->source, line, NULL,
                value, length, reason);
    part->rejected++;
}

static void shift_words(int64_t *words, size_t count, int64_t by)
{
    for (size_t i = 0; i < count; i++)
        words[i] += by;
}

void part_shift_lines(struct part *part, int64_t by)
{
    int64_t words[CHUNK_ROWS];
    for (size_t i = 0; i < part->chunk_count; i++) {
        struct chunk *chunk = &part->lines.chunks[i];
        column_read(&chunk->cells, 0, CHUNK_ROWS, words);
        shift_words(words, CHUNK_ROWS, by);
        chunk->range = column_pack(&chunk->cells, words, CHUNK_ROWS);
    }
    shift_words(part->lines.words, part->rows % CHUNK_ROWS, by);
    for (size_t i = 0; i < part->problems.count; i++)
        if (part->problems.items[i].line > 0)
            part->problems.items[i].line += by;
}

void part_finish(struct part *part)
{
    if (part->rows % CHUNK_ROWS)
        end_chunk(part, part->rows % CHUNK_ROWS);
    for (int i = 0; i < part->column_count; i++)
        end_filling(&part->columns[i]);
    end_filling(&part->lines);
    end_filling(&part->digests);
}

void part_leave_out(struct part *part, enum left_out_cause cause)
{
    part->left_out[cause]++;
}

void part_digest(struct part *part, uint64_t digest)
{
    if (!part->digested) {
        part->digested = true;
        part->digests.words = memory_resize(NULL, CHUNK_ROWS, sizeof *part->digests.words);
    }
    part->digests.words[part->rows % CHUNK_ROWS] = (int64_t)(digest >> 2); // no null, not invalid
}

int64_t part_comma_line(const struct part *part, int field)
{
    for (int i = 0; i < part->column_count; i++)
        if (part->columns[i].field == field)
            return part->columns[i].comma_line;
    return 0;
}

size_t part_left_out(const struct part *part)
{
    size_t count = 0;
    for (int cause = 0; cause < LEFT_OUT_CAUSES; cause++)
        count += part->left_out[cause];
    return count;
}

size_t part_rows(const struct part *part)
{
    return part->rows;
}

size_t part_rejected(const struct part *part)
{
    return part->rejected;
}
