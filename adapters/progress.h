// SPDX-License-Identifier: MIT
// How far all reading has come; threads add to it.
#ifndef VOUCH_PROGRESS_H
#define VOUCH_PROGRESS_H

#include <stdatomic.h>
#include <stdint.h>

struct progress {
    _Atomic int64_t bytes; // of decoded text
    _Atomic int64_t rows;
};

#endif
