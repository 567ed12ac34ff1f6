// SPDX-License-Identifier: MIT
// JSON text for results. Rules may cut a character in two, and JSON must be UTF-8: bytes that are
// no UTF-8 are written as U+FFFD.
#ifndef VOUCH_JSON_TEXT_H
#define VOUCH_JSON_TEXT_H

#include "engine/base/buffer.h"
#include "engine/base/decimal.h"
#include "reports/files/output.h"

#include <jansson.h>
#include <time.h>

// A string; JSON null for NULL. Never returns NULL.
json_t *json_text(const char *text);

// Exact decimals and days are strings in results; a day beyond the calendar is JSON null.
json_t *json_decimal(struct decimal value);
json_t *json_day(int day);
json_t *json_time(time_t moment); // "2026-10-31T16:00:00Z"

// The files written so far, as records have them: name, sha256, bytes.
json_t *json_files(const struct output *output);

// Adds a string in its quotes to a text, null for NULL: results of many lines are built without a
// tree.
void json_text_add(struct buffer *out, const char *text);

// Sets a member of an object; `value` is taken over.
void json_set(json_t *object, const char *name, json_t *value);
void json_append(json_t *array, json_t *value);

// Adds the JSON of `value` to the file begun last; `flags` are jansson's.
void json_write(const json_t *value, size_t flags, struct output *output);

#endif
