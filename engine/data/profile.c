// SPDX-License-Identifier: MIT
// Cells are counted by their words in a table of their own, open-addressed; everything about
// distinct values is told from it afterwards.
#include "engine/data/profile.h"

#include "engine/base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 4096, DIGITS_MAX = 15, SERIES_MIN = 3 };

struct slot {
    int64_t word;
    size_t count; // 0: the slot is free
    uint32_t row; // the first that holds it
};

struct counting {
    struct slot *slots;
    size_t size, used; // size: a power of two
};

static struct slot *find_slot(const struct counting *counting, int64_t word)
{
    size_t at = (size_t)((uint64_t)word * UINT64_C(0x9E3779B97F4A7C15) >> 20);
    for (;; at++) {
        struct slot *slot = &counting->slots[at & (counting->size - 1)];
        if (slot->count == 0 || slot->word == word)
            return slot;
    }
}

static void grow(struct counting *counting)
{
    struct counting larger = {.size = counting->size ? 2 * counting->size : 64};
    larger.slots = memory_new(larger.size, sizeof *larger.slots);
    for (size_t i = 0; i < counting->size; i++)
        if (counting->slots[i].count > 0)
            *find_slot(&larger, counting->slots[i].word) = counting->slots[i];
    larger.used = counting->used;
    free(counting->slots);
    *counting = larger;
}

static void count_word(struct counting *counting, int64_t word, uint32_t row)
{
    if (2 * counting->used >= counting->size)
        grow(counting);
    struct slot *slot = find_slot(counting, word);
    if (slot->count++ == 0) {
        slot->word = word;
        slot->row = row;
        counting->used++;
    }
}

// ---- sums

static void add_to_sum(struct profile *profile, uint32_t currency, struct total amount)
{
    size_t at = 0;
    while (at < profile->sum_count && profile->sums[at].currency != currency)
        at++;
    if (at == profile->sum_count) {
        profile->sums = memory_resize(profile->sums, at + 1, sizeof *profile->sums);
        profile->sums[profile->sum_count++] = (struct profile_sum){currency, amount};
    } else {
        profile->sums[at].total = total_add(profile->sums[at].total, amount);
    }
}

static uint32_t currency_of(const struct data *data, int table, int field, size_t row)
{
    return data->model->tables[table].fields[field].type == TYPE_MONEY
               ? data_currency(data, table, (int64_t)row)
               : DICTIONARY_NONE;
}

// Rows of one currency after the other are added before they join their sum.
static void add_sums(struct profile *profile, const struct data *data, int table, int field,
                     size_t first, size_t count, const int64_t *words)
{
    int scale = data->tables[table].columns[field].scale;
    uint32_t currency = DICTIONARY_NONE;
    __int128 units = 0;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (words[i] <= CELL_INVALID)
            continue;
        uint32_t own = currency_of(data, table, field, first + i);
        if (any && own != currency) {
            add_to_sum(profile, currency, total_of_units(units, scale));
            units = 0;
        }
        currency = own;
        units += words[i];
        any = true;
    }
    if (any)
        add_to_sum(profile, currency, total_of_units(units, scale));
}

// ---- one pass

static bool is_outside(const struct scope *scope, enum type type, int64_t word)
{
    int day = type == TYPE_DATE ? (int)word : zone_day(scope->zone, word >> 1);
    return day < scope->from || day > scope->to;
}

static void read_cells(struct profile *profile, const struct data *data, int table, int field,
                       struct counting *counting)
{
    const struct table *rows = &data->tables[table];
    enum type type = data->model->tables[table].fields[field].type;
    int64_t words[CHUNK];
    for (size_t first = 0; first < rows->rows; first += CHUNK) {
        size_t count = rows->rows - first < CHUNK ? rows->rows - first : CHUNK;
        column_read(&rows->columns[field], first, count, words);
        for (size_t i = 0; i < count; i++) {
            profile->empty += words[i] == CELL_NULL;
            profile->unreadable += words[i] == CELL_INVALID;
            if (words[i] > CELL_INVALID)
                count_word(counting, words[i], (uint32_t)(first + i));
        }
        if (type == TYPE_DECIMAL || type == TYPE_MONEY)
            add_sums(profile, data, table, field, first, count, words);
    }
}

