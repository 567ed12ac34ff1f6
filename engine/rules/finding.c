// SPDX-License-Identifier: MIT
// The fingerprint is over a finding's id, amount, currency and values, each value with its length,
// so that two sets of facts never give one text; message, severity and evidence may change without
// it.
#include "engine/rules/finding.h"

#include "engine/base/currency.h"
#include "engine/base/hash.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>

void finding_add_value(struct arena *arena, struct finding *finding, const char *name,
                       const char *text, size_t length)
{
    finding->values =
        arena_extend(arena, finding->values, (size_t)finding->value_count, sizeof *finding->values);
    finding->values[finding->value_count++] =
        (struct finding_value){arena_text(arena, name), arena_text_n(arena, text, length)};
}

void finding_add_rest(struct arena *arena, struct finding *finding, int assumption)
{
    finding->rests =
        arena_extend(arena, finding->rests, (size_t)finding->rest_count, sizeof *finding->rests);
    finding->rests[finding->rest_count++] = (uint16_t)assumption;
}

int finding_compare(const struct data *data, const struct control *controls,
                    const struct finding *a, const struct finding *b)
{
    int order = strcmp(controls[a->control].id, controls[b->control].id);
    if (order == 0 && a->table != b->table)
        order = strcmp(data->model->tables[a->table].name, data->model->tables[b->table].name);
    if (order == 0)
        order = strcmp(a->key, b->key);
    if (order == 0)
        order = strcmp(a->label ? a->label : "", b->label ? b->label : "");
    return order;
}

void finding_id(const struct data *data, const struct control *controls,
                const struct finding *finding, struct buffer *out)
{
    buffer_printf(out, "%s:%s:%s", controls[finding->control].id,
                  data->model->tables[finding->table].name, finding->key);
    if (finding->label)
        buffer_printf(out, "#%s", finding->label);
}

void finding_amount(const struct data *data, const struct finding *finding, struct buffer *out)
{
    if (!finding->has_amount)
        return;
    char text[DECIMAL_TEXT_MAX];
    const char *currency = finding->currency == DICTIONARY_NONE
                               ? ""
                               : dictionary_get(data->texts, finding->currency).bytes;
    decimal_format(finding->amount, currency_digits(currency), text);
    buffer_add_text(out, text);
}

struct sum *finding_sum(const struct data *data, const struct control *controls,
                        const struct finding *finding, struct sums *sums)
{
    if (!finding->has_amount)
        return NULL;
    return sums_get(sums, controls[finding->control].amount_kind,
                    dictionary_get(data->texts, finding->currency).bytes,
                    finding->amount.coefficient < 0);
}

void finding_add_amount(const struct data *data, const struct control *controls,
                        const struct finding *finding, struct sums *sums)
{
    struct sum *sum = finding_sum(data, controls, finding, sums);
    if (sum)
        sum_add(sum, total_of(finding->amount));
}

// A value in words; of a list ("contract.amount, contract.contract_no") each part.
static void add_value(const struct data *data, const struct control *control, const char *text,
                      const char *language, struct buffer *out)
{
    const char *end;
    for (const char *at = text;; at = end + 2) {
        end = strstr(at, ", ");
        char *part = memory_text_n(at, end ? (size_t)(end - at) : strlen(at));
        if (!control_term(control, data->model, part, language, out))
            buffer_add_text(out, part);
        free(part);
        if (!end)
            break;
        buffer_add_text(out, ", ");
    }
}

