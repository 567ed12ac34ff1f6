// SPDX-License-Identifier: MIT
// What a total says, for tests that expect one.
#ifndef VOUCH_TOTAL_TEXT_H
#define VOUCH_TOTAL_TEXT_H

#include "engine/base/total.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline void is_total(struct total total, const char *expected)
{
    struct buffer text = {0};
    total_format(total, 0, false, &text);
    assert_string_equal(buffer_text(&text), expected);
    buffer_clear(&text);
}

#endif