static size_t characters(struct text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

static int compare_words(const struct data *data, enum type type, int64_t a, int64_t b)
{
    if (type == TYPE_TEXT)
        return text_compare(dictionary_get(data->texts, (uint32_t)a),
                            dictionary_get(data->texts, (uint32_t)b));
    return (a > b) - (a < b);
}

static void see_extremes(struct profile *profile, const struct data *data, enum type type,
                         const struct counting *counting)
{
    const struct slot *least = NULL, *most = NULL;
    for (size_t i = 0; i < counting->size; i++) {
        const struct slot *slot = &counting->slots[i];
        if (slot->count == 0)
            continue;
        if (!least || compare_words(data, type, slot->word, least->word) < 0)
            least = slot;
        if (!most || compare_words(data, type, slot->word, most->word) > 0)
            most = slot;
    }
    profile->least_row = least ? (int64_t)least->row : -1;
    profile->most_row = most ? (int64_t)most->row : -1;
}

static void see_longest(struct profile *profile, const struct data *data,
                        const struct counting *counting)
{
    for (size_t i = 0; i < counting->size; i++) {
        const struct slot *slot = &counting->slots[i];
        size_t length =
            slot->count ? characters(dictionary_get(data->texts, (uint32_t)slot->word)) : 0;
        if (length > profile->longest ||
            (length && length == profile->longest && slot->row < profile->longest_row)) {
            profile->longest = length;
            profile->longest_row = slot->row;
        }
    }
}

static int compare_values(const void *a, const void *b)
{
    const struct profile_value *left = a, *right = b;
    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    return (left->row > right->row) - (left->row < right->row);
}

static void list_values(struct profile *profile, const struct counting *counting)
{
    if (counting->used == 0 || counting->used > PROFILE_VALUES)
        return;
    profile->values = memory_new(counting->used, sizeof *profile->values);
    for (size_t i = 0; i < counting->size; i++)
        if (counting->slots[i].count > 0)
            profile->values[profile->value_count++] =
                (struct profile_value){counting->slots[i].row, counting->slots[i].count};
    qsort(profile->values, profile->value_count, sizeof *profile->values, compare_values);
}

static void count_outside(struct profile *profile, const struct data *data, enum type type,
                          const struct counting *counting)
{
    const struct scope *scope = &data->scope;
    profile->dated = (type == TYPE_DATE || type == TYPE_TIMESTAMP) &&
                     scope->from > CALENDAR_DAY_MIN && scope->to < CALENDAR_DAY_MAX;
    for (size_t i = 0; i < counting->size && profile->dated; i++)
        if (counting->slots[i].count > 0 && is_outside(scope, type, counting->slots[i].word))
            profile->outside += counting->slots[i].count;
}

// ---- numbers of documents

struct number {
    struct text text;
    size_t digits; // at its end
    int64_t value; // of these
};

static bool read_number(struct text text, struct number *number)
{
    *number = (struct number){.text = text};
    while (number->digits < text.length && number->digits < DIGITS_MAX &&
           isdigit((unsigned char)text.bytes[text.length - number->digits - 1]))
        number->digits++;
    for (size_t i = text.length - number->digits; i < text.length; i++)
        number->value = number->value * 10 + (text.bytes[i] - '0');
    return number->digits > 0;
}

static struct text prefix_of(const struct number *number)
{
    return (struct text){number->text.bytes, number->text.length - number->digits};
}

static int compare_series(const struct number *left, const struct number *right)
{
    if (left->digits != right->digits)
        return left->digits < right->digits ? -1 : 1;
    return text_compare(prefix_of(left), prefix_of(right));
}

static int compare_numbers(const void *a, const void *b)
{
    const struct number *left = a, *right = b;
    int order = compare_series(left, right);
    return order ? order : (left->value > right->value) - (left->value < right->value);
}

static char *number_text(const struct number *like, int64_t value)
{
    struct buffer text = {0};
    struct text prefix = prefix_of(like);
    buffer_printf(&text, "%.*s%0*lld", (int)prefix.length, prefix.bytes, (int)like->digits,
                  (long long)value);
    return buffer_take(&text);
}

static void add_gap(struct profile *profile, const struct number *before, int64_t next)
{
    profile->missing += (size_t)(next - before->value - 1);
    if (profile->gap_count == PROFILE_GAPS)
        return;
    profile->gaps[profile->gap_count++] =
        (struct profile_gap){number_text(before, before->value + 1), number_text(before, next - 1)};
}

// Whether a number goes on a run of so many. Numbers that begin anew each day (20261005-001) make a
// run of each day.
static bool goes_on(const struct number *last, const struct number *next, size_t length)
{
    int64_t jump = next->value - last->value;
    return compare_series(last, next) == 0 && jump <= PROFILE_GAP_MAX &&
           (jump <= PROFILE_GAP_MIN || jump <= (int64_t)length);
}

// More missing in a run than there are is no numbering.
static size_t see_run(struct profile *profile, const struct number *numbers, size_t count)
{
    size_t length = 1;
    while (length < count && goes_on(&numbers[length - 1], &numbers[length], length))
        length++;
    size_t span = (size_t)(numbers[length - 1].value - numbers[0].value) + 1;
    if (length < SERIES_MIN || span > 2 * length)
        return length;
    profile->numbered = true;
    for (size_t i = 1; i < length; i++)
        if (numbers[i].value - numbers[i - 1].value > 1)
            add_gap(profile, &numbers[i - 1], numbers[i].value);
    return length;
}

// Its own key, or a number beside it: invoice_no.
static bool may_number(const struct model_table *table, int field)
{
    const struct field *it = &table->fields[field];
    size_t length = strlen(it->name);
    bool is_key = table->key_count == 1 && table->key[0] == field;
    return it->type == TYPE_TEXT && !it->refers &&
           (is_key || (length > 3 && strcmp(it->name + length - 3, "_no") == 0));
}

static void see_numbers(struct profile *profile, const struct data *data,
                        const struct counting *counting)
{
    struct number *numbers = memory_new(counting->used, sizeof *numbers);
    size_t count = 0;
    for (size_t i = 0; i < counting->size; i++)
        if (counting->slots[i].count > 0 &&
            read_number(dictionary_get(data->texts, (uint32_t)counting->slots[i].word),
                        &numbers[count]))
            count++;
    if (count > 0)
        qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t at = 0; at < count;)
        at += see_run(profile, numbers + at, count - at);
    free(numbers);
}

