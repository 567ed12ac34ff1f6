// SPDX-License-Identifier: MIT
// Each row of the table has one place, by the first reason that applies; what the currency is found
// from and what is drawn from are rows of the same answer (place). set_units has made sure that
// every amount fits the sample's units, so that none overflows when it is taken.
#include "reports/sampling/sample_population.h"

#include "engine/base/currency.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

// A --where: the word at the end of a path.
struct condition {
    struct path path;
    int64_t word;
};

struct gathering {
    struct sample_population *population;
    struct sample *sample;
    const struct data *data;
    const struct sample_request *request;
    struct arena *scratch; // of the conditions
    struct condition *conditions;
    size_t condition_count;
    int field;         // of the amount; -1: none
    int scale;         // of the units
    int64_t factor;    // units in the last place of the amount's column
    uint32_t currency; // DICTIONARY_NONE: any
    size_t capacity, other_capacity;
};

const char *sample_apart_word(enum sample_apart apart, const char *language)
{
    static const enum word words[] = {
        [APART_NO_DATE] = WORD_SAMPLE_NO_DATE,
        [APART_PERIOD] = WORD_SAMPLE_OTHER_PERIOD,
        [APART_UNREADABLE] = WORD_UNREADABLE,
        [APART_CONDITION] = WORD_SAMPLE_NOT_ASKED_FOR,
        [APART_CURRENCY] = WORD_SAMPLE_OTHER_CURRENCY,
        [APART_NO_AMOUNT] = WORD_SAMPLE_NO_AMOUNT,
        [APART_ZERO] = WORD_SAMPLE_ZERO,
        [APART_NEGATIVE] = WORD_SAMPLE_NEGATIVE,
    };
    _Static_assert(sizeof words / sizeof *words == APART_COUNT, "a word for each reason");
    return word_get(words[apart], language);
}

const char *sample_apart_name(enum sample_apart apart)
{
    return sample_apart_word(apart, "en");
}

static const struct model_table *table_of(const struct gathering *gathering)
{
    return &gathering->data->model->tables[gathering->population->table];
}

// What a path steps over must have been imported: an absent column is not an empty one.
static int check_imported(const struct gathering *gathering, const struct path *path,
                          const char *text, struct error *error)
{
    const struct data *data = gathering->data;
    int table = gathering->population->table;
    for (int i = 0; i < path->depth; i++) {
        const char *missing = data->tables[table].links[path->references[i]].missing;
        if (missing)
            return error_set_reason(error, ERROR_USAGE, "", missing, "%s", text);
        table = data->model->tables[table].references[path->references[i]].target;
    }
    if (!data->tables[path->table].imported ||
        !data->tables[path->table].columns[path->field].imported)
        return error_set(error, ERROR_USAGE, "", "%s was not imported", text);
    return 0;
}

// The word that a condition's text stands for; CELL_INVALID when no row can hold it.
static int read_word(const struct gathering *gathering, const struct path *path, const char *text,
                     int64_t *word, struct error *error)
{
    const struct data *data = gathering->data;
    const struct field *field = &data->model->tables[path->table].fields[path->field];
    struct cell_value value;
    struct buffer reason = {0};
    *word = CELL_NULL;
    if (!*text)
        return 0;
    if (cell_parse(NULL, field, data->scope.zone, text, strlen(text), &value, &reason) != 0) {
        error_set_reason(error, ERROR_USAGE, "", buffer_text(&reason), "--where %s=%s", field->name,
                         text);
        buffer_clear(&reason);
        return -1;
    }
    *word = value.word;
    if (value.is == CELL_IS_TEXT) {
        uint32_t code = dictionary_find(data->texts, text, strlen(text));
        *word = code == DICTIONARY_NONE ? CELL_INVALID : (int64_t)code;
    } else if (value.is == CELL_IS_NUMBER &&
               decimal_at_scale(value.number, data->tables[path->table].columns[path->field].scale,
                                word) < 0) {
        *word = CELL_INVALID;
    }
    return 0;
}

