// SPDX-License-Identifier: MIT
#include "reports/sampling/sample_words.h"

#include <stdbool.h>
#include <string.h>

static const char *const texts[][2] = {
#define X(name, english, chinese) {english, chinese},
    SAMPLE_WORDS(X)
#undef X
};

const char *sample_word(enum sample_word word, const char *language)
{
    return texts[word][language && strcmp(language, "zh") == 0];
}

const char *sample_word_method(enum sample_method method, const char *language)
{
    static const enum sample_word words[] = {
        [SAMPLE_MONETARY_UNIT] = SAMPLE_WORD_MONETARY_UNIT,
        [SAMPLE_RANDOM] = SAMPLE_WORD_RANDOM,
        [SAMPLE_SYSTEMATIC] = SAMPLE_WORD_SYSTEMATIC,
    };
    return sample_word(words[method], language);
}

const char *sample_word_apart(enum sample_apart apart, const char *language)
{
    static const enum sample_word words[] = {
        [APART_NO_DATE] = SAMPLE_WORD_NO_DATE,
        [APART_PERIOD] = SAMPLE_WORD_OTHER_PERIOD,
        [APART_UNREADABLE] = SAMPLE_WORD_UNREADABLE,
        [APART_CONDITION] = SAMPLE_WORD_NOT_ASKED_FOR,
        [APART_CURRENCY] = SAMPLE_WORD_OTHER_CURRENCY,
        [APART_NO_AMOUNT] = SAMPLE_WORD_NO_AMOUNT,
        [APART_ZERO] = SAMPLE_WORD_ZERO,
        [APART_NEGATIVE] = SAMPLE_WORD_NEGATIVE,
    };
    _Static_assert(sizeof words / sizeof *words == APART_COUNT, "a word for each reason");
    return sample_word(words[apart], language);
}

const char *sample_word_stratum(const struct sample_item *item, const char *language)
{
    return sample_word(item->certain ? SAMPLE_WORD_STRATUM_CERTAIN : SAMPLE_WORD_STRATUM_SAMPLED,
                       language);
}
