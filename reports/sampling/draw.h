// SPDX-License-Identifier: MIT
// A draw: random numbers that a seed determines, so that anyone can draw the same sample again.
// The i-th block, counted from 0, is the SHA-256 of "vouch-draw-1:SEED:i"; its first 16 bytes are a
// number, most significant byte first. A number below `bound` is that number modulo `bound`; a
// block that lies in the last, incomplete multiple of `bound` below 2^128 is passed over.
#ifndef VOUCH_DRAW_H
#define VOUCH_DRAW_H

#include "engine/base/error.h"

#include <stdint.h>

#define DRAW_GENERATOR "sha256 of vouch-draw-1:SEED:COUNTER, first 16 bytes, modulo with rejection"

enum { DRAW_SEED_MAX = 64 };

struct draw {
    char seed[DRAW_SEED_MAX + 1];
    uint64_t blocks; // used so far
};

// A seed is 1 to DRAW_SEED_MAX letters, digits, "-", "_" or "."; NULL: one from the system's random
// source. 0 or -1 with `error`.
int draw_begin(struct draw *draw, const char *seed, struct error *error);

// From 0 to bound - 1, each with the same probability; `bound` > 0.
unsigned __int128 draw_below(struct draw *draw, unsigned __int128 bound);

#endif