static int add_condition(struct gathering *gathering, const char *text, struct error *error)
{
    const struct data *data = gathering->data;
    const char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return error_set(error, ERROR_USAGE, "", "--where is FIELD=VALUE, not `%s`", text);
    struct condition condition = {0};
    const char *name = arena_text_n(gathering->scratch, text, (size_t)(equals - text));
    if (model_find_path(data->model, gathering->population->table, name, &condition.path, error) !=
            0 ||
        check_imported(gathering, &condition.path, name, error) != 0 ||
        read_word(gathering, &condition.path, equals + 1, &condition.word, error) != 0)
        return -1;
    gathering->conditions[gathering->condition_count++] = condition;
    return 0;
}

// The field asked for, `amount`, or the only money field.
static int find_amount(struct gathering *gathering, struct error *error)
{
    const struct model_table *table = table_of(gathering);
    const char *asked = gathering->request->amount;
    struct buffer names = {0};
    const struct column *columns = gathering->data->tables[gathering->population->table].columns;
    int count = 0, only = -1;
    for (int i = 0; i < table->field_count; i++)
        if (table->fields[i].type == TYPE_MONEY && columns[i].imported) {
            buffer_printf(&names, "%s%s", count++ ? ", " : "", table->fields[i].name);
            only = i;
        }
    int field = model_find_field(table, asked ? asked : "amount");
    if (field >= 0 && table->fields[field].type != TYPE_MONEY)
        field = -1;
    if (field < 0 && !asked && count == 1)
        field = only;
    int result = 0;
    if (field < 0 && count == 0)
        result = error_set(error, ERROR_USAGE, "",
                           "%s has no amounts; draw a random or systematic sample of its rows",
                           table->name);
    else if (field < 0)
        result =
            error_set(error, ERROR_USAGE, "", "name one of the amounts of %s with --amount: %s",
                      table->name, buffer_text(&names));
    else if (!columns[field].imported)
        result = error_set(error, ERROR_USAGE, "", "%s.%s was not imported", table->name,
                           table->fields[field].name);
    gathering->field = field;
    buffer_clear(&names);
    return result;
}

static bool has_field(const struct gathering *gathering, int64_t row)
{
    const struct data *data = gathering->data;
    for (size_t i = 0; i < gathering->condition_count; i++)
        if (data_walk(data, gathering->population->table, &gathering->conditions[i].path, row) ==
            CELL_INVALID)
            return false;
    return true;
}

static bool meets(const struct gathering *gathering, int64_t row)
{
    const struct data *data = gathering->data;
    for (size_t i = 0; i < gathering->condition_count; i++)
        if (data_walk(data, gathering->population->table, &gathering->conditions[i].path, row) !=
            gathering->conditions[i].word)
            return false;
    return true;
}

static int64_t amount_of(const struct gathering *gathering, int64_t row)
{
    const struct table *table = &gathering->data->tables[gathering->population->table];
    return column_get(&table->columns[gathering->field], (size_t)row);
}

// By the period, the day of the audit, and what was asked for; APART_COUNT: it belongs.
static enum sample_apart place(const struct gathering *gathering, int64_t row)
{
    const struct scope *scope = &gathering->data->scope;
    const struct model_table *table = table_of(gathering);
    int day;
    if (table->period.field >= 0 || table->period_otherwise.field >= 0) {
        bool dated = data_row_day(gathering->data, gathering->population->table, row, &day);
        if (!dated && !gathering->request->every_period)
            return APART_NO_DATE;
        if (dated && (day > scope->as_of || (!gathering->request->every_period &&
                                             (day < scope->from || day > scope->to))))
            return APART_PERIOD;
    }
    if (!has_field(gathering, row))
        return APART_UNREADABLE;
    return meets(gathering, row) ? APART_COUNT : APART_CONDITION;
}

static enum sample_apart judge_amount(const struct gathering *gathering, int64_t row,
                                      enum sample_method method)
{
    if (gathering->field < 0)
        return APART_COUNT;
    int64_t word = amount_of(gathering, row);
    if (data_currency(gathering->data, gathering->population->table, row) != gathering->currency)
        return APART_CURRENCY;
    if (word == CELL_INVALID)
        return APART_UNREADABLE;
    if (word == CELL_NULL)
        return APART_NO_AMOUNT;
    if (method == SAMPLE_MONETARY_UNIT && word <= 0)
        return word < 0 ? APART_NEGATIVE : APART_ZERO;
    return APART_COUNT;
}

static const char *take_text(struct sample *sample, struct buffer *text)
{
    const char *taken = sample_text(sample, buffer_text(text));
    buffer_reset(text);
    return taken;
}

