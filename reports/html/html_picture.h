// SPDX-License-Identifier: MIT
// Bars and columns as inline SVG. Lengths are shares of the largest value, in thousandths: whole
// numbers, so that the same values give the same picture on every machine.
#ifndef VOUCH_HTML_PICTURE_H
#define VOUCH_HTML_PICTURE_H

#include "engine/base/buffer.h"
#include "engine/base/total.h"

#include <stdbool.h>
#include <stddef.h>

// A column of a chart over time.
struct html_column {
    int share;        // of the largest, 0 to 1000
    bool negative;    // drawn in another colour: the sum of such a day lowers the total
    const char *says; // shown when pointed at
};

// What `value` is of `largest`, regardless of signs: 0 to 1000, at least 1 where it is not zero and
// 1000 where it is beyond.
int html_picture_share(struct total value, struct total largest);
int html_picture_share_count(size_t value, size_t largest);

// Raises the largest to `value` where that is farther from zero and not beyond.
void html_picture_measure(struct total *largest, struct total value);

// One bar. It is for the eye alone: its number stands beside it.
void html_picture_bar(struct buffer *out, int share, bool negative);

// Columns side by side; `label` says to those who do not see them what they show.
void html_picture_columns(struct buffer *out, const char *label, const struct html_column *columns,
                          size_t count);

#endif
