// SPDX-License-Identifier: MIT
// The words of all reports, in their languages ("zh"; anything else, or NULL, is English). Each
// stands once, in words.def. Those with % are printf formats.
#ifndef VOUCH_WORDS_H
#define VOUCH_WORDS_H

#include "engine/data/statement.h"
#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/waiver.h"

enum word {
#define WORD(name, english, chinese) WORD_##name,
#include "reports/words/words.def"
#undef WORD
    WORDS
};

const char *word_get(enum word word, const char *language);

// Adds a sentence with its values: as many as its format takes are used.
void word_add_sentence(enum word word, const char *language, const char *a, const char *b,
                       const char *c, const char *d, struct buffer *out);

// The same of a sentence about a number.
void word_add_count(enum word word, const char *language, size_t count, struct buffer *out);

// What the results call a thing; what is not known stays as it is, NULL is "".
const char *word_status(enum control_status status, const char *language);
const char *word_origin(const char *origin, const char *language);
const char *word_kind(enum amount_kind kind, const char *language);
const char *word_severity(enum severity severity, const char *language);
const char *word_problem(enum problem_kind kind, const char *language);
const char *word_advice(enum problem_kind kind, const char *language); // what to do about it
const char *word_standing(enum standing standing, const char *language);
const char *word_bearing(bool accuses, bool acquits, const char *language); // "" for neither
const char *word_waiver(enum waiver_status status, const char *language);

// Which rows of its population a control looks at.
const char *word_scope(enum control_scope scope, const char *language);

#endif
