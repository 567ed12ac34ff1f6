// SPDX-License-Identifier: MIT
// A control with its exceptions. Whatever comes from rules or data goes through html_text.h and can
// be no markup; classes and attributes are made of numbers, words of ours and anchors. The page is
// written to nowhere first, to be measured: writing it changes nothing but the page.
#include "reports/html/html_inside.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const struct control *control_at(const struct html_page *page, int index)
{
    return &page->run->engagement->controls[index];
}

static const struct control_result *result_at(const struct html_page *page, int index)
{
    return &page->run->evaluation->results[index];
}

// ---- the parts of a control

static void begin_part(struct html_page *page, enum word name)
{
    buffer_add_text(&page->text, "<dt>");
    html_page_say(page, name, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "<dd>");
}

static void add_part(struct html_page *page, enum word name, const struct bilingual *text)
{
    const char *said = bilingual_get(text, page->run->language);
    if (!*said)
        return;
    begin_part(page, name);
    html_text_add(&page->text, said);
}

// "sales_order (销售订单) · rows of the period"
static void add_population(struct html_page *page, const struct control *control)
{
    const struct model *model = page->run->data->model;
    begin_part(page, WORD_HEAD_POPULATION);
    for (int i = 0; i < control->population_count; i++) {
        const struct model_table *table = &model->tables[control->populations[i]];
        buffer_add_text(&page->text, i ? ", " : "");
        html_text_add(&page->text, table->name);
        if (table->label && strcmp(page->run->language, "zh") == 0) {
            buffer_add_text(&page->text, "（");
            html_text_add(&page->text, table->label);
            buffer_add_text(&page->text, "）");
        }
    }
    buffer_add_text(&page->text, " · ");
    html_text_add(&page->text, word_scope(control->scope, page->run->language));
}

static void add_number(struct html_page *page, enum word name, size_t count)
{
    buffer_add_text(&page->text, "<span><b>");
    html_count_add(&page->text, count);
    buffer_add_text(&page->text, "</b> ");
    html_page_say(page, name, NULL, NULL, NULL, NULL);
    buffer_add_text(&page->text, "</span> ");
}

// Of those that passed, with their amounts: "3 passed, same day (100.00 CNY)".
static void add_noted(struct html_page *page, enum word name, const struct noted_rows *noted)
{
    if (noted->rows == 0)
        return;
    buffer_add_text(&page->text, "<span><b>");
    html_count_add(&page->text, noted->rows);
    buffer_add_text(&page->text, "</b> ");
    html_page_say(page, name, NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < noted->amounts.count; i++) {
        buffer_add_text(&page->text, i ? "; " : " (");
        sum_format(&noted->amounts.items[i], true, &page->text);
        buffer_printf(&page->text, " %s", noted->amounts.items[i].currency);
    }
    buffer_add_text(&page->text, noted->amounts.count ? ")</span> " : "</span> ");
}

static void add_result(struct html_page *page, const struct control_result *result)
{
    begin_part(page, WORD_HEAD_RESULT);
    buffer_printf(&page->text, "<b class=r%d>%s</b> ", (int)result->status,
                  word_status(result->status, page->run->language));
    if (result->status == STATUS_NOT_RUN || result->status == STATUS_DISABLED)
        return;
    buffer_add_text(&page->text, "<span class=numbers>");
    add_number(page, WORD_LOADED, result->loaded);
    add_number(page, WORD_IN_SCOPE, result->in_scope);
    add_number(page, WORD_NOT_APPLICABLE, result->not_applicable);
    add_number(page, WORD_TESTED, result->tested);
    add_number(page, WORD_PASSED, result->passed);
    if (result->passed_assumed > 0)
        add_number(page, WORD_PASSED_ASSUMED, result->passed_assumed);
    add_noted(page, WORD_PASSED_SAME_DAY, &result->notes[PASS_SAME_DAY]);
    add_noted(page, WORD_PASSED_WITHIN_TOLERANCE, &result->notes[PASS_WITHIN_TOLERANCE]);
    add_number(page, WORD_ROWS_WITH_EXCEPTIONS, result->exception_rows);
    add_number(page, WORD_UNTESTABLE, result->untestable);
    add_number(page, WORD_ERRORS, result->errors);
    buffer_add_text(&page->text, "</span>");
}

