// SPDX-License-Identifier: MIT
// Columns that were not imported, worked out from others. Each way of the declaration is tried, and
// a row takes the first that gives it a value; a cell that another way needs and that cannot be
// read makes the row's value unreadable, since nobody can tell what it would have been.
#include "engine/base/memory.h"
#include "engine/data/data_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What a way gives a row: a number, or the word of another type.
struct derived {
    enum { DERIVED_NOTHING, DERIVED_UNREADABLE, DERIVED_NUMBER, DERIVED_WORD } is;
    struct decimal number;
    int64_t word;
};

// A way of a column, with what it needs at hand.
struct derivation {
    struct data *data;
    int table, field;
    const struct way *way;
    struct derived *sums[WAY_OPERANDS]; // of an operand that is a list, by row; NULL
    int64_t only;                       // WAY_ONLY
};

static bool is_number(enum type type)
{
    return type == TYPE_DECIMAL || type == TYPE_MONEY || type == TYPE_INT;
}

static struct derived number_or_word(const struct data *data, const struct path *path, int64_t word)
{
    const struct field *field = &data->model->tables[path->table].fields[path->field];
    if (word == CELL_NULL)
        return (struct derived){0};
    if (word == CELL_INVALID)
        return (struct derived){.is = DERIVED_UNREADABLE};
    if (!is_number(field->type))
        return (struct derived){.is = DERIVED_WORD, .word = word};
    int scale = data->tables[path->table].columns[path->field].scale;
    return (struct derived){.is = DERIVED_NUMBER, .number = {word, scale}};
}

// The sum of a list's field for each row of the table; nothing where the list is empty, and not
// known where one of its rows gives no number.
static struct derived *sum_list(const struct data *data, int table, const struct operand *operand)
{
    const struct reverse *reverse = &data->model->tables[table].reverses[operand->list];
    const struct table *from = &data->tables[reverse->table];
    const struct link *link = &from->links[reverse->reference];
    struct derived *sums = memory_new(data->tables[table].rows + 1, sizeof *sums);
    for (uint32_t row = 0; link->rows.width && row < from->rows; row++) {
        int64_t target = column_get(&link->rows, row);
        if (target < 0)
            continue;
        struct derived *sum = &sums[target];
        struct derived part = number_or_word(data, &operand->path,
                                             column_get(&from->columns[operand->path.field], row));
        if (sum->is == DERIVED_UNREADABLE)
            continue;
        if (part.is != DERIVED_NUMBER ||
            (sum->is == DERIVED_NUMBER && decimal_add(sum->number, part.number, &part.number) != 0))
            part.is = DERIVED_UNREADABLE;
        *sum = part;
    }
    return sums;
}

static struct derived operand_of(const struct derivation *it, int number, uint32_t row)
{
    const struct operand *operand = &it->way->operands[number];
    if (it->sums[number])
        return it->sums[number][row];
    return number_or_word(it->data, &operand->path,
                          data_walk(it->data, it->table, &operand->path, row));
}

static struct derived text_word(struct data *data, const char *text)
{
    return (struct derived){.is = DERIVED_WORD,
                            .word = (int64_t)dictionary_add(data->texts, text, strlen(text))};
}

static struct derived month_of(const struct derivation *it, uint32_t row)
{
    int day;
    char text[16];
    if (!data_day(it->data, it->table, &it->way->operands[0].path, row, &day))
        return (struct derived){0};
    struct civil civil = calendar_civil(day);
    snprintf(text, sizeof text, "%04d-%02d", civil.year, civil.month);
    return text_word(it->data, text);
}

static struct derived edge_of_period(const struct derivation *it, uint32_t row)
{
    const struct path *path = &it->way->operands[0].path;
    int64_t word = data_walk(it->data, it->table, path, row);
    if (word <= CELL_INVALID)
        return number_or_word(it->data, path, word);
    int from, to;
    if (calendar_parse_period(dictionary_get(it->data->texts, (uint32_t)word).bytes, &from, &to) !=
        0)
        return (struct derived){.is = DERIVED_UNREADABLE};
    return (struct derived){.is = DERIVED_WORD, .word = it->way->kind == WAY_FIRST_DAY ? from : to};
}

// A rate is a percentage from 1 on, a share of the whole below.
static int tax(struct decimal amount, struct decimal rate, struct decimal *result)
{
    static const struct decimal one = {1, 0}, hundredth = {1, 2};
    if (decimal_compare(rate, one) >= 0 && decimal_multiply(rate, hundredth, &rate) != 0)
        return -1;
    return decimal_multiply(amount, rate, result);
}

static int combine(const struct derivation *it, struct decimal a, struct decimal b,
                   struct decimal *result)
{
    switch (it->way->kind) {
    case WAY_PLUS:
        return decimal_add(a, b, result);
    case WAY_MINUS:
        return decimal_subtract(a, b, result);
    case WAY_TAX:
        return tax(a, b, result);
    default:
        return decimal_multiply(a, b, result);
    }
}

