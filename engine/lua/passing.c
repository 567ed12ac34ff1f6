// SPDX-License-Identifier: MIT
// Notes are sorted by kind and row, so that a row counts once for each kind whatever a test said of
// it how often; one and the same note said twice of a row is one.
#include "engine/lua/passing.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/lua/script_context.h"

#include <stdlib.h>
#include <string.h>

static int compare_codes(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_rows(const struct pass_note *a, const struct pass_note *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static int compare_notes(const void *one, const void *other)
{
    const struct pass_note *a = one, *b = other;
    int order = compare_rows(a, b);
    if (order == 0)
        order = compare_codes(a->by, b->by);
    if (order == 0)
        order = compare_codes(a->currency, b->currency);
    if (order == 0)
        order = (int)a->has_amount - (int)b->has_amount;
    return order || !a->has_amount ? order : decimal_compare(a->amount, b->amount);
}

// A row as one word, to be found among those of a group.
static uint64_t row_word(int table, int64_t row)
{
    return (uint64_t)table << 32 | (uint64_t)row;
}

static int compare_words(const void *a, const void *b)
{
    return (*(const uint64_t *)a > *(const uint64_t *)b) -
           (*(const uint64_t *)a < *(const uint64_t *)b);
}

// The rows under test, sorted. The caller frees.
static uint64_t *rows_under_test(const struct passing *passing, size_t *count)
{
    *count = passing->members ? passing->member_count : 1;
    uint64_t *rows = memory_new(*count, sizeof *rows);
    rows[0] = row_word(passing->table, passing->row);
    for (size_t i = 0; passing->members && i < *count; i++)
        rows[i] = row_word(passing->members[i].table, passing->members[i].row);
    qsort(rows, *count, sizeof *rows, compare_words);
    return rows;
}

static bool is_found(const struct passing *passing, const struct pass_note *note)
{
    const struct block *block = passing->block;
    for (size_t i = passing->before; i < block->finding_count; i++)
        if (block->findings[i].table == note->table && block->findings[i].row == note->row)
            return true;
    return false;
}

// Who a note is about: the employee's id, where that is known; nobody for a system user, or where
// it may be two people.
static uint32_t person_of(const struct data *data, uint32_t id)
{
    struct identity identity = data_identify(data, id, PEOPLE_EITHER);
    return identity.kind == IDENTITY_PERSON ? identity.id : DICTIONARY_NONE;
}

// Puts the notes into order, each about a row and a person; those of rows with findings, and
// repeated ones, fall out.
static size_t tidy(const struct passing *passing, struct pass_note *notes, size_t count)
{
    const struct data *data = script_context_of(passing->L)->data;
    size_t kept = 0, row_count;
    uint64_t *rows = rows_under_test(passing, &row_count);
    for (size_t i = 0; i < count; i++) {
        struct pass_note *note = &notes[i];
        if (note->row < 0) {
            note->table = passing->table;
            note->row = passing->row;
        }
        if (!note->has_amount && note->kind == PASS_SAME_DAY)
            note->has_amount = data_amount(data, note->table, note->row, &note->amount);
        if (note->has_amount && note->currency == DICTIONARY_NONE)
            note->currency = data_currency(data, note->table, note->row);
        if (!note->has_amount)
            note->currency = DICTIONARY_NONE;
        note->by = person_of(data, note->by);
        uint64_t row = row_word(note->table, note->row);
        if (bsearch(&row, rows, row_count, sizeof row, compare_words) && !is_found(passing, note))
            notes[kept++] = *note;
    }
    free(rows);
    if (kept)
        qsort(notes, kept, sizeof *notes, compare_notes);
    size_t left = 0;
    for (size_t i = 0; i < kept; i++)
        if (left == 0 || notes[i].kind == PASS_WITHIN_TOLERANCE ||
            compare_notes(&notes[left - 1], &notes[i]) != 0)
            notes[left++] = notes[i];
    return left;
}

static enum same_day choice_of(const struct passing *passing)
{
    lua_State *L = passing->L;
    lua_pushliteral(L, SAME_DAY_PARAMETER);
    lua_rawget(L, passing->parameters);
    enum same_day choice =
        same_day_from_name(lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL);
    lua_pushliteral(L, SAME_DAY_MANY_PARAMETER);
    lua_rawget(L, passing->parameters);
    passing->block->many = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
    lua_pop(L, 2);
    return choice;
}

static void add_value(struct arena *arena, struct finding *finding, const char *name,
                      const char *text)
{
    finding_add_value(arena, finding, name, text, strlen(text));
}

// An exception about what passes because of one day, low whatever the control's severity.
static struct finding *add_finding(const struct data *data, int control, int table, int64_t row,
                                   uint32_t by, struct block *block)
{
    struct finding *finding = block_add_finding(block);
    finding->control = control;
    finding->table = table;
    finding->row = row;
    finding->label = arena_text(block_arena(block), FINDING_SAME_DAY);
    finding->severity = SEVERITY_LOW;
    if (by != DICTIONARY_NONE)
        add_value(block_arena(block), finding, "person", dictionary_get(data->texts, by).bytes);
    return finding;
}

// One exception for the row of a note, with the first of its amounts.
static void report_row(const struct passing *passing, const struct pass_note *note)
{
    const struct script_context *context = script_context_of(passing->L);
    struct arena *arena = block_arena(passing->block);
    struct buffer key = {0};
    struct finding *finding = add_finding(context->data, passing->control, note->table, note->row,
                                          note->by, passing->block);
    data_key(context->data, note->table, note->row, &key);
    finding->key = arena_text_of(arena, &key);
    finding->has_amount = note->has_amount;
    finding->amount = note->amount;
    finding->currency = note->currency;
    for (int i = 0; (i = script_rest_after(context, i)) != 0;)
        finding_add_rest(arena, finding, i);
}

static void count_person(const struct passing *passing, const struct pass_note *note, bool first)
{
    const struct script_context *context = script_context_of(passing->L);
    if (note->kind != PASS_SAME_DAY || note->by == DICTIONARY_NONE || passing->block->many <= 0)
        return;
    struct arena *arena = block_arena(passing->block);
    struct pass_person *person = block_add_person(passing->block, note->by, note->table, note->row);
    person->count.rows += first;
    pass_count_add(arena, &person->count, note);
    for (int i = 0; (i = script_rest_after(context, i)) != 0;)
        rests_add(arena, &person->rests, i);
}

// The notes [from, to) are of one kind and row.
static void settle_row(const struct passing *passing, const struct pass_note *notes, size_t from,
                       size_t to, enum same_day choice, struct passed *passed)
{
    struct block *block = passing->block;
    if (notes[from].kind == PASS_SAME_DAY && choice == SAME_DAY_UNTESTABLE) {
        struct buffer reason = {0};
        reason_set(&reason, REASON_SAME_DAY);
        block_add_reason(block, buffer_text(&reason), 1);
        buffer_clear(&reason);
        passed->untestable++;
        return;
    }
    if (notes[from].kind == PASS_SAME_DAY && choice == SAME_DAY_LOW) {
        report_row(passing, &notes[from]);
        passed->exceptions++;
        return;
    }
    block->notes[notes[from].kind].rows++;
    for (size_t i = from; i < to; i++) {
        pass_count_add(block_arena(block), &block->notes[notes[from].kind], &notes[i]);
        count_person(passing, &notes[i], i == from || notes[i].by != notes[i - 1].by);
    }
}

struct passed passing_settle(const struct passing *passing)
{
    struct script_context *context = script_context_of(passing->L);
    struct passed passed = {0};
    if (context->note_count == 0)
        return passed;
    enum same_day choice = choice_of(passing);
    size_t count = tidy(passing, context->notes, context->note_count);
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        while (to < count && compare_rows(&context->notes[from], &context->notes[to]) == 0)
            to++;
        settle_row(passing, context->notes, from, to, choice, &passed);
    }
    context->note_count = 0;
    return passed;
}

// One amount where there is one; of several currencies, or one that is too large, each is a value.
static void add_amounts(const struct data *data, const struct pass_count *count,
                        struct arena *arena, struct finding *finding)
{
    for (int i = 0; i < count->sum_count; i++) {
        const struct total *total = &count->sums[i].total;
        const char *currency = dictionary_get(data->texts, count->sums[i].currency).bytes;
        bool fits = !total->beyond && total->scale <= DECIMAL_SCALE_MAX &&
                    total->coefficient >= INT64_MIN && total->coefficient <= INT64_MAX;
        if (count->sum_count == 1 && fits) {
            finding->has_amount = true;
            finding->amount = (struct decimal){(int64_t)total->coefficient, total->scale};
            finding->currency = count->sums[i].currency;
            continue;
        }
        struct buffer name = {0}, amount = {0};
        buffer_printf(&name, "amount_%s", currency);
        amount_format(*total, currency, false, &amount);
        add_value(arena, finding, buffer_text(&name), buffer_text(&amount));
        buffer_clear(&amount);
        buffer_clear(&name);
    }
}

static int compare_values(const void *a, const void *b)
{
    return strcmp(((const struct finding_value *)a)->name, ((const struct finding_value *)b)->name);
}

static int compare_rests(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static void report_person(const struct data *data, int control, const struct pass_person *person,
                          struct block *block)
{
    struct arena *arena = block_arena(block);
    struct buffer text = {0};
    const struct text id = dictionary_get(data->texts, person->by);
    struct finding *finding =
        add_finding(data, control, person->table, person->row, person->by, block);
    data_encode_key(id.bytes, id.length, &text);
    finding->key = arena_text_of(arena, &text);
    buffer_printf(&text, "%zu", person->count.rows);
    add_value(arena, finding, "rows", buffer_text(&text));
    buffer_clear(&text);
    add_amounts(data, &person->count, arena, finding);
    qsort(finding->values, (size_t)finding->value_count, sizeof *finding->values, compare_values);
    for (int i = 0; i < person->rests.count; i++)
        finding_add_rest(arena, finding, person->rests.items[i]);
    if (finding->rest_count)
        qsort(finding->rests, (size_t)finding->rest_count, sizeof *finding->rests, compare_rests);
}

void passing_report_people(const struct data *data, int control, struct block *block)
{
    for (int i = 0; i < block->person_count; i++)
        if (block->many > 0 && block->people[i].count.rows >= (size_t)block->many)
            report_person(data, control, &block->people[i], block);
}
