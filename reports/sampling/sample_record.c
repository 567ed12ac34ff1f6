// SPDX-License-Identifier: MIT
// The hash tells that a record was edited, and the check of a row, made from it and from a hash of
// all that the record states of the sample, that the row is of another sample. Neither is a secret,
// so a record that is read back is held against what a drawn sample can be before anything is
// computed with it.
#include "reports/sampling/sample_record.h"

#include "engine/base/buffer_json.h"
#include "engine/base/memory.h"
#include "engine/base/total.h"
#include "reports/files/json_text.h"
#include "reports/files/version.h"
#include "reports/words/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sample_units_add(const struct sample *sample, __int128 units, struct buffer *out)
{
    total_format(total_of_units(units, sample->scale), sample->scale, false, out);
}

json_t *sample_units_json(const struct sample *sample, __int128 units)
{
    struct buffer text = {0};
    sample_units_add(sample, units, &text);
    json_t *result = json_text(buffer_text(&text));
    buffer_clear(&text);
    return result;
}

static json_t *scope_json(const struct sample_paper *paper)
{
    const struct scope *scope = &paper->data->scope;
    bool every = paper->request->every_period;
    json_t *object = json_object();
    json_set(object, "period", every ? json_null() : json_text(scope->period_text));
    json_set(object, "from", every ? json_null() : json_day(scope->from));
    json_set(object, "to", every ? json_null() : json_day(scope->to));
    json_set(object, "as_of", json_day(scope->as_of));
    return object;
}

static json_t *engagement_json(const struct engagement *engagement)
{
    const char *slash = strrchr(engagement->file, '/');
    json_t *object = json_object();
    json_set(object, "file", json_text(slash ? slash + 1 : engagement->file));
    for (int i = 0; i < engagement->file_count; i++)
        if (engagement->files[i].kind == RULE_FILE_ENGAGEMENT)
            json_set(object, "sha256", json_text(engagement->files[i].sha256));
    json_set(object, "title", json_text(engagement->title));
    json_set(object, "entity", json_text(engagement->entity));
    return object;
}

static json_t *sources_json(const struct data *data)
{
    json_t *array = json_array();
    for (size_t i = 0; i < data->source_count; i++) {
        json_t *object = json_object();
        json_set(object, "name", json_text(data->sources[i].name));
        json_set(object, "sha256", json_text(data->sources[i].sha256));
        json_set(object, "bytes", json_integer(data->sources[i].bytes));
        json_append(array, object);
    }
    return array;
}

static json_t *population_json(const struct sample_paper *paper)
{
    const struct sample_population *population = paper->population;
    const struct sample *sample = paper->sample;
    json_t *apart = json_object(), *object = json_object();
    for (int i = 0; i < APART_COUNT; i++)
        json_set(apart, sample_apart_name((enum sample_apart)i),
                 json_integer((json_int_t)population->apart[i]));
    json_set(object, "rows_of_table", json_integer((json_int_t)population->rows_of_table));
    json_set(object, "rejected_records", json_integer((json_int_t)population->rejected));
    json_set(object, "apart", apart);
    json_set(object, "rows", json_integer((json_int_t)sample->rows));
    if (sample->amount) {
        json_set(object, "total", sample_units_json(sample, sample->total));
        json_set(object, "negative_total", sample_units_json(sample, population->negative_total));
    }
    if (sample->method == SAMPLE_MONETARY_UNIT) {
        json_set(object, "certain_rows", json_integer((json_int_t)sample->certain_rows));
        json_set(object, "certain_total", sample_units_json(sample, sample->certain_total));
    }
    return object;
}

static json_t *conditions_json(const struct sample_request *request)
{
    json_t *array = json_array();
    for (const char *const *text = request->conditions; text && *text; text++)
        json_append(array, json_text(*text));
    return array;
}

// All but the items.
static json_t *sample_json(const struct sample_paper *paper)
{
    const struct sample *sample = paper->sample;
    json_t *object = json_object();
    json_set(object, "version", json_text(VOUCH_VERSION));
    json_set(object, "engagement", engagement_json(paper->engagement));
    json_set(object, "scope", scope_json(paper));
    json_set(object, "language", json_text(sample->language));
    json_set(object, "where", conditions_json(paper->request));
    json_set(object, "table", json_text(sample->table));
    json_set(object, "amount", json_text(sample->amount));
    json_set(object, "currency", json_text(sample->currency));
    json_set(object, "scale", json_integer(sample->scale));
    json_set(object, "method", json_text(sample_method_name(sample->method)));
    json_set(object, "confidence", json_decimal(sample->confidence));
    json_set(object, "tolerable", json_decimal(sample->tolerable));
    json_set(object, "expected", json_decimal(sample->expected));
    json_set(object, "size_asked", json_integer(sample->size_asked));
    json_set(object, "size_computed", json_integer(sample->size_computed));
    if (sample->method == SAMPLE_MONETARY_UNIT) {
        json_set(object, "factor", json_decimal(sample->factor));
        json_set(object, "interval", sample_units_json(sample, sample->interval));
        json_set(object, "start", sample_units_json(sample, sample->start));
    } else if (sample->method == SAMPLE_SYSTEMATIC) {
        json_set(object, "start", json_integer((json_int_t)sample->start));
    }
    json_set(object, "generator", json_text(DRAW_GENERATOR));
    json_set(object, "seed", json_text(sample->seed));
    json_set(object, "population", population_json(paper));
    json_set(object, "sources", sources_json(paper->data));
    return object;
}

