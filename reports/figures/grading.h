// SPDX-License-Identifier: MIT
// A grading: which grade of control deficiency the open exceptions of each control suggest, by
// amount, count and severity, against the materiality of the engagement. The grades are those used
// in China. It is a suggestion: whether a deficiency can be compensated or is intended, no data
// tell.
#ifndef VOUCH_GRADING_H
#define VOUCH_GRADING_H

#include "engine/base/total.h"
#include "reports/figures/run.h"

enum grade { GRADE_NONE, GRADE_GENERAL, GRADE_SIGNIFICANT, GRADE_MATERIAL };

// What decided, together where several gave the grade.
enum grade_reason { GRADE_BY_AMOUNT = 1, GRADE_BY_COUNT = 2, GRADE_BY_SEVERITY = 4 };

struct graded_control {
    enum grade grade; // GRADE_NONE: no open exception
    int reasons;      // of a grade above general
    // Of its open exceptions. The amounts are added by size, those of red documents too, in the
    // currency of the engagement; transactions are no loss and do not count.
    struct total amount;
    size_t open, grave; // grave: of severity high or critical
    size_t critical;
};

struct grading {
    struct graded_control *controls; // by control
    int count;
    size_t grades[GRADE_MATERIAL + 1];
};

// Nothing is graded when the engagement states no materiality.
void grading_init(struct grading *grading, const struct run *run);

const char *grade_name(enum grade grade); // "general", "significant", "material"; "" for none
// "重大缺陷" or "material weakness"
const char *grade_text(enum grade grade, const char *language);

// "amount, severity", as people of `language` call them, or as results do (NULL).
void grade_reasons(int reasons, const char *language, struct buffer *out);

// From where on a grade above general is suggested, in the run's language; nothing for others.
void grade_threshold(const struct run *run, enum grade grade, struct buffer *out);

#endif