static void add_reasons(struct html_page *page, const struct control_result *result)
{
    struct buffer reasons = {0};
    control_result_explain_some(result, page->run->language, ALL_REASONS, &reasons);
    if (reasons.length) {
        begin_part(page, WORD_HEAD_NOT_TESTED);
        html_text_add(&page->text, buffer_text(&reasons));
    }
    buffer_clear(&reasons);
}

static void add_rests(struct html_page *page, const struct control_result *result)
{
    bool any = false;
    for (int i = 0; i < result->rest_count; i++) {
        if (result->rests[i].exceptions + result->rests[i].passed == 0)
            continue;
        if (!any) {
            begin_part(page, WORD_ASSUMPTIONS);
            buffer_add_text(&page->text, "<ul>");
        }
        any = true;
        html_rests_add(page, result->rests[i].assumption);
    }
    if (any)
        buffer_add_text(&page->text, "</ul>");
}

void html_control_add_amounts(struct html_page *page, int index)
{
    const struct control *control = control_at(page, index);
    const struct control_result *result = result_at(page, index);
    for (size_t i = 0; i < result->amounts.count; i++) {
        const struct sum *sum = &result->amounts.items[i];
        buffer_add_text(&page->text, i ? "<br>" : "");
        html_amount_add(&page->text, sum->total, sum->currency);
        buffer_add_text(&page->text, " <small>");
        html_text_add(&page->text, word_kind(control->amount_kind, page->run->language));
        buffer_add_text(&page->text, "</small>");
    }
}

static void add_parameters(struct html_page *page, const struct control *control)
{
    if (control->parameter_count == 0)
        return;
    begin_part(page, WORD_PARAMETERS);
    buffer_add_text(&page->text, "<ul>");
    for (int i = 0; i < control->parameter_count; i++) {
        const struct parameter *parameter = &control->parameters[i];
        struct buffer value = {0};
        parameter_add(parameter->value, &value);
        buffer_add_text(&page->text, "<li><code>");
        html_text_add(&page->text, parameter->name);
        buffer_add_text(&page->text, " = ");
        html_text_add(&page->text, buffer_text(&value));
        buffer_add_text(&page->text, "</code> <small>");
        html_text_add(&page->text, word_origin(parameter->origin, page->run->language));
        buffer_add_text(&page->text, "</small>");
        buffer_clear(&value);
    }
    buffer_add_text(&page->text, "</ul>");
}

static void add_clauses(struct html_page *page, const struct control *control)
{
    if (control->source_count == 0)
        return;
    begin_part(page, WORD_CLAUSES);
    for (int i = 0; i < control->source_count; i++) {
        buffer_add_text(&page->text, i ? "; " : "");
        html_text_add(&page->text, control->sources[i]);
    }
}

static void add_rule(struct html_page *page, const struct control *control)
{
    if (!control->file)
        return;
    begin_part(page, WORD_RULE);
    buffer_add_text(&page->text, "<code>");
    html_text_add(&page->text, control->file);
    buffer_printf(&page->text, ":%d</code> <small>SHA-256 %.16s…</small>", control->line,
                  control->hash);
}

// ---- its exceptions

static void add_heads(struct html_page *page)
{
    static const enum word heads[] = {
        WORD_HEAD_ROW,   WORD_HEAD_SEVERITY, WORD_HEAD_DATE, WORD_HEAD_CUSTOMER,
        WORD_HEAD_ACTOR, WORD_HEAD_AMOUNT,   WORD_FINDING,
    };
    buffer_add_text(&page->text, "<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        buffer_add_text(&page->text,
                        heads[i] == WORD_HEAD_AMOUNT ? "<th scope=col class=n>" : "<th scope=col>");
        html_page_say(page, heads[i], NULL, NULL, NULL, NULL);
        buffer_add_text(&page->text, "</th>");
    }
    buffer_add_text(&page->text, "</tr></thead><tbody>\n");
}

