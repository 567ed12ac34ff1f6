// SPDX-License-Identifier: MIT
// Rules copy what they read into values, labels, group keys and reasons, so a masked text is looked
// for in all that is reported, not in its own field only. At each place the longest known text
// counts; a short one only as a whole word, and one of more than LENGTH_MAX bytes is not looked
// for. Everything is sealed before it is masked: ids of rows, amounts and fingerprints stay what
// they are.
#include "engine/evaluation/mask.h"

#include "engine/base/arena.h"
#include "engine/base/hash.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// Texts of this many bytes (two Chinese characters) are found within words too; shorter ones would
// be found by chance.
enum { WITHIN_WORDS = 6, LENGTH_MAX = 512, HASH_SHOWN = 8 };

struct masked_field {
    int table, field;
};

struct mask {
    struct arena *arena; // holds this and the fields
    const struct model *model;
    struct masked_field *fields;
    size_t count;
    struct dictionary *texts;
    bool lengths[LENGTH_MAX + 1]; // of the texts
    size_t longest;
};

// ---- fields

static int add_field(struct mask *mask, const char *name, struct error *error)
{
    int table, field;
    if (!model_find_column(mask->model, name, &table, &field))
        return error_set(error, ERROR_USAGE, "--mask",
                         "the model has no field '%s'; write TABLE.FIELD, such as customer.phone",
                         name);
    const struct field *definition = &mask->model->tables[table].fields[field];
    if (definition->key)
        return error_set(error, ERROR_USAGE, "--mask",
                         "%s is part of a key, by which rows are named in every result", name);
    if (definition->type == TYPE_BOOL || definition->type == TYPE_ENUM)
        return error_set(error, ERROR_USAGE, "--mask",
                         "%s has a few fixed values, which stand for nobody", name);
    mask->fields[mask->count++] = (struct masked_field){table, field};
    return 0;
}

struct mask *mask_new(const struct model *model, const char *list, struct error *error)
{
    struct arena *arena = arena_new();
    struct mask *mask = arena_take(arena, 1, sizeof *mask);
    char *rest = arena_text(arena, list);
    size_t most = 1;
    int result = 0;
    for (const char *at = list; *at; at++)
        most += *at == ',';
    mask->arena = arena;
    mask->fields = arena_take(arena, most, sizeof *mask->fields);
    mask->model = model;
    mask->texts = dictionary_new();
    for (char *name; result == 0 && (name = strsep(&rest, ","));)
        if (*name)
            result = add_field(mask, name, error);
    if (result == 0 && mask->count == 0)
        result = error_set(error, ERROR_USAGE, "--mask",
                           "names no field; write TABLE.FIELD,... such as customer.phone");
    if (result == 0)
        return mask;
    mask_free(mask);
    return NULL;
}

void mask_free(struct mask *mask)
{
    if (!mask)
        return;
    dictionary_free(mask->texts);
    arena_free(mask->arena);
}

bool mask_covers(const struct mask *mask, int table, int field)
{
    for (size_t i = 0; mask && i < mask->count; i++)
        if (mask->fields[i].table == table && mask->fields[i].field == field)
            return true;
    return false;
}

json_t *mask_json(const struct mask *mask)
{
    json_t *names = json_array();
    for (size_t i = 0; mask && i < mask->count; i++) {
        struct buffer name = {0};
        model_add_name(mask->model, mask->fields[i].table, mask->fields[i].field, &name);
        if (json_array_append_new(names, json_string(buffer_text(&name))) < 0)
            memory_exhausted();
        buffer_clear(&name);
    }
    return names;
}

// ---- texts

static void gather_text(struct mask *mask, const struct buffer *text)
{
    if (text->length == 0 || text->length > LENGTH_MAX)
        return;
    dictionary_add(mask->texts, text->data, text->length);
    mask->lengths[text->length] = true;
    if (text->length > mask->longest)
        mask->longest = text->length;
}

void mask_gather(struct mask *mask, const struct data *data)
{
    struct buffer text = {0}, encoded = {0};
    for (size_t i = 0; i < mask->count; i++) {
        const struct table *table = &data->tables[mask->fields[i].table];
        if (!table->imported || !table->columns[mask->fields[i].field].imported)
            continue;
        for (uint32_t row = 0; row < table->rows; row++) {
            buffer_reset(&text);
            if (!data_format(data, mask->fields[i].table, row, mask->fields[i].field, &text))
                continue;
            gather_text(mask, &text);
            // As it stands in the key of a group.
            buffer_reset(&encoded);
            data_encode_key(buffer_text(&text), text.length, &encoded);
            gather_text(mask, &encoded);
        }
    }
    buffer_clear(&text);
    buffer_clear(&encoded);
}