static void describe(struct sample *sample, const struct data *data, int table, int64_t row,
                     struct sample_item *item)
{
    struct buffer text = {0};
    int day;
    data_key(data, table, row, &text);
    item->key = take_text(sample, &text);
    data_origin(data, table, row, &text);
    item->source = take_text(sample, &text);
    if (data_row_day(data, table, row, &day)) {
        char shown[CALENDAR_TEXT_MAX];
        calendar_format_day(day, shown);
        buffer_add_text(&text, shown);
    }
    item->date = take_text(sample, &text);
    const struct path *path = &data->model->tables[table].customer;
    int64_t word = path->field < 0 ? CELL_NULL : data_walk(data, table, path, row);
    if (word > CELL_INVALID &&
        data->model->tables[path->table].fields[path->field].type == TYPE_TEXT)
        buffer_add_text(&text, dictionary_get(data->texts, (uint32_t)word).bytes);
    item->customer = take_text(sample, &text);
    buffer_clear(&text);
}

static void add_other(struct gathering *gathering, int64_t row, enum sample_apart apart)
{
    struct sample_population *population = gathering->population;
    gathering->other_capacity = memory_grow((void **)&population->others, population->other_count,
                                            gathering->other_capacity, sizeof *population->others);
    struct sample_item *item = &population->others[population->other_count++];
    *item = (struct sample_item){.position = (size_t)row};
    describe(gathering->sample, gathering->data, population->table, row, item);
    item->reason = sample_apart_name(apart);
    if (apart == APART_NEGATIVE || apart == APART_ZERO)
        item->book = amount_of(gathering, row) * gathering->factor;
}

static void add_row(struct gathering *gathering, int64_t row)
{
    struct sample_population *population = gathering->population;
    size_t at = population->rows++;
    if (at == gathering->capacity) {
        gathering->capacity = gathering->capacity ? 2 * gathering->capacity : 1024;
        population->row =
            memory_resize(population->row, gathering->capacity, sizeof *population->row);
        if (gathering->field >= 0)
            population->amounts = memory_resize(population->amounts, gathering->capacity,
                                                sizeof *population->amounts);
    }
    population->row[at] = (uint32_t)row;
    if (gathering->field >= 0)
        population->amounts[at] = amount_of(gathering, row) * gathering->factor;
}

static int explain_empty(const struct gathering *gathering, struct error *error)
{
    const struct sample_population *population = gathering->population;
    struct buffer text = {0};
    for (int i = 0; i < APART_COUNT; i++)
        if (population->apart[i] > 0)
            buffer_printf(&text, "%s%s %zu", text.length ? ", " : "",
                          sample_apart_name((enum sample_apart)i), population->apart[i]);
    error_set(error, ERROR_USAGE, "", "none of the %zu rows of %s can be drawn%s%s",
              population->rows_of_table, gathering->request->table, text.length ? ": " : "",
              buffer_text(&text));
    buffer_clear(&text);
    return -1;
}

// The currency of the rows asked for. Several are refused: amounts of two currencies add up to
// nothing.
static int find_currency(struct gathering *gathering, struct sample *sample, struct error *error)
{
    const struct data *data = gathering->data;
    const char *asked = gathering->request->currency;
    size_t first_rows = 0, other_rows = 0;
    uint32_t first = DICTIONARY_NONE, other = DICTIONARY_NONE;
    if (asked)
        first = dictionary_find(data->texts, asked, strlen(asked));
    for (uint32_t row = 0; !asked && row < gathering->population->rows_of_table; row++) {
        if (place(gathering, row) != APART_COUNT)
            continue;
        uint32_t currency = data_currency(data, gathering->population->table, row);
        first = first == DICTIONARY_NONE ? currency : first;
        other = currency != first && other == DICTIONARY_NONE ? currency : other;
        first_rows += currency == first;
        other_rows += currency != first;
    }
    if (other != DICTIONARY_NONE)
        return error_set(error, ERROR_USAGE, "",
                         "the amounts are of several currencies (rows: %zu %s, %zu %s or others); "
                         "draw a sample for each, with --currency %s",
                         first_rows, dictionary_get(data->texts, first).bytes, other_rows,
                         dictionary_get(data->texts, other).bytes,
                         dictionary_get(data->texts, first).bytes);
    gathering->currency = first == DICTIONARY_NONE ? data->own_currency : first;
    if (asked && first == DICTIONARY_NONE)
        return error_set(error, ERROR_USAGE, "", "no row has the currency %s", asked);
    sample->currency = sample_text(sample, dictionary_get(data->texts, gathering->currency).bytes);
    return 0;
}