// The text that stands for {name}; an absent value shows as a dash.
static void add_named(const struct data *data, const struct control *control,
                      const struct finding *finding, const char *name, size_t length,
                      const char *language, struct buffer *out)
{
    if (length == 6 && memcmp(name, "amount", 6) == 0 && finding->has_amount) {
        finding_amount(data, finding, out);
        return;
    }
    if (length == 8 && memcmp(name, "currency", 8) == 0 && finding->currency != DICTIONARY_NONE) {
        buffer_add_text(out, dictionary_get(data->texts, finding->currency).bytes);
        return;
    }
    if (length == 3 && memcmp(name, "key", 3) == 0) {
        buffer_add_text(out, finding->key);
        return;
    }
    if (length == 5 && memcmp(name, "label", 5) == 0 && finding->label) {
        buffer_add_text(out, finding->label);
        return;
    }
    for (int i = 0; i < finding->value_count; i++)
        if (strlen(finding->values[i].name) == length &&
            memcmp(finding->values[i].name, name, length) == 0) {
            add_value(data, control, finding->values[i].text, language, out);
            return;
        }
    for (int i = 0; i < finding->unknown_count; i++)
        if (strlen(finding->unknowns[i].name) == length &&
            memcmp(finding->unknowns[i].name, name, length) == 0) {
            buffer_add_text(out, "?");
            return;
        }
    buffer_add_text(out, "–");
}

static const char *find_value(const struct finding *finding, const char *name)
{
    for (int i = 0; i < finding->value_count; i++)
        if (strcmp(finding->values[i].name, name) == 0)
            return finding->values[i].text;
    return NULL;
}

// About what passes because of one day the control's own message says nothing.
static void add_same_day(const struct finding *finding, const char *language, struct buffer *out)
{
    struct buffer reason = {0};
    const char *rows = find_value(finding, "rows"), *person = find_value(finding, "person");
    if (rows && person)
        reason_set_with(&reason, REASON_SAME_DAY_OFTEN, "%s" REASON_AND "%s", rows, person);
    else
        reason_set(&reason, REASON_SAME_DAY);
    reason_add(buffer_text(&reason), language, out);
    buffer_clear(&reason);
}

void finding_message(const struct data *data, const struct control *controls,
                     const struct finding *finding, const char *language, struct buffer *out)
{
    const struct control *control = &controls[finding->control];
    const char *at = bilingual_get(&control->message, language);
    if (finding->label &&
        strncmp(finding->label, FINDING_SAME_DAY, strlen(FINDING_SAME_DAY)) == 0) {
        add_same_day(finding, language, out);
        return;
    }
    while (*at) {
        const char *open = strchr(at, '{'), *close = open ? strchr(open, '}') : NULL;
        if (!close) {
            buffer_add_text(out, at);
            return;
        }
        buffer_add(out, at, (size_t)(open - at));
        add_named(data, control, finding, open + 1, (size_t)(close - open - 1), language, out);
        at = close + 1;
    }
}

bool finding_is_assumed(const struct data *data, const struct finding *finding)
{
    for (int i = 0; i < finding->rest_count; i++)
        if (data->assumptions[finding->rests[i]].accuses ||
            data->assumptions[finding->rests[i]].acquits)
            return true;
    return false;
}

void finding_assumptions(const struct data *data, const struct finding *finding, struct buffer *out)
{
    for (int i = 0; i < finding->rest_count; i++) {
        buffer_add_text(out, i ? "; " : "");
        assumption_name(data, finding->rests[i], out);
    }
}

void finding_unknowns(const struct finding *finding, const char *language, struct buffer *out)
{
    for (int i = 0; i < finding->unknown_count; i++) {
        buffer_printf(out, "%s%s: ", i ? "; " : "", finding->unknowns[i].name);
        reason_add(finding->unknowns[i].text, language, out);
    }
}

void finding_seal(const struct data *data, const struct control *controls, struct finding *finding)
{
    struct buffer facts = {0};
    finding_id(data, controls, finding, &facts);
    buffer_add_byte(&facts, '\n');
    finding_amount(data, finding, &facts);
    if (finding->currency != DICTIONARY_NONE)
        buffer_printf(&facts, " %s", dictionary_get(data->texts, finding->currency).bytes);
    for (int i = 0; i < finding->value_count; i++)
        buffer_printf(&facts, "\n%s=%zu:%s", finding->values[i].name,
                      strlen(finding->values[i].text), finding->values[i].text);
    if (finding->rest_count) {
        buffer_add_byte(&facts, '\n');
        finding_assumptions(data, finding, &facts);
    }
    hash_bytes(facts.data, facts.length, finding->fingerprint);
    buffer_clear(&facts);
}
