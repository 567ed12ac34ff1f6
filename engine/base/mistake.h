// SPDX-License-Identifier: MIT
// A mistake: what is wrong with a rule file, an engagement or a declaration, in words, once for all
// languages of the messages (mistakes.def). `mistake_NAME` is its printf format in English, so that
// the compiler checks what is given to it; who reports it puts it in the words of the reader.
#ifndef VOUCH_MISTAKE_H
#define VOUCH_MISTAKE_H

#define MISTAKE(name, english, chinese)                                                            \
    static const char mistake_##name[] __attribute__((unused)) = english;
#include "engine/base/mistakes.def"
#undef MISTAKE

// Sets the language of all messages from now on, "zh" or "en"; NULL: English. Before threads are
// started; children inherit it.
void mistake_speak(const char *language);

// The language that was set: "zh" or "en".
const char *mistake_language(void);

// The format in the language that was set; one that is no mistake's stays as it is.
const char *mistake_words(const char *english) __attribute__((format_arg(1)));

#endif
