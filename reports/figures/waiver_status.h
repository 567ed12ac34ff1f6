// SPDX-License-Identifier: MIT
// What came of each line of the engagement's waivers.
#ifndef VOUCH_WAIVER_STATUS_H
#define VOUCH_WAIVER_STATUS_H

#include "engine/base/buffer.h"
#include "engine/evaluation/waiver.h"

// How many exceptions it names and does not waive.
size_t waiver_status_refused(const struct waiver *waiver);

// What is wrong with a waiver in words of `language`; nothing when it is not void.
void waiver_status_explain(const struct waiver *waiver, const char *language, struct buffer *out);

#endif
