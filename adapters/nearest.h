// SPDX-License-Identifier: MIT
// The name that was probably meant, for messages about a name that does not exist.
#ifndef VOUCH_NEAREST_H
#define VOUCH_NEAREST_H

#include <stddef.h>

// The candidate with the fewest changed letters, or NULL when none is near enough to suggest.
const char *nearest_name(const char *name, const char *const *candidates, size_t count);

#endif