// ---- references

static bool leads_by(const struct reference *reference, int field)
{
    if (reference->kind == REFERENCE_DOCUMENT)
        return reference->id_field == field;
    int last = -1; // of several columns the last is told
    for (int i = 0; i < reference->match_count; i++)
        if (reference->matches[i].from.depth == 0)
            last = reference->matches[i].from.field;
    return last == field;
}

static void count_dangling(struct profile *profile, const struct data *data, int table, int field)
{
    const struct model_table *definition = &data->model->tables[table];
    for (int i = 0; i < definition->reference_count; i++)
        if (leads_by(&definition->references[i], field))
            profile->dangling += data->tables[table].links[i].dangling_count;
}

void profile_init(struct profile *profile, const struct data *data, int table, int field)
{
    const struct model_table *definition = &data->model->tables[table];
    enum type type = definition->fields[field].type;
    struct counting counting = {0};
    *profile = (struct profile){
        .rows = data->tables[table].rows, .least_row = -1, .most_row = -1, .longest_row = -1};
    grow(&counting);
    read_cells(profile, data, table, field, &counting);
    profile->distinct = counting.used;
    if (type != TYPE_ENUM && type != TYPE_BOOL)
        see_extremes(profile, data, type, &counting);
    if (type == TYPE_TEXT)
        see_longest(profile, data, &counting);
    list_values(profile, &counting);
    count_outside(profile, data, type, &counting);
    if (may_number(definition, field))
        see_numbers(profile, data, &counting);
    count_dangling(profile, data, table, field);
    free(counting.slots);
}

void profile_clear(struct profile *profile)
{
    for (size_t i = 0; i < profile->gap_count; i++) {
        free(profile->gaps[i].first);
        free(profile->gaps[i].last);
    }
    free(profile->values);
    free(profile->sums);
    *profile = (struct profile){0};
}
