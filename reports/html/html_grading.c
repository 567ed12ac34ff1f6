// SPDX-License-Identifier: MIT
#include "reports/html/html_inside.h"

static void add_threshold(struct html_page *page, enum grade grade, enum word which,
                          struct decimal amount, size_t count)
{
    const char *currency = page->run->data->scope.currency;
    struct buffer value = {0}, number = {0};
    amount_format(total_of(amount), currency, true, &value);
    buffer_printf(&value, " %s", currency);
    html_count_add(&number, count);
    buffer_add_text(&page->text, "<li>");
    html_page_say(page, which, grade_text(grade, page->run->language), buffer_text(&value),
                  buffer_text(&number), "");
    buffer_clear(&value);
    buffer_clear(&number);
}

void html_grading_write(struct html_page *page)
{
    const struct materiality *materiality = &page->run->engagement->materiality;
    if (!page->grading)
        return;
    buffer_add_text(&page->text, "<h3>");
    html_page_say(page, WORD_GRADES, "", "", "", "");
    buffer_add_text(&page->text, "</h3><ul>");
    for (int grade = GRADE_MATERIAL; grade >= GRADE_GENERAL; grade--) {
        struct buffer count = {0};
        html_count_add(&count, page->grading->grades[grade]);
        buffer_add_text(&page->text, "<li>");
        html_page_say(page, WORD_GRADE_OF, grade_text((enum grade)grade, page->run->language),
                      buffer_text(&count), "", "");
        buffer_clear(&count);
    }
    buffer_add_text(&page->text, "</ul><ul class=note>");
    add_threshold(page, GRADE_MATERIAL, WORD_GRADE_MATERIAL_FROM, materiality->amount,
                  materiality->material_count);
    add_threshold(page, GRADE_SIGNIFICANT, WORD_GRADE_SIGNIFICANT_FROM, materiality->significant,
                  materiality->significant_count);
    buffer_add_text(&page->text, "</ul>\n");
    html_page_flush(page);
}

// "significant deficiency (amount, severity)"
void html_grading_add(struct html_page *page, int control)
{
    const struct graded_control *graded = &page->grading->controls[control];
    struct buffer reasons = {0};
    grade_reasons(graded->reasons, page->run->language, &reasons);
    html_text_add(&page->text, grade_text(graded->grade, page->run->language));
    if (reasons.length > 0) {
        buffer_add_text(&page->text, " (");
        html_text_add(&page->text, buffer_text(&reasons));
        buffer_add_text(&page->text, ")");
    }
    buffer_clear(&reasons);
}
