// SPDX-License-Identifier: MIT
#include "reports/html/html_picture.h"

#include "reports/html/html_text.h"

enum { SHARES = 1000, COLUMN_WIDTH = 10, COLUMN_GAP = 2, COLUMNS_HEIGHT = 100 };

static unsigned __int128 size_of(__int128 coefficient)
{
    return coefficient < 0 ? -(unsigned __int128)coefficient : (unsigned __int128)coefficient;
}

// Both coefficients at one scale. Of numbers too far apart for that the smaller scale gives up
// digits, which no picture shows.
static void align(struct total *a, struct total *b)
{
    while (a->scale != b->scale) {
        struct total *shorter = a->scale < b->scale ? a : b, *longer = shorter == a ? b : a;
        __int128 more;
        if (!__builtin_mul_overflow(shorter->coefficient, 10, &more)) {
            shorter->coefficient = more;
            shorter->scale++;
        } else {
            longer->coefficient /= 10;
            longer->scale--;
        }
    }
}

void html_picture_measure(struct total *largest, struct total value)
{
    if (!value.beyond && total_compare_sizes(value, *largest) > 0)
        *largest = value;
}

int html_picture_share(struct total value, struct total largest)
{
    if (value.beyond)
        return SHARES;
    if (value.coefficient == 0)
        return 0;
    align(&value, &largest);
    unsigned __int128 part = size_of(value.coefficient), whole = size_of(largest.coefficient);
    if (part >= whole)
        return SHARES;
    // Where the product would not fit, the quotient is exact enough.
    unsigned __int128 share =
        whole > ~(unsigned __int128)0 / SHARES ? part / (whole / SHARES) : part * SHARES / whole;
    return share < 1 ? 1 : share > SHARES ? SHARES : (int)share;
}

int html_picture_share_count(size_t value, size_t largest)
{
    return html_picture_share(total_of_units(value, 0), total_of_units(largest, 0));
}

void html_picture_bar(struct buffer *out, int share, bool negative)
{
    buffer_printf(out,
                  "<svg class=bar viewBox=\"0 0 %d 10\" preserveAspectRatio=none aria-hidden=true>"
                  "<rect%s width=%d height=10 /></svg>",
                  SHARES, negative ? " class=minus" : "", share);
}

// A share of a column's height that can be seen.
static int height_of(int share)
{
    int height = share * COLUMNS_HEIGHT / SHARES;
    return share > 0 && height < 2 ? 2 : height;
}

void html_picture_columns(struct buffer *out, const char *label, const struct html_column *columns,
                          size_t count)
{
    buffer_printf(out,
                  "<svg class=columns viewBox=\"0 0 %zu %d\" preserveAspectRatio=none role=img "
                  "aria-label=\"",
                  count * COLUMN_WIDTH, COLUMNS_HEIGHT);
    html_text_add(out, label);
    buffer_add_text(out, "\">");
    for (size_t i = 0; i < count; i++) {
        int height = height_of(columns[i].share);
        if (height == 0)
            continue;
        buffer_printf(out, "<rect%s x=%zu y=%d width=%d height=%d><title>",
                      columns[i].negative ? " class=minus" : "", i * COLUMN_WIDTH + COLUMN_GAP / 2,
                      COLUMNS_HEIGHT - height, COLUMN_WIDTH - COLUMN_GAP, height);
        html_text_add(out, columns[i].says);
        buffer_add_text(out, "</title></rect>");
    }
    buffer_add_text(out, "</svg>");
}