void sample_record_hash(const json_t *stated, char digits[HASH_TEXT])
{
    struct buffer text = {0};
    buffer_add_json(&text, stated, JSON_COMPACT | JSON_SORT_KEYS);
    hash_bytes(buffer_text(&text), text.length, digits);
    buffer_clear(&text);
}

// Letters only: a spreadsheet reads "1234E56789" as a number.
static void fill_check(const struct sample *sample, const char *basis, size_t index,
                       const struct sample_item *item, char check[16])
{
    struct buffer text = {0};
    char digits[HASH_TEXT];
    buffer_printf(&text, "%s\n%zu\n%d\n%s\n%s\n", basis, index + 1, item->certain, item->key,
                  item->source);
    sample_units_add(sample, item->book, &text);
    hash_bytes(buffer_text(&text), text.length, digits);
    for (int i = 0; i < 10; i++)
        check[i] = (char)(digits[i] <= '9' ? 'a' + digits[i] - '0' : 'k' + digits[i] - 'a');
    check[10] = '\0';
    buffer_clear(&text);
}

const char *sample_stratum_word(const struct sample_item *item, const char *language)
{
    return word_get(item->certain ? WORD_SAMPLE_STRATUM_CERTAIN : WORD_SAMPLE_STRATUM_SAMPLED,
                    language);
}

const char *sample_stratum(const struct sample_item *item)
{
    return sample_stratum_word(item, "en");
}

static json_t *item_json(const struct sample *sample, size_t index)
{
    const struct sample_item *item = &sample->items[index];
    bool units = sample->method == SAMPLE_MONETARY_UNIT;
    json_t *object = json_object();
    json_set(object, "item", json_integer((json_int_t)index + 1));
    if (units)
        json_set(object, "stratum", json_text(sample_stratum(item)));
    json_set(object, "key", json_text(item->key));
    json_set(object, "source", json_text(item->source));
    json_set(object, "date", json_text(item->date));
    json_set(object, "customer", json_text(item->customer));
    if (sample->amount)
        json_set(object, "book_amount", sample_units_json(sample, item->book));
    if (units && !item->certain) {
        json_set(object, "cumulative", sample_units_json(sample, item->cumulative));
        json_set(object, "unit", sample_units_json(sample, item->unit));
    }
    json_set(object, "check", json_text(item->check));
    return object;
}

