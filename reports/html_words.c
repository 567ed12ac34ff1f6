// SPDX-License-Identifier: MIT
#include "reports/html_words.h"

#include "reports/phrases.h"

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

const char *html_word_status(enum control_status status, const char *language)
{
    static const enum html_word names[] = {
        [STATUS_EXCEPTIONS] = HTML_WORD_STATUS_EXCEPTIONS,
        [STATUS_CLEAN] = HTML_WORD_STATUS_CLEAN,
        [STATUS_PARTIAL] = HTML_WORD_STATUS_PARTIAL,
        [STATUS_NOT_RUN] = HTML_WORD_STATUS_NOT_RUN,
        [STATUS_FAILED] = HTML_WORD_STATUS_FAILED,
        [STATUS_DISABLED] = HTML_WORD_STATUS_DISABLED,
    };
    return html_word(names[status], language);
}

const char *html_word_severity(enum severity severity, const char *language)
{
    static const enum phrase names[] = {
        [SEVERITY_LOW] = PHRASE_SEVERITY_LOW,
        [SEVERITY_MEDIUM] = PHRASE_SEVERITY_MEDIUM,
        [SEVERITY_HIGH] = PHRASE_SEVERITY_HIGH,
        [SEVERITY_CRITICAL] = PHRASE_SEVERITY_CRITICAL,
    };
    return phrase(names[severity], language);
}

const char *html_word_kind(const char *amount_kind, const char *language)
{
    static const struct {
        const char *kind;
        enum phrase name;
    } kinds[] = {
        {"misstatement", PHRASE_MISSTATEMENT},
        {"exposure", PHRASE_EXPOSURE},
        {"transaction", PHRASE_TRANSACTION},
    };
    for (size_t i = 0; amount_kind && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, amount_kind) == 0)
            return phrase(kinds[i].name, language);
    return amount_kind ? amount_kind : "";
}

const char *html_word_origin(const char *origin, const char *language)
{
    static const enum html_word origins[] = {HTML_WORD_POLICY, HTML_WORD_DEFAULT,
                                             HTML_WORD_ENGAGEMENT, HTML_WORD_COMMAND_LINE};
    for (size_t i = 0; origin && i < sizeof origins / sizeof *origins; i++)
        if (strcmp(words[origins[i]][0], origin) == 0)
            return html_word(origins[i], language);
    return origin ? origin : "";
}

const char *html_word_problem(enum problem_kind kind, const char *language)
{
    static const enum phrase names[] = {
        [PROBLEM_REJECTED_RECORD] = PHRASE_REJECTED_RECORD,
        [PROBLEM_INVALID_CELL] = PHRASE_INVALID_CELL,
        [PROBLEM_DUPLICATE_KEY] = PHRASE_DUPLICATE_KEY,
        [PROBLEM_DANGLING_REFERENCE] = PHRASE_DANGLING_REFERENCE,
    };
    return phrase(names[kind], language);
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
