// SPDX-License-Identifier: MIT
#include "engine/base/total.h"

enum { PLACES_MAX = 38 };

int total_parse(const char *text, struct total *total)
{
    bool negative = *text == '-', point = false;
    bool digit = false;
    text += *text == '-' || *text == '+';
    *total = (struct total){0};
    for (; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9')
            return -1;
        digit = true;
        int value = negative ? '0' - *text : *text - '0';
        if (__builtin_mul_overflow(total->coefficient, 10, &total->coefficient) ||
            __builtin_add_overflow(total->coefficient, value, &total->coefficient))
            return -1;
        total->scale += point;
        if (total->scale > PLACES_MAX)
            return -1;
    }
    return digit ? 0 : -1;
}

struct total total_of(struct decimal value)
{
    return total_of_units(value.coefficient, value.scale);
}

struct total total_of_units(__int128 units, int scale)
{
    return (struct total){.coefficient = units, .scale = scale};
}

// Brings both to the larger scale; false when one of them does not fit there or is beyond.
static bool align(struct total *a, struct total *b)
{
    struct total *shorter = a->scale < b->scale ? a : b;
    int scale = a->scale < b->scale ? b->scale : a->scale;
    for (; shorter->scale < scale; shorter->scale++)
        if (__builtin_mul_overflow(shorter->coefficient, 10, &shorter->coefficient))
            return false;
    return !a->beyond && !b->beyond;
}

struct total total_add(struct total a, struct total b)
{
    a.beyond =
        !align(&a, &b) || __builtin_add_overflow(a.coefficient, b.coefficient, &a.coefficient);
    return a;
}

struct total total_subtract(struct total a, struct total b)
{
    a.beyond =
        !align(&a, &b) || __builtin_sub_overflow(a.coefficient, b.coefficient, &a.coefficient);
    return a;
}

typedef unsigned __int128 size;

static size size_of(struct total total)
{
    return total.coefficient < 0 ? -(size)total.coefficient : (size)total.coefficient;
}

static size power_of_ten(int exponent)
{
    size power = 1;
    for (; exponent > 0; exponent--)
        power *= 10;
    return power;
}

static int compare(size a, size b)
{
    return (a > b) - (a < b);
}

// What stands before the point decides, then what stands behind it, which fits at either's scale.
int total_compare_sizes(struct total a, struct total b)
{
    if (a.beyond || b.beyond)
        return a.beyond - b.beyond;
    size one_a = power_of_ten(a.scale), one_b = power_of_ten(b.scale);
    int order = compare(size_of(a) / one_a, size_of(b) / one_b);
    if (order)
        return order;
    size part_a = size_of(a) % one_a, part_b = size_of(b) % one_b;
    return a.scale < b.scale ? compare(part_a * (one_b / one_a), part_b)
                             : compare(part_a, part_b * (one_a / one_b));
}

void total_format(struct total total, int places, bool grouped, struct buffer *out)
{
    if (total.beyond) {
        buffer_add_byte(out, '?');
        return;
    }
    while (total.scale > places && total.coefficient % 10 == 0) {
        total.coefficient /= 10;
        total.scale--;
    }
    char digits[96]; // from the back: at most 39 digits, 13 commas, a point and a sign
    char *at = digits + sizeof digits;
    bool negative = total.coefficient < 0;
    int written = 0;
    if (total.scale < places)
        for (; written < places - total.scale; written++)
            *--at = '0';
    int scale = total.scale > places ? total.scale : places;
    __int128 rest = total.coefficient;
    for (; rest != 0 || written <= scale; written++) {
        int digit = (int)(rest % 10);
        rest /= 10;
        if (written == scale && scale > 0)
            *--at = '.';
        if (grouped && written > scale && (written - scale) % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + (digit < 0 ? -digit : digit));
    }
    if (negative)
        *--at = '-';
    buffer_add(out, at, (size_t)(digits + sizeof digits - at));
}
