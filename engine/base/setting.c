// SPDX-License-Identifier: MIT
#include "engine/base/setting.h"

#include "engine/base/nearest.h"

#include <string.h>

const struct setting *setting_find_text(const struct setting *settings, struct text name)
{
    for (const struct setting *setting = settings; setting->name; setting++)
        if (strlen(setting->name) == name.length &&
            memcmp(setting->name, name.bytes, name.length) == 0)
            return setting;
    return NULL;
}

const struct setting *setting_find(const struct setting *settings, const char *name)
{
    return setting_find_text(settings, (struct text){name, strlen(name)});
}

const char *setting_hint(const struct setting *settings, struct text name, char room[96])
{
    struct nearest nearest = nearest_start(name);
    for (const struct setting *setting = settings; setting->name; setting++)
        nearest_try(&nearest, setting->name);
    return nearest_hint(&nearest, room);
}

void setting_add_names(const struct setting *settings, struct buffer *out)
{
    for (const struct setting *setting = settings; setting->name; setting++)
        buffer_printf(out, "%s%s", setting == settings ? "" : ", ", setting->name);
}

bool setting_takes_function(const struct setting *setting)
{
    return setting->type == SETTING_FUNCTION || setting->type == SETTING_GROUPING;
}

const char *setting_word(const struct setting *setting, int number)
{
    size_t step = setting->word_step ? setting->word_step : sizeof *setting->words;
    return *(const char *const *)((const char *)setting->words + (size_t)number * step);
}

int setting_word_number(const struct setting *setting, const char *word)
{
    const char *known;
    for (int number = 0; (known = setting_word(setting, number)); number++)
        if (strcmp(known, word) == 0)
            return number;
    return -1;
}
