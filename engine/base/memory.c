// SPDX-License-Identifier: MIT
#include "engine/base/memory.h"

#include <gmp.h>
#include <jansson.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*on_failure)(void);

void memory_on_failure(void (*clean_up)(void))
{
    on_failure = clean_up;
}

_Noreturn void memory_exhausted(void)
{
    static const char text[] =
        "vouch: error: out of memory; give it more, or audit fewer tables at a time\n";
    void (*clean_up)(void) = on_failure;
    on_failure = NULL;
    if (clean_up)
        clean_up();
    // write and _exit: stdio and atexit handlers may need memory themselves.
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    _exit(4);
}

static void *library_memory(size_t size)
{
    return memory_resize(NULL, size, 1);
}

static void *crypto_memory(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return library_memory(size);
}

static void *crypto_resize(void *old, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    if (size)
        return memory_resize(old, size, 1);
    free(old);
    return NULL;
}

static void crypto_free(void *block, const char *file, int line)
{
    (void)file;
    (void)line;
    free(block);
}

static void *number_resize(void *old, size_t old_size, size_t size)
{
    (void)old_size;
    return memory_resize(old, size, 1);
}

static void number_free(void *block, size_t size)
{
    (void)size;
    free(block);
}

// jansson would report a lack of memory as a mistake of the user's, libcrypto would crash, and GMP,
// which has MPFR's numbers, abort.
__attribute__((constructor)) static void take_over_libraries(void)
{
    json_set_alloc_funcs(library_memory, free);
    CRYPTO_set_mem_functions(crypto_memory, crypto_resize, crypto_free);
    mp_set_memory_functions(library_memory, number_resize, number_free);
}

void *memory_new(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (!block)
        memory_exhausted();
    return block;
}

void *memory_resize(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count ? count : 1, size, &bytes))
        memory_exhausted();
    void *block = realloc(old, bytes);
    if (!block)
        memory_exhausted();
    return block;
}

char *memory_text_n(const char *text, size_t length)
{
    char *copy = memory_new(length + 1, 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *memory_text(const char *text)
{
    return memory_text_n(text, strlen(text));
}

size_t memory_grow(void **items, size_t used, size_t capacity, size_t size)
{
    if (used < capacity)
        return capacity;
    capacity = capacity ? capacity * 2 : 8;
    *items = memory_resize(*items, capacity, size);
    return capacity;
}
