// SPDX-License-Identifier: MIT
// A finding is built part by part, then packed into one block of memory: whoever changes its texts
// unpacks it first. The fingerprint is over its id, amount, currency and values, each value with
// its length, so that two sets of facts never give one text; message, severity and evidence may
// change without it.
#include "engine/rules/finding.h"

#include "engine/base/currency.h"
#include "engine/base/hash.h"
#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>

static void free_parts(struct finding *finding)
{
    if (finding->packed) {
        free(finding->packed);
        finding->packed = NULL;
        return;
    }
    free(finding->key);
    free(finding->label);
    for (int i = 0; i < finding->value_count; i++) {
        free(finding->values[i].name);
        free(finding->values[i].text);
    }
    free(finding->values);
    free(finding->evidence);
}

void finding_clear(struct finding *finding)
{
    free_parts(finding);
    *finding = (struct finding){0};
}

static size_t text_size(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

// Copies a text to where `end` stands, and moves that behind it.
static char *place_text(char **end, const char *text)
{
    if (!text)
        return NULL;
    char *placed = memcpy(*end, text, strlen(text) + 1);
    *end += strlen(text) + 1;
    return placed;
}

void finding_pack(struct finding *finding)
{
    size_t values = (size_t)finding->value_count * sizeof *finding->values;
    size_t evidence = (size_t)finding->evidence_count * sizeof *finding->evidence;
    size_t size = values + evidence + text_size(finding->key) + text_size(finding->label);
    if (finding->packed)
        return;
    for (int i = 0; i < finding->value_count; i++)
        size += text_size(finding->values[i].name) + text_size(finding->values[i].text);
    char *block = memory_new(size, 1), *end = block + values + evidence;
    struct finding packed = *finding;
    packed.packed = block;
    packed.values = (struct finding_value *)(void *)block;
    packed.evidence = (struct evidence *)(void *)(block + values);
    if (evidence)
        memcpy(packed.evidence, finding->evidence, evidence);
    packed.key = place_text(&end, finding->key);
    packed.label = place_text(&end, finding->label);
    for (int i = 0; i < finding->value_count; i++) {
        packed.values[i].name = place_text(&end, finding->values[i].name);
        packed.values[i].text = place_text(&end, finding->values[i].text);
    }
    free_parts(finding);
    *finding = packed;
}

void finding_unpack(struct finding *finding)
{
    struct finding own = *finding;
    if (!finding->packed)
        return;
    own.packed = NULL;
    own.key = finding->key ? memory_text(finding->key) : NULL;
    own.label = finding->label ? memory_text(finding->label) : NULL;
    own.values = memory_new((size_t)own.value_count, sizeof *own.values);
    for (int i = 0; i < own.value_count; i++)
        own.values[i] = (struct finding_value){memory_text(finding->values[i].name),
                                               memory_text(finding->values[i].text)};
    own.evidence = memory_new((size_t)own.evidence_count, sizeof *own.evidence);
    if (own.evidence_count)
        memcpy(own.evidence, finding->evidence, (size_t)own.evidence_count * sizeof *own.evidence);
    free_parts(finding);
    *finding = own;
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
                    dictionary_get(data->texts, finding->currency).bytes);
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
    if (length == 6 && memcmp(name, "amount", 6) == 0) {
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
    buffer_add_text(out, "–");
}

void finding_message(const struct data *data, const struct control *controls,
                     const struct finding *finding, const char *language, struct buffer *out)
{
    const struct control *control = &controls[finding->control];
    const char *at = bilingual_get(&control->message, language);
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
    hash_bytes(facts.data, facts.length, finding->fingerprint);
    buffer_clear(&facts);
}
