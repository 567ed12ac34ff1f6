// SPDX-License-Identifier: MIT
#include "engine/base/hash.h"

#include "engine/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct hash {
    EVP_MD_CTX *context;
};

struct hash *hash_new(void)
{
    struct hash *hash = memory_new(1, sizeof *hash);
    hash->context = EVP_MD_CTX_new();
    // SHA-256 of a working libcrypto fails for lack of memory only.
    if (!hash->context || !EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL))
        memory_exhausted();
    return hash;
}

void hash_add(struct hash *hash, const void *bytes, size_t length)
{
    if (!EVP_DigestUpdate(hash->context, bytes, length))
        memory_exhausted();
}

void hash_finish(struct hash *hash, char hexadecimal[HASH_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (!EVP_DigestFinal_ex(hash->context, digest, &length))
        memory_exhausted();
    for (unsigned int i = 0; i < 32; i++) {
        hexadecimal[2 * i] = digits[digest[i] >> 4];
        hexadecimal[2 * i + 1] = digits[digest[i] & 15];
    }
    hexadecimal[64] = '\0';
    hash_free(hash);
}

void hash_free(struct hash *hash)
{
    if (hash)
        EVP_MD_CTX_free(hash->context);
    free(hash);
}

void hash_bytes(const void *bytes, size_t length, char hexadecimal[HASH_TEXT])
{
    struct hash *hash = hash_new();
    hash_add(hash, bytes, length);
    hash_finish(hash, hexadecimal);
}

int hash_file(const char *path, char hexadecimal[HASH_TEXT], int64_t *bytes)
{
    enum { BLOCK = 1 << 16 };
    // Not blocking: a named pipe put in a file's place must not hang the check.
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return -1;
    struct stat status;
    if (fstat(file, &status) < 0 || !S_ISREG(status.st_mode)) {
        close(file);
        errno = EINVAL;
        return -1;
    }
    struct hash *hash = hash_new();
    char *block = memory_new(BLOCK, 1);
    ssize_t length;
    *bytes = 0;
    while ((length = read(file, block, BLOCK)) > 0 || (length < 0 && errno == EINTR)) {
        if (length < 0)
            continue;
        hash_add(hash, block, (size_t)length);
        *bytes += length;
    }
    int failure = errno;
    hash_finish(hash, hexadecimal);
    free(block);
    close(file);
    errno = failure;
    return length < 0 ? -1 : 0;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_quick(uint64_t seed, const void *bytes, size_t length)
{
    const uint64_t first = UINT64_C(0x9E3779B97F4A7C15), second = UINT64_C(0xD6E8FEB86659FD93);
    const char *at = bytes;
    uint64_t digest = mix(seed ^ first, length ^ second), word;
    for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
        memcpy(&word, at, sizeof word);
        digest = mix(digest ^ word, first);
    }
    word = 0;
    memcpy(&word, at, length);
    return mix(digest ^ word, second);
}
