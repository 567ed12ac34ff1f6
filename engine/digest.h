// SPDX-License-Identifier: MIT
// A digest: the SHA-256 of bytes, as 64 hexadecimal digits.
#ifndef VOUCH_DIGEST_H
#define VOUCH_DIGEST_H

#include <stddef.h>

enum { DIGEST_TEXT = 65 };

void digest_bytes(const void *bytes, size_t length, char text[DIGEST_TEXT]);

#endif