static bool in_word(char byte)
{
    return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

// The length of the longest masked text at `at`, 0 when none begins there.
static size_t masked_at(const struct mask *mask, const char *text, size_t at, size_t end)
{
    size_t length = end - at < mask->longest ? end - at : mask->longest;
    for (; length > 0; length--) {
        if (!mask->lengths[length] ||
            dictionary_find(mask->texts, text + at, length) == DICTIONARY_NONE)
            continue;
        bool whole = (at == 0 || !in_word(text[at - 1])) &&
                     (at + length == end || !in_word(text[at + length]));
        if (whole || length >= WITHIN_WORDS)
            return length;
    }
    return 0;
}

static void add_hash(const char *text, size_t length, struct buffer *out)
{
    char digits[HASH_TEXT];
    hash_bytes(text, length, digits);
    buffer_printf(out, "~%.*s", HASH_SHOWN, digits);
}

static void replace(const struct mask *mask, const char *text, bool hashed, struct buffer *out)
{
    size_t end = strlen(text);
    for (size_t i = 0, length; i < end; i += length) {
        length = masked_at(mask, text, i, end);
        if (length == 0) {
            length = 1;
            buffer_add_byte(out, text[i]);
        } else if (hashed) {
            add_hash(text + i, length, out);
        } else {
            buffer_add_text(out, MASK_TEXT);
        }
    }
}

void mask_text(const struct mask *mask, const char *text, struct buffer *out)
{
    replace(mask, text, false, out);
}

// ---- what is reported

static void mask_kept(const struct mask *mask, const char **text, bool hashed, struct arena *arena)
{
    struct buffer out = {0};
    if (!*text)
        return;
    replace(mask, *text, hashed, &out);
    *text = arena_text_of(arena, &out);
}

static void replace_in_text(void *mask, const char *text, struct buffer *out)
{
    replace(mask, text, false, out);
}

static void mask_reason(const struct mask *mask, const char **reason, struct arena *arena)
{
    struct buffer out = {0};
    if (!*reason)
        return;
    reason_add_with(*reason, replace_in_text, (void *)mask, &out);
    *reason = arena_text_of(arena, &out);
}

// A row's own key holds no masked field, and other rows' texts may be in it by chance.
static bool is_key_of_row(const struct data *data, const struct finding *finding)
{
    struct buffer key = {0};
    data_key(data, finding->table, finding->row, &key);
    bool same = strcmp(buffer_text(&key), finding->key) == 0;
    buffer_clear(&key);
    return same;
}

struct order {
    const struct engagement *engagement;
    const struct data *data;
};

static int compare(const void *a, const void *b, void *context)
{
    const struct order *order = context;
    return finding_compare(order->data, order->engagement->controls, a, b);
}

// Why rows were not tested, which rules may say with what stands in them.
static void mask_result(const struct mask *mask, struct control_result *result, struct arena *arena)
{
    for (int i = 0; i < result->reason_count; i++)
        mask_reason(mask, &result->reasons[i].reason, arena);
    mask_reason(mask, &result->reason, arena);
}

void mask_findings(const struct mask *mask, const struct engagement *engagement,
                   const struct data *data, struct evaluation *evaluation)
{
    struct order order = {engagement, data};
    struct arena *arena = evaluation->arena;
    for (int i = 0; i < engagement->control_count; i++)
        mask_result(mask, &evaluation->results[i], arena);
    for (size_t i = 0; i < evaluation->finding_count; i++) {
        struct finding *finding = &evaluation->findings[i];
        for (int j = 0; j < finding->value_count; j++)
            mask_kept(mask, &finding->values[j].text, false, arena);
        if (!is_key_of_row(data, finding))
            mask_kept(mask, &finding->key, true, arena);
        mask_kept(mask, &finding->label, true, arena);
    }
    if (evaluation->finding_count > 0)
        qsort_r(evaluation->findings, evaluation->finding_count, sizeof *evaluation->findings,
                compare, &order);
}

static bool has_masked_field(const struct mask *mask, int table)
{
    for (size_t i = 0; i < mask->count; i++)
        if (mask->fields[i].table == table)
            return true;
    return false;
}

// A value whose field cannot be told, such as that of a whole record, may be a masked one.
static bool is_doubtful(const struct mask *mask, const struct problem *problem)
{
    if (!has_masked_field(mask, problem->table))
        return false;
    int field = problem->column
                    ? model_find_field(&mask->model->tables[problem->table], problem->column)
                    : -1;
    return field < 0 || mask_covers(mask, problem->table, field);
}

static void hide_quoted(void *context, const char *text, struct buffer *out)
{
    const char *quoted = context;
    size_t length = strlen(quoted);
    for (const char *found; length > 0 && (found = strstr(text, quoted)); text = found + length) {
        buffer_add(out, text, (size_t)(found - text));
        buffer_add_text(out, MASK_TEXT);
    }
    buffer_add_text(out, text);
}

void mask_problems(const struct mask *mask, struct data *data)
{
    struct arena *arena = data->arena;
    for (size_t i = 0; i < data->problems.count; i++) {
        struct problem *problem = &data->problems.items[i];
        struct buffer out = {0};
        if (problem->value && is_doubtful(mask, problem)) {
            reason_add_with(problem->reason, hide_quoted, (void *)problem->value, &out);
            problem->reason = arena_text_of(arena, &out);
            problem->value = MASK_TEXT;
        }
        mask_kept(mask, &problem->value, false, arena);
        mask_reason(mask, &problem->reason, arena);
    }
    for (size_t i = 0; i < data->left_out.count; i++) {
        struct left_out *left_out = &data->left_out.items[i];
        if (!has_masked_field(mask, left_out->table))
            continue;
        left_out->value = MASK_TEXT; // instead of what stands in the source
        left_out->amounts = NULL;
    }
}

bool mask_format(const struct mask *mask, const struct data *data, int table, int64_t row,
                 int field, struct buffer *out)
{
    const struct field *definition = &data->model->tables[table].fields[field];
    if (mask_covers(mask, table, field)) {
        buffer_add_text(out, MASK_TEXT);
        return true;
    }
    if (!mask || definition->key || definition->type != TYPE_TEXT)
        return data_format(data, table, row, field, out);
    struct buffer text = {0};
    bool readable = data_format(data, table, row, field, &text);
    mask_text(mask, buffer_text(&text), out);
    buffer_clear(&text);
    return readable;
}