// Units are as fine as the currency and the column are; all amounts must fit in them.
static int set_units(struct gathering *gathering, struct sample *sample, struct error *error)
{
    const struct table *table = &gathering->data->tables[gathering->population->table];
    const struct column *column = &table->columns[gathering->field];
    int digits = currency_digits(sample->currency);
    sample->scale = column->scale > digits ? column->scale : digits;
    gathering->factor = decimal_power(sample->scale - column->scale);
    for (uint32_t row = 0; row < table->rows; row++) {
        int64_t word = column_get(column, row), units;
        if (word > CELL_INVALID && __builtin_mul_overflow(word, gathering->factor, &units))
            return error_set(error, ERROR_USAGE, "", "the amounts of %s.%s are too large",
                             sample->table, sample->amount);
    }
    return 0;
}

static void gather_rows(struct gathering *gathering, enum sample_method method)
{
    struct sample_population *population = gathering->population;
    for (uint32_t row = 0; row < population->rows_of_table; row++) {
        enum sample_apart apart = place(gathering, row);
        if (apart == APART_COUNT)
            apart = judge_amount(gathering, row, method);
        if (apart == APART_COUNT) {
            add_row(gathering, row);
            continue;
        }
        population->apart[apart]++;
        if (apart == APART_NEGATIVE)
            population->negative_total += amount_of(gathering, row) * gathering->factor;
        if (apart != APART_PERIOD && apart != APART_CONDITION && apart != APART_CURRENCY)
            add_other(gathering, row, apart);
    }
}

static int prepare(struct gathering *gathering, struct sample *sample, struct error *error)
{
    const struct sample_request *request = gathering->request;
    size_t count = 0;
    while (request->conditions && request->conditions[count])
        count++;
    gathering->conditions = arena_take(gathering->scratch, count, sizeof *gathering->conditions);
    for (const char *const *text = request->conditions; text && *text; text++)
        if (add_condition(gathering, *text, error) != 0)
            return -1;
    if (sample->method != SAMPLE_MONETARY_UNIT && !request->amount) {
        if (request->currency)
            return error_set(error, ERROR_USAGE, "", "--currency goes with --amount");
        return 0;
    }
    if (find_amount(gathering, error) != 0)
        return -1;
    sample->amount = sample_text(sample, table_of(gathering)->fields[gathering->field].name);
    if (find_currency(gathering, sample, error) != 0)
        return -1;
    return set_units(gathering, sample, error);
}

int sample_population_gather(struct sample_population *population, struct sample *sample,
                             const struct data *data, const struct sample_request *request,
                             struct error *error)
{
    struct gathering gathering = {population, sample, data, request, .field = -1};
    *population =
        (struct sample_population){.table = model_find_table(data->model, request->table)};
    if (population->table < 0)
        return error_set(error, ERROR_USAGE, "", "there is no table `%s`", request->table);
    const struct table *table = &data->tables[population->table];
    if (!table->imported)
        return error_set(error, ERROR_USAGE, "", "%s was not imported", request->table);
    population->rows_of_table = table->rows;
    population->rejected = table->records_rejected;
    sample->table = sample_text(sample, request->table);
    gathering.scratch = arena_new();
    int result = prepare(&gathering, sample, error);
    if (result == 0)
        gather_rows(&gathering, sample->method);
    if (result == 0 && population->rows == 0)
        result = explain_empty(&gathering, error);
    arena_free(gathering.scratch);
    return result;
}

void sample_population_describe(const struct sample_population *population, struct sample *sample,
                                const struct data *data)
{
    for (size_t i = 0; i < sample->item_count; i++)
        describe(sample, data, population->table, population->row[sample->items[i].position],
                 &sample->items[i]);
}

void sample_population_clear(struct sample_population *population)
{
    free(population->row);
    free(population->amounts);
    free(population->others);
    *population = (struct sample_population){0};
}