static void add_caption(struct html_page *page, const char *id, size_t shown, size_t all)
{
    struct buffer few = {0}, many = {0};
    html_count_add(&few, shown);
    html_count_add(&many, all);
    buffer_add_text(&page->text, "<caption>");
    if (shown < all)
        html_page_say(page, WORD_SHOWN_OF, id, buffer_text(&few), buffer_text(&many), NULL);
    else
        html_page_say(page, WORD_EXCEPTIONS_OF, id, buffer_text(&many), NULL, NULL);
    buffer_add_text(&page->text, "</caption>");
    buffer_clear(&few);
    buffer_clear(&many);
}

static void write_exceptions(struct html_page *page, int index, size_t from, size_t to)
{
    const struct finding *findings = page->run->evaluation->findings;
    size_t shown = 0;
    for (size_t i = from; i < to; i++)
        shown += html_is_shown(page, i);
    if (shown == 0) {
        struct buffer count = {0};
        html_count_add(&count, to - from);
        buffer_add_text(&page->text, "<p>");
        html_page_say(page, WORD_NONE_SHOWN, buffer_text(&count), NULL, NULL, NULL);
        buffer_add_text(&page->text, "</p>");
        buffer_clear(&count);
        return;
    }
    buffer_add_text(&page->text, "<table class=\"x cards\">");
    add_caption(page, control_at(page, index)->id, shown, to - from);
    add_heads(page);
    for (size_t i = from; i < to; i++) {
        bool again = i > from && finding_compare(page->run->data, page->run->engagement->controls,
                                                 &findings[i - 1], &findings[i]) == 0;
        page->same = again ? page->same + 1 : 1;
        if (html_is_shown(page, i))
            html_exception_write(page, i);
    }
    buffer_add_text(&page->text, "</tbody></table>\n");
}

// ---- each control

void html_control_write(struct html_page *page, int index, size_t from, size_t to)
{
    const struct control *control = control_at(page, index);
    const struct control_result *result = result_at(page, index);
    buffer_add_text(&page->text, "<article id=\"");
    html_anchor_add(&page->text, control->id);
    buffer_printf(&page->text, "\" data-result=%d data-severity=%d data-family=\"",
                  (int)result->status, (int)control->severity);
    html_anchor_add(&page->text, control->family);
    buffer_add_text(&page->text, "\"><h4><a href=\"#");
    html_anchor_add(&page->text, control->id);
    buffer_add_text(&page->text, "\">");
    html_text_add(&page->text, control->id);
    buffer_add_text(&page->text, "</a> ");
    html_text_add(&page->text, bilingual_get(&control->title, page->run->language));
    buffer_add_text(&page->text, " ");
    html_severity_add(page, control->severity);
    buffer_add_text(&page->text, "</h4><dl>");
    add_part(page, WORD_HEAD_TESTS, &control->tests);
    add_part(page, WORD_HEAD_RISK, &control->risk);
    add_population(page, control);
    add_result(page, result);
    add_reasons(page, result);
    add_rests(page, result);
    if (result->amounts.count > 0) {
        begin_part(page, WORD_AMOUNTS);
        html_control_add_amounts(page, index);
    }
    if (page->grading && page->grading->controls[index].grade != GRADE_NONE) {
        begin_part(page, WORD_GRADE);
        html_grading_add(page, index);
    }
    add_part(page, WORD_HEAD_FOLLOW_UP, &control->follow_up);
    add_parameters(page, control);
    add_clauses(page, control);
    add_rule(page, control);
    buffer_add_text(&page->text, "</dl>");
    if (to > from)
        write_exceptions(page, index, from, to);
    buffer_add_text(&page->text, "</article>\n");
    html_page_flush(page);
}
