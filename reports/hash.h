// SPDX-License-Identifier: MIT
// A hash: SHA-256 over bytes as they go by, in hexadecimal.
#ifndef VOUCH_HASH_H
#define VOUCH_HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash;

struct hash *hash_new(void);
void hash_add(struct hash *hash, const void *bytes, size_t length);

// Writes the 64 digits and releases the hash.
void hash_finish(struct hash *hash, char hexadecimal[65]);
void hash_free(struct hash *hash); // one that was not finished

// The hash of a regular file and its size; -1 with errno when it cannot be read to its end.
int hash_file(const char *path, char hexadecimal[65], int64_t *bytes);

#endif
