// SPDX-License-Identifier: MIT
// Amounts are whole units, in 128 bits. Precision and allowances are rounded up, to the cautious
// side, what is projected to the nearest. Each direction of a monetary-unit sample is projected by
// itself: what is understated never offsets what is overstated.
#include "reports/sampling/sample_projection.h"

#include "engine/base/memory.h"
#include "reports/files/json_text.h"
#include "reports/sampling/sample_record.h"
#include "reports/sampling/statistics.h"

#include <stdlib.h>

static int too_large(struct error *error)
{
    return error_set(error, ERROR_USAGE, "", "the audited amounts are too large to be projected");
}

// The quotient rounded half up; both above zero.
static __int128 divide_half_up(__int128 a, __int128 b)
{
    return a / b + (a % b >= b - a % b);
}

static int compare_misstatements(const void *a, const void *b, void *context)
{
    const struct sample_misstatement *left = a, *right = b;
    const struct sample *sample = context;
    const struct sample_item *first = &sample->items[left->item];
    const struct sample_item *second = &sample->items[right->item];
    if (first->certain != second->certain)
        return first->certain ? -1 : 1;
    // Of the fractions difference / book, each multiplied by both books: exact, and nothing
    // divided.
    __int128 tainting = left->difference * second->book, other = right->difference * first->book;
    if (!first->certain && tainting != other)
        return tainting > other ? -1 : 1;
    return (left->item > right->item) - (left->item < right->item);
}

// Gathers the misstatements of one direction; `sign` 1: the book is above what was audited.
static int gather(struct sample_side *side, const struct sample *sample, int sign,
                  struct error *error)
{
    side->misstatements = memory_new(sample->item_count, sizeof *side->misstatements);
    for (size_t i = 0; i < sample->item_count; i++) {
        const struct sample_item *item = &sample->items[i];
        __int128 difference = ((__int128)item->book - item->audited) * sign;
        if (difference <= 0)
            continue;
        if (difference > INT64_MAX || item->book <= 0)
            return too_large(error);
        side->misstatements[side->count++] =
            (struct sample_misstatement){.item = i, .difference = difference};
    }
    qsort_r(side->misstatements, side->count, sizeof *side->misstatements, compare_misstatements,
            (void *)sample);
    return 0;
}

// increment · projected, rounded up
static int set_allowance(struct sample_misstatement *misstatement, struct error *error)
{
    int64_t increment;
    __int128 product, unit = decimal_power(STATISTICS_PLACES);
    if (decimal_at_scale(misstatement->increment, STATISTICS_PLACES, &increment) < 0 ||
        __builtin_mul_overflow(misstatement->projected, (__int128)increment, &product))
        return too_large(error);
    misstatement->allowance = product / unit + (product % unit > 0);
    return 0;
}

// The ordering by tainting makes the largest increments meet the largest taintings (Stringer).
static int project_side(struct sample_side *side, const struct sample *sample, bool over,
                        struct error *error)
{
    struct decimal factor, next, one = {1, 0};
    __int128 rest = sample->total - sample->certain_total;
    int64_t basic, events = 0;
    bool beyond = false; // more than the whole row is wrong
    if (statistics_factor(0, sample->confidence, &factor) < 0 ||
        decimal_at_scale(factor, STATISTICS_PLACES, &basic) < 0)
        return too_large(error);
    const __int128 unit = decimal_power(STATISTICS_PLACES);
    side->basic = rest > 0 ? ((__int128)sample->interval * basic + unit - 1) / unit : 0;
    for (size_t i = 0; i < side->count; i++) {
        struct sample_misstatement *found = &side->misstatements[i];
        const struct sample_item *item = &sample->items[found->item];
        if (item->certain) {
            found->projected = found->difference;
            side->known += found->difference;
            continue;
        }
        if (statistics_factor(++events, sample->confidence, &next) < 0)
            return error_set(error, ERROR_USAGE, "", "more than %d rows are misstated: no sample",
                             STATISTICS_FACTOR_MAX);
        decimal_subtract(next, factor, &found->increment);
        decimal_subtract(found->increment, one, &found->increment);
        factor = next;
        found->projected = divide_half_up(found->difference * sample->interval, item->book);
        if (set_allowance(found, error) != 0)
            return -1;
        beyond = beyond || found->difference > item->book;
        side->projected += found->projected;
        side->allowance += found->allowance;
    }
    __int128 limit = side->projected + side->basic + side->allowance;
    side->capped = over && !beyond && limit > rest;
    side->limit = side->known + (side->capped ? rest : limit);
    return 0;
}

// value · multiplier / divisor, rounded half up by its size.
static int scale_up(__int128 value, __int128 multiplier, __int128 divisor, __int128 *result,
                    struct error *error)
{
    bool negative = (value < 0) != (multiplier < 0) && value != 0;
    __int128 product;
    if (__builtin_mul_overflow(value < 0 ? -value : value,
                               multiplier < 0 ? -multiplier : multiplier, &product))
        return too_large(error);
    *result = divide_half_up(product, divisor);
    if (negative)
        *result = -*result;
    return 0;
}

