// SPDX-License-Identifier: MIT
// A finding is built part by part, then packed into one block of memory: whoever changes its texts
// unpacks it first. The fingerprint is over its id, amount, currency and values, each value with
// its length, so that two sets of facts never give one text; message, severity and evidence may
// change without it.
#include "engine/rules/finding.h"

#include "engine/base/currency.h"
#include "engine/base/hash.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>

static void free_values(struct finding_value *values, int count)
{
    for (int i = 0; i < count; i++) {
        free(values[i].name);
        free(values[i].text);
    }
    free(values);
}

static void free_parts(struct finding *finding)
{
    if (finding->packed) {
        free(finding->packed);
        finding->packed = NULL;
        return;
    }
    free(finding->key);
    free(finding->label);
    free_values(finding->values, finding->value_count);
    free_values(finding->unknowns, finding->unknown_count);
    free(finding->evidence);
    free(finding->rests);
}

void finding_add_value(struct finding *finding, const char *name, const char *text, size_t length)
{
    finding->values =
        memory_resize(finding->values, (size_t)finding->value_count + 1, sizeof *finding->values);
    finding->values[finding->value_count++] =
        (struct finding_value){memory_text(name), memory_text_n(text, length)};
}

void finding_add_rest(struct finding *finding, int assumption)
{
    finding->rests =
        memory_resize(finding->rests, (size_t)finding->rest_count + 1, sizeof *finding->rests);
    finding->rests[finding->rest_count++] = (uint16_t)assumption;
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

static size_t values_size(const struct finding_value *values, int count)
{
    size_t size = 0;
    for (int i = 0; i < count; i++)
        size += text_size(values[i].name) + text_size(values[i].text);
    return size;
}

static void place_values(char **end, struct finding_value *to, const struct finding_value *values,
                         int count)
{
    for (int i = 0; i < count; i++) {
        to[i].name = place_text(end, values[i].name);
        to[i].text = place_text(end, values[i].text);
    }
}

// Takes room for `size` bytes at `*end` and fills it.
static void *place_bytes(char **end, const void *bytes, size_t size)
{
    void *placed = *end;
    if (size)
        memcpy(placed, bytes, size);
    *end += size;
    return placed;
}

void finding_pack(struct finding *finding)
{
    if (finding->packed)
        return;
    // Members with the strictest alignment first.
    size_t values = (size_t)finding->value_count * sizeof *finding->values;
    size_t unknowns = (size_t)finding->unknown_count * sizeof *finding->unknowns;
    size_t evidence = (size_t)finding->evidence_count * sizeof *finding->evidence;
    size_t rests = (size_t)finding->rest_count * sizeof *finding->rests;
    size_t size = values + unknowns + evidence + rests + text_size(finding->key) +
                  text_size(finding->label) + values_size(finding->values, finding->value_count) +
                  values_size(finding->unknowns, finding->unknown_count);
    char *end = memory_new(size, 1);
    struct finding packed = *finding;
    packed.packed = end;
    packed.values = place_bytes(&end, finding->values, values);
    packed.unknowns = place_bytes(&end, finding->unknowns, unknowns);
    packed.evidence = place_bytes(&end, finding->evidence, evidence);
    packed.rests = place_bytes(&end, finding->rests, rests);
    packed.key = place_text(&end, finding->key);
    packed.label = place_text(&end, finding->label);
    place_values(&end, packed.values, finding->values, finding->value_count);
    place_values(&end, packed.unknowns, finding->unknowns, finding->unknown_count);
    free_parts(finding);
    *finding = packed;
}

static struct finding_value *copy_values(const struct finding_value *values, int count)
{
    struct finding_value *copy = memory_new((size_t)count, sizeof *copy);
    for (int i = 0; i < count; i++)
        copy[i] = (struct finding_value){memory_text(values[i].name), memory_text(values[i].text)};
    return copy;
}

static void *copy_bytes(const void *bytes, size_t size)
{
    void *copy = memory_new(size, 1);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

void finding_unpack(struct finding *finding)
{
    struct finding own = *finding;
    if (!finding->packed)
        return;
    own.packed = NULL;
    own.key = finding->key ? memory_text(finding->key) : NULL;
    own.label = finding->label ? memory_text(finding->label) : NULL;
    own.values = copy_values(finding->values, own.value_count);
    own.unknowns = copy_values(finding->unknowns, own.unknown_count);
    own.evidence = copy_bytes(finding->evidence, (size_t)own.evidence_count * sizeof *own.evidence);
    own.rests = copy_bytes(finding->rests, (size_t)own.rest_count * sizeof *own.rests);
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
