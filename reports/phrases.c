// SPDX-License-Identifier: MIT
#include "reports/phrases.h"

#include <string.h>

static const char *const english[] = {
#define X(name, in_english, in_chinese) in_english,
    PHRASES(X)
#undef X
};

static const char *const chinese[] = {
#define X(name, in_english, in_chinese) in_chinese,
    PHRASES(X)
#undef X
};

const char *phrase(enum phrase phrase, const char *language)
{
    return language && strcmp(language, "zh") == 0 ? chinese[phrase] : english[phrase];
}
