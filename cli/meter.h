// SPDX-License-Identifier: MIT
// A meter: one line on the terminal that tells how far a long work is. Nothing is shown during the
// first second, nor when standard error is not a terminal. Its functions may be called from any
// thread.
#ifndef VOUCH_METER_H
#define VOUCH_METER_H

#include <stdbool.h>

struct meter;

// `wanted` false: never shows anything.
struct meter *meter_new(bool wanted);

// Replaces the line, at most ten times a second.
void meter_say(struct meter *meter, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Removes the line, before anything else is printed.
void meter_clear(struct meter *meter);
void meter_free(struct meter *meter);

#endif
