// SPDX-License-Identifier: MIT
// A total: an exact sum of decimals that may need more than 64 bits.
#ifndef VOUCH_TOTAL_H
#define VOUCH_TOTAL_H

#include "engine/base/buffer.h"

#include <stdbool.h>

struct total {
    __int128 coefficient;
    int scale;
};

// Reads "-1234.50"; -1 when the text is no such number or needs more than 128 bits.
int total_parse(const char *text, struct total *total);

// 0, or -1 when the result needs more than 128 bits.
int total_add(struct total a, struct total b, struct total *result);
int total_subtract(struct total a, struct total b, struct total *result);

// The exact text with at least `places` decimal places and no more than needed; `grouped` separates
// thousands with commas, for people.
void total_format(struct total total, int places, bool grouped, struct buffer *out);

#endif
