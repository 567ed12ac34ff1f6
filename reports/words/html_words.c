// SPDX-License-Identifier: MIT
#include "reports/words/html_words.h"

#include <string.h>

static const char *const words[][2] = {
#define X(name, english, chinese) {english, chinese},
    HTML_WORDS(X)
#undef X
};

const char *html_word(enum html_word word, const char *language)
{
    return words[word][language && strcmp(language, "zh") == 0];
}

const char *html_word_scope(enum control_scope scope, const char *language)
{
    static const enum html_word names[] = {
        [SCOPE_PERIOD] = HTML_WORD_SCOPE_PERIOD,
        [SCOPE_OPEN] = HTML_WORD_SCOPE_OPEN,
        [SCOPE_ALL] = HTML_WORD_SCOPE_ALL,
    };
    return html_word(names[scope], language);
}