static struct derived calculate(const struct derivation *it, uint32_t row)
{
    bool is_less = it->way->operand_count == WAY_OPERANDS;
    struct derived a = operand_of(it, 0, row), b = operand_of(it, 1, row);
    struct derived less = is_less ? operand_of(it, 2, row) : (struct derived){0};
    struct derived result = {.is = DERIVED_NUMBER};
    if (a.is == DERIVED_UNREADABLE || b.is == DERIVED_UNREADABLE || less.is == DERIVED_UNREADABLE)
        return (struct derived){.is = DERIVED_UNREADABLE};
    if (a.is != DERIVED_NUMBER || b.is != DERIVED_NUMBER ||
        (is_less && less.is != DERIVED_NUMBER && !it->way->less_is_optional))
        return (struct derived){0};
    if (combine(it, a.number, b.number, &result.number) != 0 ||
        (less.is == DERIVED_NUMBER &&
         decimal_subtract(result.number, less.number, &result.number) != 0))
        result.is = DERIVED_UNREADABLE;
    return result;
}

// The value of an enum, or a text, of the target by name.
static struct derived named(const struct derivation *it, const char *name)
{
    const struct field *to = &it->data->model->tables[it->table].fields[it->field];
    if (to->type != TYPE_ENUM)
        return text_word(it->data, name);
    for (int i = 0; i < to->value_count; i++)
        if (strcmp(to->values[i], name) == 0)
            return (struct derived){.is = DERIVED_WORD, .word = i};
    return (struct derived){.is = DERIVED_UNREADABLE};
}

// A word of another column as one of this: enums by name, moments by their day.
static struct derived converted(const struct derivation *it, struct derived value)
{
    const struct path *path = &it->way->operands[0].path;
    const struct field *from = &it->data->model->tables[path->table].fields[path->field];
    const struct field *to = &it->data->model->tables[it->table].fields[it->field];
    if (value.is != DERIVED_WORD || from == to)
        return value;
    if (from->type == TYPE_ENUM)
        return named(it, from->values[value.word]);
    if (from->type == TYPE_TEXT && to->type == TYPE_ENUM)
        return named(it, dictionary_get(it->data->texts, (uint32_t)value.word).bytes);
    if (from->type == TYPE_TIMESTAMP && to->type == TYPE_DATE)
        value.word = zone_day(it->data->scope.zone, value.word >> 1);
    else if (from->type == TYPE_DATE && to->type == TYPE_TIMESTAMP)
        value.word =
            zone_timestamp(it->data->scope.zone, value.word * CALENDAR_MICROSECONDS_PER_DAY) * 2 +
            1;
    return value;
}

static struct derived derive(const struct derivation *it, uint32_t row)
{
    switch (it->way->kind) {
    case WAY_PATH:
        return converted(it, operand_of(it, 0, row));
    case WAY_PLUS:
    case WAY_MINUS:
    case WAY_TIMES:
    case WAY_TAX:
        return calculate(it, row);
    case WAY_SIGN: {
        struct derived value = operand_of(it, 0, row);
        return value.is == DERIVED_NUMBER ? named(it, it->way->words[value.number.coefficient < 0])
                                          : value;
    }
    case WAY_MONTH:
        return month_of(it, row);
    case WAY_FIRST_DAY:
    case WAY_LAST_DAY:
        return edge_of_period(it, row);
    case WAY_ONLY:
        return it->only == CELL_NULL ? (struct derived){0}
                                     : (struct derived){.is = DERIVED_WORD, .word = it->only};
    case WAY_CURRENCY:
        return (struct derived){.is = DERIVED_WORD, .word = it->data->own_currency};
    case WAY_NONE:
        break;
    }
    return (struct derived){0};
}

// The one id of that table that the data name, CELL_NULL for none, CELL_INVALID for several.
static int64_t only_value(const struct data *data, int target)
{
    int64_t only = CELL_NULL;
    for (int table = 0; table < data->model->table_count; table++)
        for (int i = 0; i < data->model->tables[table].reference_count; i++) {
            const struct column *column = data_naming_column(data, table, i, target);
            for (uint32_t row = 0; column && column->width && row < data->tables[table].rows;
                 row++) {
                int64_t word = column_get(column, row);
                if (word <= CELL_INVALID || word == only)
                    continue;
                if (only != CELL_NULL)
                    return CELL_INVALID;
                only = word;
            }
        }
    return only;
}

static int reference_target(const struct data *data, int table, int field)
{
    const struct model_table *definition = &data->model->tables[table];
    for (int i = 0; i < definition->reference_count; i++)
        if (definition->references[i].kind == REFERENCE_KEY &&
            definition->references[i].match_count == 1 &&
            definition->references[i].matches[0].from.depth == 0 &&
            definition->references[i].matches[0].from.field == field)
            return definition->references[i].target;
    return -1;
}

