// SPDX-License-Identifier: MIT
// What it means that a table or field was not imported, as people and as programs read it.
#ifndef VOUCH_ABSENCE_WORDS_H
#define VOUCH_ABSENCE_WORDS_H

#include "engine/base/buffer.h"
#include "engine/data/absence.h"

#include <jansson.h>

// The sentence, and how it bears: "there are none (acquits)"; NULL: it is needed.
void absence_add_words(const struct absence *absence, const char *language, struct buffer *out);

// The same of a field, with what it means that it is empty.
void absence_add_field_words(const struct field *field, const char *language, struct buffer *out);

// {"means": "needed"} or {"means": "assumed", "taken_as": ..., "accuses": ..., "acquits": ...,
// "en": ..., "zh": ...}; "derived" where it is worked out.
json_t *absence_json(const struct absence *absence);

#endif
