// SPDX-License-Identifier: MIT
#include "engine/base/mistake.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const char *const words[][2] = {
#define MISTAKE(name, english, chinese) {english, chinese},
#include "engine/base/mistakes.def"
#undef MISTAKE
};

static bool chinese;

void mistake_speak(const char *language)
{
    chinese = language && strcmp(language, "zh") == 0;
}

const char *mistake_language(void)
{
    return chinese ? "zh" : "en";
}

const char *mistake_words(const char *english)
{
    for (size_t i = 0; chinese && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], english) == 0)
            return words[i][1];
    return english;
}
