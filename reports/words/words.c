// SPDX-License-Identifier: MIT
#include "reports/words/words.h"

#include <stdio.h>
#include <string.h>

static const char *const words[WORDS][2] = {
#define WORD(name, english, chinese) {english, chinese},
#include "reports/words/words.def"
#undef WORD
};

const char *word_get(enum word word, const char *language)
{
    return words[word][language && strcmp(language, "zh") == 0];
}

void word_add_sentence(enum word word, const char *language, const char *a, const char *b,
                       const char *c, const char *d, struct buffer *out)
{
    buffer_printf(out, word_get(word, language), a, b, c, d);
}

void word_add_count(enum word word, const char *language, size_t count, struct buffer *out)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", count);
    word_add_sentence(word, language, text, "", "", "", out);
}

const char *word_status(enum control_status status, const char *language)
{
    static const enum word names[] = {
        [STATUS_EXCEPTIONS] = WORD_STATUS_EXCEPTIONS,   [STATUS_CLEAN] = WORD_STATUS_CLEAN,
        [STATUS_CONDITIONAL] = WORD_STATUS_CONDITIONAL, [STATUS_PARTIAL] = WORD_STATUS_PARTIAL,
        [STATUS_UNTESTED] = WORD_STATUS_UNTESTED,       [STATUS_NOT_RUN] = WORD_STATUS_NOT_RUN,
        [STATUS_FAILED] = WORD_STATUS_FAILED,           [STATUS_DISABLED] = WORD_STATUS_DISABLED,
    };
    return word_get(names[status], language);
}

const char *word_origin(const char *origin, const char *language)
{
    for (enum word word = WORD_ORIGIN_POLICY; origin && word <= WORD_ORIGIN_COMMAND_LINE; word++)
        if (strcmp(origin, words[word][0]) == 0)
            return word_get(word, language);
    return origin ? origin : "";
}

const char *word_kind(enum amount_kind kind, const char *language)
{
    static const enum word names[] = {
        [AMOUNT_MISSTATEMENT] = WORD_KIND_MISSTATEMENT,
        [AMOUNT_EXPOSURE] = WORD_KIND_EXPOSURE,
        [AMOUNT_TRANSACTION] = WORD_KIND_TRANSACTION,
    };
    return kind == AMOUNT_UNSTATED ? "" : word_get(names[kind], language);
}

const char *word_severity(enum severity severity, const char *language)
{
    static const enum word names[] = {
        [SEVERITY_LOW] = WORD_SEVERITY_LOW,
        [SEVERITY_MEDIUM] = WORD_SEVERITY_MEDIUM,
        [SEVERITY_HIGH] = WORD_SEVERITY_HIGH,
        [SEVERITY_CRITICAL] = WORD_SEVERITY_CRITICAL,
    };
    return word_get(names[severity], language);
}

const char *word_problem(enum problem_kind kind, const char *language)
{
    static const enum word names[] = {
        [PROBLEM_REJECTED_RECORD] = WORD_PROBLEM_REJECTED_RECORD,
        [PROBLEM_INVALID_CELL] = WORD_PROBLEM_INVALID_CELL,
        [PROBLEM_DUPLICATE_KEY] = WORD_PROBLEM_DUPLICATE_KEY,
        [PROBLEM_DANGLING_REFERENCE] = WORD_PROBLEM_DANGLING_REFERENCE,
        [PROBLEM_CONFLICTING_ROWS] = WORD_PROBLEM_CONFLICTING_ROWS,
        [PROBLEM_LEFT_OUT_RECORD] = WORD_PROBLEM_LEFT_OUT_RECORD,
        [PROBLEM_DOUBTFUL_RECORD] = WORD_PROBLEM_DOUBTFUL_RECORD,
        [PROBLEM_DOUBTFUL_SOURCE] = WORD_PROBLEM_DOUBTFUL_SOURCE,
        [PROBLEM_PARTIAL_EXTRACT] = WORD_PROBLEM_PARTIAL_EXTRACT,
        [PROBLEM_NOT_IN_HISTORY] = WORD_PROBLEM_NOT_IN_HISTORY,
        [PROBLEM_KEYLESS_TABLE] = WORD_PROBLEM_KEYLESS_TABLE,
    };
    _Static_assert(sizeof names / sizeof *names == PROBLEM_KINDS, "a word for each kind");
    return word_get(names[kind], language);
}