json_t *sample_record_new(const struct sample_paper *paper)
{
    struct sample *sample = paper->sample;
    char basis[HASH_TEXT];
    json_t *stated = sample_json(paper), *items = json_array();
    sample_record_hash(stated, basis);
    for (size_t i = 0; i < sample->item_count; i++) {
        fill_check(sample, basis, i, &sample->items[i], sample->items[i].check);
        json_append(items, item_json(sample, i));
    }
    json_set(stated, "items", items);
    return stated;
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static const char *optional_text(struct sample *sample, const json_t *object, const char *name)
{
    return sample_text(sample, json_string_value(json_object_get(object, name)));
}

// -1 where the text is no number of the sample's units.
static int read_units(const struct sample *sample, const json_t *object, const char *name,
                      __int128 *units)
{
    struct total total;
    if (total_parse(text_of(object, name), &total) != 0 || total.scale != sample->scale)
        return -1;
    *units = total.coefficient;
    return 0;
}

static int read_small(const struct sample *sample, const json_t *object, const char *name,
                      int64_t *units)
{
    __int128 wide;
    if (read_units(sample, object, name, &wide) < 0 || wide > INT64_MAX || wide < INT64_MIN)
        return -1;
    *units = (int64_t)wide;
    return 0;
}

static int read_decimal(const json_t *object, const char *name, struct decimal *value)
{
    const char *text = text_of(object, name);
    return decimal_parse(text, strlen(text), value);
}

static size_t read_count(const json_t *object, const char *name)
{
    return (size_t)json_integer_value(json_object_get(object, name));
}

static int read_item(struct sample *sample, const json_t *stated, struct sample_item *item)
{
    item->certain = strcmp(text_of(stated, "stratum"), "certain") == 0;
    item->key = sample_text(sample, text_of(stated, "key"));
    item->source = sample_text(sample, text_of(stated, "source"));
    snprintf(item->check, sizeof item->check, "%s", text_of(stated, "check"));
    return sample->amount ? read_small(sample, stated, "book_amount", &item->book) : 0;
}

static int read_items(struct sample *sample, const json_t *items)
{
    size_t count = json_array_size(items);
    sample->items = memory_new(count ? count : 1, sizeof *sample->items);
    sample->item_count = count;
    for (size_t i = 0; i < count; i++)
        if (read_item(sample, json_array_get(items, i), &sample->items[i]) < 0)
            return -1;
    return count > 0 ? 0 : -1;
}

static int read_amounts(struct sample *sample, const json_t *stated, const json_t *population)
{
    if (sample->amount && read_units(sample, population, "total", &sample->total) < 0)
        return -1;
    if (sample->method != SAMPLE_MONETARY_UNIT)
        return 0;
    sample->certain_rows = read_count(population, "certain_rows");
    return read_units(sample, population, "certain_total", &sample->certain_total) < 0 ||
                   read_small(sample, stated, "interval", &sample->interval) < 0 ||
                   sample->interval <= 0 || read_decimal(stated, "factor", &sample->factor) < 0
               ? -1
               : 0;
}

// What no sample that was drawn can be; a hash does not keep anyone from writing it.
static bool is_sound(const struct sample *sample)
{
    return decimal_compare(sample->confidence, (struct decimal){5, 1}) > 0 &&
           decimal_compare(sample->confidence, (struct decimal){999, 3}) <= 0 &&
           sample->tolerable.coefficient > 0 && sample->rows <= UINT32_MAX &&
           sample->rows >= sample->item_count && sample->certain_total <= sample->total;
}

static int read_sample(struct sample *sample, const json_t *stated)
{
    const json_t *population = json_object_get(stated, "population");
    sample->table = sample_text(sample, text_of(stated, "table"));
    sample->language = optional_text(sample, stated, "language");
    sample->amount = optional_text(sample, stated, "amount");
    sample->currency = optional_text(sample, stated, "currency");
    sample->scale = (int)json_integer_value(json_object_get(stated, "scale"));
    sample->size_asked = json_integer_value(json_object_get(stated, "size_asked"));
    sample->size_computed = json_integer_value(json_object_get(stated, "size_computed"));
    sample->rows = read_count(population, "rows");
    snprintf(sample->seed, sizeof sample->seed, "%s", text_of(stated, "seed"));
    if (sample_method_from_name(text_of(stated, "method"), &sample->method) < 0 ||
        read_decimal(stated, "confidence", &sample->confidence) < 0 ||
        read_decimal(stated, "tolerable", &sample->tolerable) < 0 ||
        read_decimal(stated, "expected", &sample->expected) < 0 ||
        read_amounts(sample, stated, population) < 0)
        return -1;
    return read_items(sample, json_object_get(stated, "items")) < 0 || !is_sound(sample) ? -1 : 0;
}

int sample_record_read(struct sample *sample, const char *path, struct error *error)
{
    json_error_t problem;
    char digits[HASH_TEXT];
    FILE *file = fopen(path, "re");
    if (!file)
        return error_set_errno(error, ERROR_SOURCE, path,
                               "the record of the sample cannot be read; it lies beside the sheet "
                               "or is named with --record");
    json_t *record = json_loadf(file, JSON_REJECT_DUPLICATES, &problem);
    fclose(file);
    const json_t *stated = json_object_get(record, "sample");
    int result = 0;
    if (!record)
        result = error_set(error, ERROR_SOURCE, path, "the record is damaged: line %d: %s",
                           problem.line, problem.text);
    else if (json_integer_value(json_object_get(record, "format")) != SAMPLE_RECORD_FORMAT ||
             !json_is_object(stated))
        result = error_set(error, ERROR_SOURCE, path, "this is no record of a sample of format %d",
                           SAMPLE_RECORD_FORMAT);
    if (result == 0) {
        sample_record_hash(stated, digits);
        if (strcmp(digits, text_of(record, "sha256")) != 0)
            result = error_set(error, ERROR_SOURCE, path,
                               "the record was altered since the sample was drawn: its hash does "
                               "not match; draw the sample again from the same seed");
        else if (read_sample(sample, stated) < 0)
            result = error_set(error, ERROR_SOURCE, path, "this record cannot be understood");
    }
    json_decref(record);
    return result;
}
