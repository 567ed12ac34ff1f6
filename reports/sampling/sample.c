// SPDX-License-Identifier: MIT
// Everything drawn follows from the seed and the rows in the order of their table, in whole
// numbers. A monetary-unit sample takes rows of an interval or more in any case and walks the units
// of the rest in steps of the interval, from a random start: a row below the interval is hit once
// at most.
#include "reports/sampling/sample.h"

#include "engine/base/memory.h"
#include "reports/sampling/statistics.h"
#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

const char *sample_method_word(enum sample_method method, const char *language)
{
    static const enum word words[] = {
        [SAMPLE_MONETARY_UNIT] = WORD_SAMPLE_MONETARY_UNIT,
        [SAMPLE_RANDOM] = WORD_SAMPLE_RANDOM,
        [SAMPLE_SYSTEMATIC] = WORD_SAMPLE_SYSTEMATIC,
    };
    return word_get(words[method], language);
}

const char *sample_method_name(enum sample_method method)
{
    return sample_method_word(method, "en");
}

int sample_method_from_name(const char *name, enum sample_method *method)
{
    for (int i = SAMPLE_MONETARY_UNIT; i <= SAMPLE_SYSTEMATIC; i++)
        if (strcmp(name, sample_method_name((enum sample_method)i)) == 0) {
            *method = (enum sample_method)i;
            return 0;
        }
    return -1;
}

// "5%" as 0.05
static int parse_rate(const char *text, struct decimal *rate)
{
    size_t length = strlen(text);
    if (length < 2 || text[length - 1] != '%' || decimal_parse(text, length - 1, rate) != 0)
        return -1;
    return decimal_multiply(*rate, (struct decimal){1, 2}, rate);
}

static int set_limit(const struct sample *sample, const char *option, const char *text,
                     struct decimal *limit, struct error *error)
{
    int64_t units;
    if (sample->method != SAMPLE_MONETARY_UNIT) {
        if (parse_rate(text, limit) < 0 || limit->scale > STATISTICS_PLACES)
            return error_set(error, ERROR_USAGE, "",
                             "%s of a %s sample is a share of the rows, such as 5%%, not `%s`",
                             option, sample_method_name(sample->method), text);
        return 0;
    }
    if (decimal_parse(text, strlen(text), limit) != 0)
        return error_set(error, ERROR_USAGE, "",
                         "%s of a monetary-unit sample is an amount, such as 50000, not `%s`",
                         option, text);
    if (decimal_at_scale(*limit, sample->scale, &units) < 0)
        return error_set(error, ERROR_USAGE, "",
                         "%s has more places than the amounts of the table, or is too large: %s",
                         option, text);
    return 0;
}

int sample_set_limits(struct sample *sample, const char *tolerable, const char *expected,
                      struct error *error)
{
    const struct decimal zero = {0}, one = {1, 0};
    sample->expected = zero;
    if (!tolerable)
        return error_set(error, ERROR_USAGE, "",
                         sample->method == SAMPLE_MONETARY_UNIT
                             ? "say with --tolerable which misstatement is tolerable, as an amount"
                             : "say with --tolerable which share of the rows may deviate: 5%%");
    if (set_limit(sample, "--tolerable", tolerable, &sample->tolerable, error) != 0 ||
        (expected && set_limit(sample, "--expected", expected, &sample->expected, error) != 0))
        return -1;
    if (decimal_compare(sample->tolerable, zero) <= 0)
        return error_set(error, ERROR_USAGE, "", "--tolerable is above zero");
    if (sample->method != SAMPLE_MONETARY_UNIT && decimal_compare(sample->tolerable, one) >= 0)
        return error_set(error, ERROR_USAGE, "", "--tolerable is below 100%%");
    if (decimal_compare(sample->expected, zero) < 0 ||
        decimal_compare(sample->expected, sample->tolerable) >= 0)
        return error_set(error, ERROR_USAGE, "",
                         "--expected is not negative and below --tolerable: no sample could show "
                         "that what is expected is tolerable");
    return 0;
}

int sample_set_confidence(struct sample *sample, const char *text, struct error *error)
{
    size_t length = strlen(text);
    struct decimal *confidence = &sample->confidence;
    length -= length > 0 && text[length - 1] == '%';
    if (decimal_parse(text, length, confidence) != 0 ||
        decimal_multiply(*confidence, (struct decimal){1, 2}, confidence) < 0 ||
        confidence->scale > STATISTICS_PLACES ||
        decimal_compare(*confidence, (struct decimal){5, 1}) <= 0 ||
        decimal_compare(*confidence, (struct decimal){999, 3}) > 0)
        return error_set(error, ERROR_USAGE, "",
                         "--confidence is a percentage above 50 and up to 99.9, not `%s`", text);
    return 0;
}

int64_t sample_tolerable_rows(const struct sample *sample)
{
    return (int64_t)((__int128)sample->rows * sample->tolerable.coefficient /
                     decimal_power(sample->tolerable.scale));
}

static struct sample_item *add_item(struct sample *sample, size_t *capacity, size_t position,
                                    const int64_t *amounts)
{
    *capacity =
        memory_grow((void **)&sample->items, sample->item_count, *capacity, sizeof *sample->items);
    struct sample_item *item = &sample->items[sample->item_count++];
    *item = (struct sample_item){.position = position, .book = amounts ? amounts[position] : 0};
    return item;
}

