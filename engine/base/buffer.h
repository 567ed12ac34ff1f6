// SPDX-License-Identifier: MIT
// A growing run of bytes, always NUL-terminated once anything was added.
#ifndef VOUCH_BUFFER_H
#define VOUCH_BUFFER_H

#include <stddef.h>

struct buffer {
    char *data; // NULL while nothing was added; use buffer_text for a string that is never NULL
    size_t length;
    size_t capacity;
};

// An all-zero struct buffer is a valid empty one.
void buffer_clear(struct buffer *buffer); // empties it and releases its memory
void buffer_reset(struct buffer *buffer); // empties it and keeps its memory

void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Cuts what stands from `begin` on, where it is longer than `most` bytes: after whole characters,
// with "…" behind them.
void buffer_shorten(struct buffer *buffer, size_t begin, size_t most);

// The content, borrowed until the buffer changes; "" when empty.
const char *buffer_text(const struct buffer *buffer);

// Hands the content to the caller, who frees it, and leaves the buffer empty; never NULL.
char *buffer_take(struct buffer *buffer);

#endif
