// SPDX-License-Identifier: MIT
#include "reports/sampling/draw.h"

#include "engine/base/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

int draw_begin(struct draw *draw, const char *seed, struct error *error)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    *draw = (struct draw){0};
    if (!seed) {
        uint64_t random;
        if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
            return error_set_errno(error, ERROR_SOURCE, "",
                                   "the system gives no random number; name a seed with --seed");
        snprintf(draw->seed, sizeof draw->seed, "%016" PRIx64, random);
        return 0;
    }
    size_t length = strlen(seed);
    if (length == 0 || length > DRAW_SEED_MAX || strspn(seed, allowed) != length)
        return error_set(error, ERROR_USAGE, "",
                         "a seed is 1 to %d letters, digits, \"-\", \"_\" or \".\"", DRAW_SEED_MAX);
    memcpy(draw->seed, seed, length);
    return 0;
}

static unsigned __int128 next_block(struct draw *draw)
{
    char text[DRAW_SEED_MAX + 40], digits[HASH_TEXT];
    int length =
        snprintf(text, sizeof text, "vouch-draw-1:%s:%" PRIu64, draw->seed, draw->blocks++);
    hash_bytes(text, (size_t)length, digits);
    unsigned __int128 number = 0;
    for (int i = 0; i < 32; i++)
        number =
            number << 4 | (unsigned)(digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10);
    return number;
}

unsigned __int128 draw_below(struct draw *draw, unsigned __int128 bound)
{
    unsigned __int128 largest = ~(unsigned __int128)0;
    // 2^128 mod bound, without 2^128.
    unsigned __int128 rest = (largest % bound + 1) % bound, number;
    do
        number = next_block(draw);
    while (rest > 0 && number > largest - rest);
    return number % bound;
}
