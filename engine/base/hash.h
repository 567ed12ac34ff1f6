// SPDX-License-Identifier: MIT
// A hash: SHA-256 over bytes as they go by, in hexadecimal.
#ifndef VOUCH_HASH_H
#define VOUCH_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash;

enum { HASH_TEXT = 65 };

struct hash *hash_new(void);
void hash_add(struct hash *hash, const void *bytes, size_t length);

// Writes the 64 digits and releases the hash.
void hash_finish(struct hash *hash, char hexadecimal[HASH_TEXT]);
void hash_free(struct hash *hash); // one that was not finished

// The hash of bytes at hand.
void hash_bytes(const void *bytes, size_t length, char hexadecimal[HASH_TEXT]);

// The hash of a regular file and its size; -1 with errno when it cannot be read to its end.
int hash_file(const char *path, char hexadecimal[HASH_TEXT], int64_t *bytes);

// A digest for comparing, not for proof: equal bytes and seeds give equal digests.
uint64_t hash_quick(uint64_t seed, const void *bytes, size_t length);

#endif
