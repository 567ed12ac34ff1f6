// SPDX-License-Identifier: MIT
// Folded text: without regard to case and width, as people type the same thing.
#ifndef VOUCH_FOLD_H
#define VOUCH_FOLD_H

#include <stddef.h>

// The text in NFKC and case folded; as it is where it is no UTF-8. The caller frees.
char *fold_text(const char *bytes, size_t length, size_t *folded_length);

#endif
