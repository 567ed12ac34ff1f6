// SPDX-License-Identifier: MIT
// A reason: why something could not be tested, read or done, as a code and its values. It travels
// as text (in buffers, over pipes, through the mask) and is put in words only where a person or a
// file wants it. Text without a code is a reason in somebody's own words, such as a rule's.
#ifndef VOUCH_REASON_H
#define VOUCH_REASON_H

#include "engine/base/buffer.h"

#include <stdarg.h>
#include <stdbool.h>

enum reason {
    REASON_OWN_WORDS,
#define REASON(name, english, chinese) REASON_##name,
#include "engine/base/reasons.def"
#undef REASON
    REASONS
};

// Stands between the values in the format of reason_set_with, and between the names of a list.
#define REASON_AND "\x1f"
#define REASON_LIST "\x1e"

// Replaces what `out` holds by the reason. `values` is a printf format for all of them in their
// order: "%d" REASON_AND "%s". Only the last may be text of the data, or a reason itself.
void reason_set(struct buffer *out, enum reason code);
void reason_set_with(struct buffer *out, enum reason code, const char *values, ...)
    __attribute__((format(printf, 3, 4)));
void reason_set_values(struct buffer *out, enum reason code, const char *values, va_list arguments);

// The row of the reason in `out`, whose last value was not given.
void reason_add_value(struct buffer *out, const char *value);

// Adds the reason in words of `language` ("zh"; anything else, or NULL, is English).
void reason_add(const char *reason, const char *language, struct buffer *out);

// Is it of that kind?
bool reason_is(const char *reason, enum reason code);

// Adds its first value; nothing for a reason that has none, or is in somebody's own words.
void reason_add_first(const char *reason, struct buffer *out);

// In English, as result files have it. The caller frees.
char *reason_text(const char *reason);

// Adds the reason packed as it is, with each text in it (all of one in own words) as `add` puts it.
void reason_add_with(const char *reason,
                     void (*add)(void *context, const char *text, struct buffer *out),
                     void *context, struct buffer *out);

// By what they say in English; zero for two that read the same.
int reason_compare(const char *a, const char *b);

#endif
