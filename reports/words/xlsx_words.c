// SPDX-License-Identifier: MIT
#include "reports/words/xlsx_words.h"

#include "reports/words/phrases.h"

#include <string.h>

static const char *const english[] = {
#define X(name, in_english, in_chinese) in_english,
    XLSX_WORDS(X)
#undef X
};

static const char *const chinese[] = {
#define X(name, in_english, in_chinese) in_chinese,
    XLSX_WORDS(X)
#undef X
};

const char *xlsx_word(enum xlsx_word word, const char *language)
{
    return language && strcmp(language, "zh") == 0 ? chinese[word] : english[word];
}

const char *xlsx_word_status(enum control_status status, const char *language)
{
    static const enum xlsx_word words[] = {
        [STATUS_EXCEPTIONS] = WORD_STATUS_EXCEPTIONS, [STATUS_CLEAN] = WORD_STATUS_CLEAN,
        [STATUS_PARTIAL] = WORD_STATUS_PARTIAL,       [STATUS_NOT_RUN] = WORD_STATUS_NOT_RUN,
        [STATUS_FAILED] = WORD_STATUS_FAILED,         [STATUS_DISABLED] = WORD_STATUS_DISABLED,
    };
    return xlsx_word(words[status], language);
}

const char *xlsx_word_origin(const char *origin, const char *language)
{
    static const enum xlsx_word words[] = {WORD_POLICY, WORD_DEFAULT, WORD_ENGAGEMENT,
                                           WORD_COMMAND_LINE};
    for (size_t i = 0; origin && i < sizeof words / sizeof *words; i++)
        if (strcmp(origin, english[words[i]]) == 0)
            return xlsx_word(words[i], language);
    return origin ? origin : "";
}

const char *xlsx_word_kind(const char *amount_kind, const char *language)
{
    static const enum phrase phrases[] = {PHRASE_MISSTATEMENT, PHRASE_EXPOSURE, PHRASE_TRANSACTION};
    for (size_t i = 0; amount_kind && i < sizeof phrases / sizeof *phrases; i++)
        if (strcmp(amount_kind, phrase(phrases[i], "en")) == 0)
            return phrase(phrases[i], language);
    return amount_kind ? amount_kind : "";
}

const char *xlsx_word_severity(enum severity severity, const char *language)
{
    static const enum phrase phrases[] = {
        [SEVERITY_LOW] = PHRASE_SEVERITY_LOW,
        [SEVERITY_MEDIUM] = PHRASE_SEVERITY_MEDIUM,
        [SEVERITY_HIGH] = PHRASE_SEVERITY_HIGH,
        [SEVERITY_CRITICAL] = PHRASE_SEVERITY_CRITICAL,
    };
    return phrase(phrases[severity], language);
}

const char *xlsx_word_problem(enum problem_kind kind, const char *language)
{
    static const enum phrase phrases[] = {
        [PROBLEM_REJECTED_RECORD] = PHRASE_REJECTED_RECORD,
        [PROBLEM_INVALID_CELL] = PHRASE_INVALID_CELL,
        [PROBLEM_DUPLICATE_KEY] = PHRASE_DUPLICATE_KEY,
        [PROBLEM_DANGLING_REFERENCE] = PHRASE_DANGLING_REFERENCE,
    };
    return phrase(phrases[kind], language);
}

const char *xlsx_word_waiver(enum waiver_status status, const char *language)
{
    static const enum xlsx_word words[] = {
        [WAIVER_APPLIED] = WORD_WAIVER_APPLIED,
        [WAIVER_SUPERSEDED] = WORD_WAIVER_SUPERSEDED,
        [WAIVER_NOT_JUDGED] = WORD_WAIVER_NOT_JUDGED,
        [WAIVER_UNREADABLE] = WORD_WAIVER_UNREADABLE,
        [WAIVER_UNUSED] = WORD_WAIVER_UNUSED,
        [WAIVER_EXPIRED] = WORD_WAIVER_EXPIRED,
        [WAIVER_NOT_YET] = WORD_WAIVER_NOT_YET,
        [WAIVER_NOT_WAIVABLE] = WORD_WAIVER_NOT_WAIVABLE,
        [WAIVER_CHANGED] = WORD_WAIVER_CHANGED,
        [WAIVER_SELF_APPROVED] = WORD_WAIVER_SELF_APPROVED,
        [WAIVER_UNKNOWN_APPROVER] = WORD_WAIVER_UNKNOWN_APPROVER,
        [WAIVER_OVER_LIMIT] = WORD_WAIVER_OVER_LIMIT,
    };
    _Static_assert(sizeof words / sizeof *words == WAIVER_STATUSES, "a word for each");
    return xlsx_word(words[status], language);
}
