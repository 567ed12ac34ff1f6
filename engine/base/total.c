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

static int rescale(struct total *total, int scale)
{
    for (; total->scale < scale; total->scale++)
        if (__builtin_mul_overflow(total->coefficient, 10, &total->coefficient))
            return -1;
    return 0;
}

int total_add(struct total a, struct total b, struct total *result)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    if (rescale(&a, scale) < 0 || rescale(&b, scale) < 0 ||
        __builtin_add_overflow(a.coefficient, b.coefficient, &a.coefficient))
        return -1;
    *result = a;
    return 0;
}

int total_subtract(struct total a, struct total b, struct total *result)
{
    if (__builtin_sub_overflow((__int128)0, b.coefficient, &b.coefficient))
        return -1;
    return total_add(a, b, result);
}

void total_format(struct total total, int places, bool grouped, struct buffer *out)
{
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
