// SPDX-License-Identifier: MIT
// A total: an exact sum of decimals that may need more than 64 bits. One that would need more than
// 128 bits is beyond: nobody knows the number, whatever is added to it is beyond too, and it is
// written as "?".
#ifndef VOUCH_TOTAL_H
#define VOUCH_TOTAL_H

#include "engine/base/buffer.h"
#include "engine/base/decimal.h"

#include <stdbool.h>

struct total {
    __int128 coefficient;
    int scale;
    bool beyond; // the other two mean nothing
};

// Reads "-1234.50"; -1 when the text is no such number or needs more than 128 bits.
int total_parse(const char *text, struct total *total);

struct total total_of(struct decimal value);
struct total total_of_units(__int128 units, int scale); // units × 10^-scale

struct total total_add(struct total a, struct total b);
struct total total_subtract(struct total a, struct total b);

// Negative, zero or positive as a is nearer to zero than b, as near or farther. A total that is
// beyond is farther than any other.
int total_compare_sizes(struct total a, struct total b);

// The exact text with at least `places` decimal places and no more than needed; `grouped` separates
// thousands with commas, for people.
void total_format(struct total total, int places, bool grouped, struct buffer *out);

#endif