// The interval that the tolerable misstatement allows, and the number of them in the population.
static int plan_interval(struct sample *sample, struct error *error)
{
    int64_t tolerable, expected, factor;
    if (decimal_at_scale(sample->tolerable, sample->scale, &tolerable) < 0 ||
        decimal_at_scale(sample->expected, sample->scale, &expected) < 0 ||
        statistics_planning_factor(expected, tolerable, sample->confidence, &sample->factor) < 0 ||
        decimal_at_scale(sample->factor, STATISTICS_PLACES, &factor) < 0)
        return error_set(error, ERROR_USAGE, "",
                         "the expected misstatement is too near to the tolerable one for a sample; "
                         "test all rows, or say what else is tolerable");
    __int128 interval = (__int128)tolerable * decimal_power(STATISTICS_PLACES) / factor;
    if (interval == 0)
        interval = 1;
    __int128 size = (sample->total + interval - 1) / interval;
    if (size > INT32_MAX)
        return error_set(error, ERROR_USAGE, "", "the tolerable misstatement is too small");
    sample->size_computed = (int64_t)size;
    if (sample->size_asked > 0)
        interval = sample->total / sample->size_asked;
    if (interval > sample->total)
        interval = sample->total; // so that one unit at least is hit
    if (interval == 0 || interval > INT64_MAX)
        return error_set(error, ERROR_USAGE, "", "--size does not fit the population's amount");
    sample->interval = (int64_t)interval;
    return 0;
}

static int draw_units(struct sample *sample, const int64_t *amounts, struct draw *draw,
                      struct error *error)
{
    size_t capacity = 0;
    __int128 sum = 0;
    if (plan_interval(sample, error) != 0)
        return -1;
    sample->start = (__int128)draw_below(draw, (unsigned __int128)sample->interval);
    __int128 next = sample->start; // counted from 0
    for (size_t i = 0; i < sample->rows; i++) {
        if (amounts[i] >= sample->interval) {
            add_item(sample, &capacity, i, amounts)->certain = true;
            sample->certain_rows++;
            sample->certain_total += amounts[i];
            continue;
        }
        sum += amounts[i];
        if (next >= sum)
            continue;
        struct sample_item *item = add_item(sample, &capacity, i, amounts);
        item->cumulative = sum;
        item->unit = next + 1;
        next += sample->interval;
    }
    return 0;
}

static int plan_rows(struct sample *sample, int64_t *size, struct error *error)
{
    sample->size_computed = statistics_size((int64_t)sample->rows, sample_tolerable_rows(sample),
                                            sample->expected, sample->confidence);
    if (sample->size_computed < 0)
        return error_set(error, ERROR_USAGE, "",
                         "the expected rate is too near to the tolerable one for a sample of %zu "
                         "rows; test all rows, or say what else is tolerable",
                         sample->rows);
    if (sample->size_asked > (int64_t)sample->rows)
        return error_set(error, ERROR_USAGE, "", "--size is above the %zu rows of the population",
                         sample->rows);
    *size = sample->size_asked > 0 ? sample->size_asked : sample->size_computed;
    return 0;
}

static int compare_positions(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

// The first `size` places of a shuffle: each exchanges with one drawn from those not passed yet.
static void draw_random(struct sample *sample, int64_t size, const int64_t *amounts,
                        struct draw *draw)
{
    uint32_t *positions = memory_new(sample->rows, sizeof *positions);
    size_t capacity = 0;
    for (size_t i = 0; i < sample->rows; i++)
        positions[i] = (uint32_t)i;
    for (size_t i = 0; i < (size_t)size; i++) {
        size_t other = i + (size_t)draw_below(draw, sample->rows - i);
        uint32_t taken = positions[other];
        positions[other] = positions[i];
        positions[i] = taken;
    }
    qsort(positions, (size_t)size, sizeof *positions, compare_positions);
    for (int64_t i = 0; i < size; i++)
        add_item(sample, &capacity, positions[i], amounts);
    free(positions);
}

// Every (rows / size)-th row, the fraction kept, so that each has the same probability.
static void draw_systematic(struct sample *sample, int64_t size, const int64_t *amounts,
                            struct draw *draw)
{
    size_t capacity = 0;
    sample->start = (__int128)draw_below(draw, sample->rows);
    for (int64_t i = 0; i < size; i++)
        add_item(sample, &capacity,
                 (size_t)((sample->start + (__int128)i * (__int128)sample->rows) / size), amounts);
}

int sample_draw(struct sample *sample, const int64_t *amounts, size_t rows, const char *seed,
                struct error *error)
{
    struct draw draw;
    int64_t size = 0;
    sample->rows = rows;
    for (size_t i = 0; amounts && i < rows; i++)
        sample->total += amounts[i];
    if (rows == 0)
        return error_set(error, ERROR_USAGE, "", "the population has no rows to draw from");
    if (draw_begin(&draw, seed, error) != 0)
        return -1;
    memcpy(sample->seed, draw.seed, sizeof sample->seed);
    if (sample->method == SAMPLE_MONETARY_UNIT)
        return draw_units(sample, amounts, &draw, error);
    if (plan_rows(sample, &size, error) != 0)
        return -1;
    if (sample->method == SAMPLE_RANDOM)
        draw_random(sample, size, amounts, &draw);
    else
        draw_systematic(sample, size, amounts, &draw);
    return 0;
}

const char *sample_text(struct sample *sample, const char *text)
{
    if (!sample->arena)
        sample->arena = arena_new();
    return arena_text(sample->arena, text);
}

void sample_clear(struct sample *sample)
{
    free(sample->items);
    arena_free(sample->arena);
    *sample = (struct sample){0};
}
