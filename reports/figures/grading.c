// SPDX-License-Identifier: MIT
#include "reports/figures/grading.h"

#include "reports/words/words.h"

#include <string.h>

static bool is_loss(enum amount_kind kind)
{
    return kind == AMOUNT_MISSTATEMENT || kind == AMOUNT_EXPOSURE;
}

static void add(struct graded_control *graded, const struct run *run, const struct finding *finding)
{
    const char *currency =
        finding->has_amount ? dictionary_get(run->data->texts, finding->currency).bytes : "";
    graded->open++;
    graded->grave += finding->severity >= SEVERITY_HIGH;
    graded->critical += finding->severity == SEVERITY_CRITICAL;
    if (!is_loss(run->engagement->controls[finding->control].amount_kind) ||
        strcmp(currency, run->data->scope.currency) != 0)
        return;
    struct total one = total_of(finding->amount);
    if (one.coefficient < 0)
        one.coefficient = -one.coefficient;
    graded->amount = total_add(graded->amount, one);
}

static bool reaches(const struct graded_control *graded, struct decimal threshold)
{
    return total_compare_sizes(graded->amount, total_of(threshold)) >= 0;
}

static void raise(struct graded_control *graded, bool reached, enum grade grade, int reason)
{
    if (!reached || grade < graded->grade)
        return;
    graded->reasons = grade > graded->grade ? reason : graded->reasons | reason;
    graded->grade = grade;
}

static void judge(struct graded_control *graded, const struct materiality *materiality)
{
    if (graded->open == 0)
        return;
    graded->grade = GRADE_GENERAL;
    raise(graded, reaches(graded, materiality->significant), GRADE_SIGNIFICANT, GRADE_BY_AMOUNT);
    raise(graded, graded->grave >= materiality->significant_count, GRADE_SIGNIFICANT,
          GRADE_BY_COUNT);
    raise(graded, graded->critical > 0, GRADE_SIGNIFICANT, GRADE_BY_SEVERITY);
    raise(graded, reaches(graded, materiality->amount), GRADE_MATERIAL, GRADE_BY_AMOUNT);
    raise(graded, graded->grave >= materiality->material_count, GRADE_MATERIAL, GRADE_BY_COUNT);
}

void grading_init(struct grading *grading, const struct run *run)
{
    const struct engagement *engagement = run->engagement;
    *grading = (struct grading){.count = engagement->control_count};
    grading->controls = arena_take(run->arena, (size_t)grading->count, sizeof *grading->controls);
    if (!engagement->materiality.stated)
        return;
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        const struct finding *finding = &run->evaluation->findings[i];
        if (!waivers_cover(run->waivers, i))
            add(&grading->controls[finding->control], run, finding);
    }
    for (int i = 0; i < grading->count; i++) {
        judge(&grading->controls[i], &engagement->materiality);
        grading->grades[grading->controls[i].grade]++;
    }
}

const char *grade_name(enum grade grade)
{
    static const char *const names[] = {"", "general", "significant", "material"};
    return names[grade];
}

const char *grade_text(enum grade grade, const char *language)
{
    static const enum word words[] = {WORD_GRADE_NONE, WORD_GRADE_GENERAL, WORD_GRADE_SIGNIFICANT,
                                      WORD_GRADE_MATERIAL};
    return word_get(words[grade], language);
}

void grade_reasons(int reasons, const char *language, struct buffer *out)
{
    static const enum word words[] = {WORD_AMOUNT, WORD_COUNT, WORD_SEVERITY};
    size_t before = out->length;
    for (int i = 0; i < 3; i++)
        if (reasons & 1 << i)
            buffer_printf(out, "%s%s", out->length > before ? ", " : "",
                          word_get(words[i], language));
}

void grade_threshold(const struct run *run, enum grade grade, struct buffer *out)
{
    const struct materiality *materiality = &run->engagement->materiality;
    const char *currency = run->data->scope.currency;
    bool material = grade == GRADE_MATERIAL;
    struct decimal from = material ? materiality->amount : materiality->significant;
    struct buffer amount = {0};
    char count[32];
    if (grade < GRADE_SIGNIFICANT)
        return;
    amount_format(total_of(from), currency, true, &amount);
    buffer_printf(&amount, " %s", currency);
    snprintf(count, sizeof count, "%zu",
             material ? materiality->material_count : materiality->significant_count);
    enum word which = material ? WORD_GRADE_MATERIAL_FROM : WORD_GRADE_SIGNIFICANT_FROM;
    buffer_printf(out, word_get(which, run->language), grade_text(grade, run->language),
                  buffer_text(&amount), count);
    buffer_clear(&amount);
}