static int project_amounts(struct sample_projection *projection, const struct sample *sample,
                           struct error *error)
{
    __int128 book = 0, net = 0;
    for (size_t i = 0; i < sample->item_count; i++) {
        book += sample->items[i].book;
        net += (__int128)sample->items[i].book - sample->items[i].audited;
    }
    projection->net_difference = net;
    projection->has_ratio = book != 0;
    if (book < 0) {
        book = -book;
        net = -net;
    }
    if (projection->has_ratio &&
        scale_up(net, sample->total, book, &projection->by_ratio, error) != 0)
        return -1;
    return scale_up(projection->net_difference, (__int128)sample->rows,
                    (__int128)sample->item_count, &projection->by_difference, error);
}

static int project_rows(struct sample_projection *projection, const struct sample *sample,
                        struct error *error)
{
    const struct statistics_draw draw = {(int64_t)sample->rows, (int64_t)sample->item_count,
                                         sample->confidence};
    for (size_t i = 0; i < sample->item_count; i++)
        projection->deviations += sample->items[i].deviates;
    projection->upper_rows = statistics_upper_count(&draw, projection->deviations);
    projection->exceeds = projection->upper_rows > sample_tolerable_rows(sample);
    return sample->amount ? project_amounts(projection, sample, error) : 0;
}

int sample_project(struct sample_projection *projection, const struct sample *sample,
                   struct error *error)
{
    int64_t tolerable;
    *projection = (struct sample_projection){0};
    if (sample->method != SAMPLE_MONETARY_UNIT)
        return project_rows(projection, sample, error);
    if (gather(&projection->over, sample, 1, error) != 0 ||
        gather(&projection->under, sample, -1, error) != 0 ||
        project_side(&projection->over, sample, true, error) != 0 ||
        project_side(&projection->under, sample, false, error) != 0)
        return -1;
    if (decimal_at_scale(sample->tolerable, sample->scale, &tolerable) < 0)
        return too_large(error);
    projection->exceeds = projection->over.limit > tolerable ||
                          (projection->under.count > 0 && projection->under.limit > tolerable);
    return 0;
}

void sample_projection_clear(struct sample_projection *projection)
{
    free(projection->over.misstatements);
    free(projection->under.misstatements);
    *projection = (struct sample_projection){0};
}

static json_t *misstatement_json(const struct sample *sample,
                                 const struct sample_misstatement *found)
{
    const struct sample_item *item = &sample->items[found->item];
    json_t *object = json_object();
    json_set(object, "item", json_integer((json_int_t)found->item + 1));
    json_set(object, "key", json_text(item->key));
    json_set(object, "stratum", json_text(sample_stratum(item)));
    json_set(object, "book_amount", sample_units_json(sample, item->book));
    json_set(object, "audited_amount", sample_units_json(sample, item->audited));
    json_set(object, "projected", sample_units_json(sample, found->projected));
    if (!item->certain)
        json_set(object, "increment", json_decimal(found->increment));
    json_set(object, "allowance", sample_units_json(sample, found->allowance));
    return object;
}

static json_t *side_json(const struct sample *sample, const struct sample_side *side)
{
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < side->count; i++)
        json_append(list, misstatement_json(sample, &side->misstatements[i]));
    json_set(object, "known", sample_units_json(sample, side->known));
    json_set(object, "projected", sample_units_json(sample, side->projected));
    json_set(object, "basic_precision", sample_units_json(sample, side->basic));
    json_set(object, "incremental_allowance", sample_units_json(sample, side->allowance));
    json_set(object, "upper_limit", sample_units_json(sample, side->limit));
    json_set(object, "capped", json_boolean(side->capped));
    json_set(object, "misstatements", list);
    return object;
}

json_t *sample_projection_json(const struct sample_projection *projection,
                               const struct sample *sample)
{
    json_t *object = json_object();
    json_set(object, "table", json_text(sample->table));
    json_set(object, "method", json_text(sample_method_name(sample->method)));
    json_set(object, "confidence", json_decimal(sample->confidence));
    json_set(object, "tolerable", json_decimal(sample->tolerable));
    json_set(object, "currency", json_text(sample->currency));
    json_set(object, "rows_drawn", json_integer((json_int_t)sample->item_count));
    json_set(object, "rows", json_integer((json_int_t)sample->rows));
    if (sample->method == SAMPLE_MONETARY_UNIT) {
        json_set(object, "overstatement", side_json(sample, &projection->over));
        json_set(object, "understatement",
                 projection->under.count ? side_json(sample, &projection->under) : json_null());
    } else {
        json_set(object, "deviations", json_integer(projection->deviations));
        json_set(object, "upper_rows", json_integer(projection->upper_rows));
        json_set(object, "tolerable_rows", json_integer(sample_tolerable_rows(sample)));
    }
    if (sample->method != SAMPLE_MONETARY_UNIT && sample->amount) {
        json_set(object, "by_difference", sample_units_json(sample, projection->by_difference));
        json_set(object, "by_ratio",
                 projection->has_ratio ? sample_units_json(sample, projection->by_ratio)
                                       : json_null());
    }
    json_set(object, "exceeds", json_boolean(projection->exceeds));
    return object;
}