static bool list_ready(struct resolver *resolver, const struct data *data, int table,
                       const struct operand *operand, struct rests *rests)
{
    const struct reverse *reverse = &data->model->tables[table].reverses[operand->list];
    const struct table *from = &data->tables[reverse->table];
    struct buffer ignored = {0};
    // The list is there when its rows can be followed here.
    data_reference_ready(resolver, reverse->table, reverse->reference);
    const struct path field = {.table = reverse->table, .field = operand->path.field};
    bool there = table_is_there(from) && !from->links[reverse->reference].missing &&
                 data_path_ready(resolver, reverse->table, &field, &ignored, rests);
    if (there)
        rests_add_all(data->arena, rests, &from->links[reverse->reference].rests);
    buffer_clear(&ignored);
    return there;
}

// Can this way be gone at all? Prepares what it needs; what that rests on is added.
static bool prepare(struct resolver *resolver, struct derivation *it, struct rests *rests)
{
    struct buffer ignored = {0};
    bool there = true;
    for (int i = 0; i < it->way->operand_count && there; i++) {
        const struct operand *operand = &it->way->operands[i];
        if (operand->list >= 0) {
            there = list_ready(resolver, it->data, it->table, operand, rests);
            if (there)
                it->sums[i] = sum_list(it->data, it->table, operand);
        } else {
            there = data_path_ready(resolver, it->table, &operand->path, &ignored, rests);
        }
    }
    buffer_clear(&ignored);
    if (it->way->kind == WAY_ONLY) {
        int target = reference_target(it->data, it->table, it->field);
        it->only = target < 0 ? CELL_INVALID : only_value(it->data, target);
        there = it->only != CELL_INVALID;
    }
    return there;
}

static void write_values(struct column *column, const struct derived *values, uint32_t rows)
{
    int scale = 0;
    int64_t *words = memory_new(rows, sizeof *words);
    for (uint32_t row = 0; row < rows; row++)
        if (values[row].is == DERIVED_NUMBER && values[row].number.scale > scale)
            scale = values[row].number.scale;
    for (uint32_t row = 0; row < rows; row++) {
        words[row] = values[row].is == DERIVED_WORD ? values[row].word : CELL_NULL;
        if (values[row].is == DERIVED_UNREADABLE ||
            (values[row].is == DERIVED_NUMBER &&
             decimal_at_scale(values[row].number, scale, &words[row]) != 0))
            words[row] = CELL_INVALID;
    }
    struct column_range range = column_range_of(words, rows);
    if (range.any_invalid && range.least > range.most)
        range.least = range.most = 0;
    column_allocate(column, rows, range.least, range.most);
    if (column->width)
        column_write(column, 0, rows, words);
    column->scale = (uint8_t)scale;
    free(words);
}

// Rows of a column may have come by any of its ways. What decides nothing (a currency that is only
// shown) rests on nothing that could.
static void note_way(struct assumption *assumption, int way, const struct rests *rests,
                     const struct data *data)
{
    assumption->ways |= UINT32_C(1) << way;
    for (int i = 0; i < rests->count && (assumption->accuses || assumption->acquits); i++) {
        rests_add(data->arena, &assumption->from, rests->items[i]);
        rests_add_all(data->arena, &assumption->from, &data->assumptions[rests->items[i]].from);
    }
}

// Writes to `out` what the cells of a column are worked out to be: all of them where it was not
// imported, else those that are empty. false: no way can be gone.
static bool work_out(struct resolver *resolver, struct data *data, int table, int field,
                     struct assumption *assumption, struct column *out)
{
    const struct absence *absence = data->model->tables[table].fields[field].absence;
    const struct column *column = &data->tables[table].columns[field];
    uint32_t rows = data->tables[table].rows;
    struct derived *values = memory_new(rows + 1, sizeof *values);
    for (int number = 0; number < absence->way_count; number++) {
        struct derivation it = {
            .data = data, .table = table, .field = field, .way = &absence->ways[number]};
        struct rests rests = {0};
        if (prepare(resolver, &it, &rests)) {
            note_way(assumption, number, &rests, data);
            for (uint32_t row = 0; row < rows; row++)
                if (values[row].is == DERIVED_NOTHING &&
                    (!column->imported || column_get(column, row) == CELL_NULL))
                    values[row] = derive(&it, row);
        }
        for (int i = 0; i < WAY_OPERANDS; i++)
            free(it.sums[i]);
    }
    if (assumption->ways)
        write_values(out, values, rows);
    free(values);
    return assumption->ways != 0;
}

bool data_derive(struct resolver *resolver, struct data *data, int table, int field)
{
    struct column *column = &data->tables[table].columns[field];
    return work_out(resolver, data, table, field, &data->assumptions[column->assumption], column);
}

void data_derive_empty(struct resolver *resolver, struct data *data, int table, int field)
{
    struct column *column = &data->tables[table].columns[field];
    if (!column->emptied)
        return;
    struct column *found = memory_new(1, sizeof *found);
    struct assumption *assumption = &data->assumptions[column->emptied];
    assumption->given = work_out(resolver, data, table, field, assumption, found);
    if (assumption->given)
        column->worked_out = found;
    else
        free(found);
}
