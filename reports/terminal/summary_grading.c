// SPDX-License-Identifier: MIT
#include "reports/terminal/summary_grading.h"

#include "reports/figures/grading.h"
#include "reports/terminal/summary_inside.h"

static void add_decimal(const struct summary *summary, struct decimal value, struct buffer *out)
{
    const char *currency = summary->run->data->scope.currency;
    amount_format(total_of(value), currency, true, out);
    buffer_printf(out, " %s", currency);
}

static void print_threshold(const struct summary *summary, enum grade grade, enum word which,
                            struct decimal amount, size_t count)
{
    struct buffer text = {0};
    char digits[SUMMARY_COUNT_MAX];
    add_decimal(summary, amount, &text);
    summary_line(summary, 2, which, grade_text(grade, summary->run->language), buffer_text(&text),
                 summary_count(count, digits), "");
    buffer_clear(&text);
}

static void add_control(const struct summary *summary, struct grid *grid, int index,
                        const struct graded_control *graded)
{
    const struct control *control = &summary->run->engagement->controls[index];
    struct buffer amount = {0}, reasons = {0};
    if (graded->amount.coefficient != 0 || graded->amount.beyond)
        amount_format(graded->amount, summary->run->data->scope.currency, true, &amount);
    grade_reasons(graded->reasons, summary->run->language, &reasons);
    grid_add_row(grid);
    grid_add_cell(grid, grade_text(graded->grade, summary->run->language),
                  graded->grade == GRADE_MATERIAL ? "red" : NULL);
    grid_add_cell(grid, control->id, NULL);
    grid_add_cell(grid, bilingual_get(&control->title, summary->run->language), NULL);
    summary_add_count(grid, graded->open);
    summary_add_count(grid, graded->grave);
    grid_add_cell(grid, buffer_text(&amount), NULL);
    grid_add_cell(grid, buffer_text(&reasons), NULL);
    buffer_clear(&amount);
    buffer_clear(&reasons);
}

static void print_controls(const struct summary *summary, const struct grading *grading)
{
    struct grid *grid = grid_new(summary->look);
    grid_add_column(grid, summary_say(summary, WORD_COLUMN_GRADE), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_CONTROL), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_TITLE), GRID_WRAP);
    grid_add_column(grid, summary_say(summary, WORD_OPEN), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_GRAVE), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_AMOUNT), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_COLUMN_BECAUSE), GRID_LEFT);
    for (int grade = GRADE_MATERIAL; grade >= GRADE_SIGNIFICANT; grade--)
        for (int i = 0; i < grading->count; i++)
            if ((int)grading->controls[i].grade == grade)
                add_control(summary, grid, i, &grading->controls[i]);
    grid_print(grid, 2, summary->out);
    grid_free(grid);
}

void summary_grading_print(const struct summary *summary)
{
    const struct materiality *materiality = &summary->run->engagement->materiality;
    struct grading grading;
    char count[SUMMARY_COUNT_MAX];
    if (!materiality->stated)
        return;
    grading_init(&grading, summary->run);
    summary_heading(summary, WORD_GRADES, SUMMARY_BOLD);
    if (grading.grades[GRADE_MATERIAL] + grading.grades[GRADE_SIGNIFICANT] > 0)
        print_controls(summary, &grading);
    summary_line(summary, 2, WORD_GRADE_OF, grade_text(GRADE_GENERAL, summary->run->language),
                 summary_count(grading.grades[GRADE_GENERAL], count), "", "");
    print_threshold(summary, GRADE_MATERIAL, WORD_GRADE_MATERIAL_FROM, materiality->amount,
                    materiality->material_count);
    print_threshold(summary, GRADE_SIGNIFICANT, WORD_GRADE_SIGNIFICANT_FROM,
                    materiality->significant, materiality->significant_count);
}
