// SPDX-License-Identifier: MIT
// Writes what engagement and rule files may say, a line each: the declaration, the setting, its
// type and the words that it takes. The test of the manual compares docs/engagement.md and
// docs/rules.md with it.
#include "adapters/import.h"
#include "engine/evaluation/engagement_load.h"
#include "engine/lua/vocabulary.h"
#include "engine/rules/control.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *declaration;
    const struct setting *settings;
} tables[] = {
    {"engagement", engagement_settings},
    {"materiality", materiality_settings},
    {"stated", stated_settings},
    {"automatic_approval", automatic_approval_settings},
    {"waivers", vocabulary_list_settings},
    {"dispositions", vocabulary_list_settings},
    {"columns", vocabulary_column_settings},
    {"table", vocabulary_table_settings},
    {"references", vocabulary_reference_settings},
    {"control", control_settings},
    {"parameter", parameter_settings},
    {"case", case_settings},
};

// In the words of the manual.
static const char *name_of_type(enum setting_type type)
{
    switch (type) {
    case SETTING_TEXT:
        return "text";
    case SETTING_TEXTS:
        return "text or list of texts";
    case SETTING_BILINGUAL:
        return "text in both languages";
    case SETTING_WORD:
    case SETTING_RANK:
        return "word";
    case SETTING_BOOLEAN:
        return "true or false";
    case SETTING_COUNT:
        return "whole number";
    case SETTING_NUMBER:
        return "whole number from 1";
    case SETTING_PATH:
        return "path";
    case SETTING_TABLES:
    case SETTING_FIELDS:
    case SETTING_FUNCTION:
    case SETTING_GROUPING:
    case SETTING_DATA:
    case SETTING_OWN:
        break;
    }
    return ""; // the page says it
}

static void print_settings(const char *declaration, const struct setting *settings)
{
    for (const struct setting *setting = settings; setting->name; setting++) {
        printf("%s\t%s\t%s\t", declaration, setting->name, name_of_type(setting->type));
        for (int i = 0; setting->words && setting_word(setting, i); i++)
            printf("%s%s", i ? "|" : "", setting_word(setting, i));
        printf("\t%s\n", setting->of_whole ? "whole" : "");
    }
}

static void print_words(const struct vocabulary_word *words)
{
    for (; words->name; words++)
        printf("%s\n", words->name);
}

int main(void)
{
    print_words(vocabulary_engagement_words);
    print_words(vocabulary_model_words);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        print_settings(tables[i].declaration, tables[i].settings);
    for (const struct import_kind *kind = import_kinds(); kind->name; kind++) {
        char declaration[64];
        snprintf(declaration, sizeof declaration, "import.%s", kind->name);
        print_settings(declaration, kind->settings);
    }
    return 0;
}