const char *word_advice(enum problem_kind kind, const char *language)
{
    static const enum word names[] = {
        [PROBLEM_REJECTED_RECORD] = WORD_ADVICE_REJECTED_RECORD,
        [PROBLEM_INVALID_CELL] = WORD_ADVICE_INVALID_CELL,
        [PROBLEM_DUPLICATE_KEY] = WORD_ADVICE_DUPLICATE_KEY,
        [PROBLEM_DANGLING_REFERENCE] = WORD_ADVICE_DANGLING_REFERENCE,
        [PROBLEM_PARTIAL_EXTRACT] = WORD_ADVICE_PARTIAL_EXTRACT,
        [PROBLEM_NOT_IN_HISTORY] = WORD_ADVICE_NOT_IN_HISTORY,
        [PROBLEM_CONFLICTING_ROWS] = WORD_ADVICE_CONFLICTING_ROWS,
        [PROBLEM_LEFT_OUT_RECORD] = WORD_ADVICE_LEFT_OUT_RECORD,
        [PROBLEM_DOUBTFUL_RECORD] = WORD_ADVICE_DOUBTFUL_RECORD,
        [PROBLEM_DOUBTFUL_SOURCE] = WORD_ADVICE_DOUBTFUL_SOURCE,
        [PROBLEM_KEYLESS_TABLE] = WORD_ADVICE_KEYLESS_TABLE,
    };
    _Static_assert(sizeof names / sizeof *names == PROBLEM_KINDS, "an advice for each kind");
    return word_get(names[kind], language);
}

const char *word_standing(enum standing standing, const char *language)
{
    static const enum word names[] = {
        [STANDING_UNCORROBORATED] = WORD_STANDING_UNCORROBORATED,
        [STANDING_CORROBORATED] = WORD_STANDING_CORROBORATED,
        [STANDING_CONTRADICTED] = WORD_STANDING_CONTRADICTED,
    };
    return word_get(names[standing], language);
}

const char *word_bearing(bool accuses, bool acquits, const char *language)
{
    if (!accuses && !acquits)
        return "";
    return word_get(!acquits  ? WORD_ACCUSES
                    : accuses ? WORD_ACCUSES_AND_ACQUITS
                              : WORD_ACQUITS,
                    language);
}

const char *word_waiver(enum waiver_status status, const char *language)
{
    static const enum word names[] = {
        [WAIVER_APPLIED] = WORD_WAIVER_APPLIED,
        [WAIVER_SUPERSEDED] = WORD_WAIVER_SUPERSEDED,
        [WAIVER_NOT_JUDGED] = WORD_WAIVER_NOT_JUDGED,
        [WAIVER_UNREADABLE] = WORD_UNREADABLE,
        [WAIVER_UNUSED] = WORD_WAIVER_UNUSED,
        [WAIVER_EXPIRED] = WORD_WAIVER_EXPIRED,
        [WAIVER_NOT_YET] = WORD_WAIVER_NOT_YET,
        [WAIVER_NOT_WAIVABLE] = WORD_WAIVER_NOT_WAIVABLE,
        [WAIVER_CHANGED] = WORD_WAIVER_CHANGED,
        [WAIVER_SELF_APPROVED] = WORD_WAIVER_SELF_APPROVED,
        [WAIVER_UNKNOWN_APPROVER] = WORD_WAIVER_UNKNOWN_APPROVER,
        [WAIVER_OVER_LIMIT] = WORD_WAIVER_OVER_LIMIT,
    };
    _Static_assert(sizeof names / sizeof *names == WAIVER_STATUSES, "a word for each");
    return word_get(names[status], language);
}

const char *word_scope(enum control_scope scope, const char *language)
{
    static const enum word names[] = {
        [SCOPE_PERIOD] = WORD_SCOPE_PERIOD,
        [SCOPE_OPEN] = WORD_SCOPE_OPEN,
        [SCOPE_ALL] = WORD_SCOPE_ALL,
    };
    return word_get(names[scope], language);
}
