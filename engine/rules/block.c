// SPDX-License-Identifier: MIT
// Rows can be cut into blocks at will: merged in the order of the rows, they give one total. Counts
// add up; findings and members are appended. Of the reasons, the first BLOCK_REASONS by text are
// counted one by one: a reason that is among the first of all is among the first of every block
// that has it, and nothing ever pushes it out, so its count is whole; what is pushed out adds up in
// other_reasons in whatever order it comes. (Those first in time would depend on the cuts.)
//
// The bytes have the width and order of this machine, texts their length in front: they go between
// processes of one run only. The reader trusts none of them: lengths and counts are held against
// the bytes that are left before anything is allocated, and a block that does not end where the
// bytes end is none.
#include "engine/rules/block.h"

#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"

#include <stdlib.h>
#include <string.h>

struct arena *block_arena(struct block *block)
{
    if (!block->arena)
        block->arena = arena_new();
    return block->arena;
}

static void free_reason(struct block_reason *reason)
{
    free(reason->reason);
    free(reason->words);
}

void block_clear(struct block *block)
{
    for (int i = 0; i < block->reason_count; i++)
        free_reason(&block->reasons[i]);
    free(block->findings);
    free(block->members);
    arena_free(block->arena);
    *block = (struct block){0};
}

// Adds a reason that is not among the block's as it is, though it may read the same.
static void add_new_reason(struct block *block, const char *reason, size_t rows)
{
    char *words = reason_text(reason);
    struct block_reason *reasons = block->reasons;
    int at = 0, order = 1;
    while (at < block->reason_count && (order = strcmp(reasons[at].words, words)) < 0)
        at++;
    if (at == BLOCK_REASONS) {
        block->other_reasons += rows;
        free(words);
        return;
    }
    if (at < block->reason_count && order == 0) {
        rows += reasons[at].rows;
        reason = strcmp(reasons[at].reason, reason) < 0 ? reasons[at].reason : reason;
        char *kept = memory_text(reason);
        free_reason(&reasons[at]);
        reasons[at] = (struct block_reason){kept, words, rows};
        return;
    }
    // The last gives way to one that comes before it.
    if (block->reason_count == BLOCK_REASONS) {
        struct block_reason *last = &reasons[--block->reason_count];
        block->other_reasons += last->rows;
        free_reason(last);
    }
    memmove(&reasons[at + 1], &reasons[at], (size_t)(block->reason_count - at) * sizeof *reasons);
    reasons[at] = (struct block_reason){memory_text(reason), words, rows};
    block->reason_count++;
}

void block_add_reason(struct block *block, const char *reason, size_t rows)
{
    for (int i = 0; i < block->reason_count; i++)
        if (strcmp(block->reasons[i].reason, reason) == 0) {
            block->reasons[i].rows += rows;
            return;
        }
    add_new_reason(block, reason, rows);
}

void block_add_rest(struct block *block, int assumption, size_t exceptions, size_t passed)
{
    int at = 0;
    while (at < block->rest_count && block->rests[at].assumption < assumption)
        at++;
    if (at == block->rest_count || block->rests[at].assumption != assumption) {
        block->rests = arena_extend(block_arena(block), block->rests, (size_t)block->rest_count,
                                    sizeof *block->rests);
        memmove(&block->rests[at + 1], &block->rests[at],
                (size_t)(block->rest_count++ - at) * sizeof *block->rests);
        block->rests[at] = (struct rest_count){.assumption = assumption};
    }
    block->rests[at].exceptions += exceptions;
    block->rests[at].passed += passed;
}

struct pass_person *block_add_person(struct block *block, uint32_t by, int table, int64_t row)
{
    int from = 0, to = block->person_count;
    while (from < to) {
        int middle = from + (to - from) / 2;
        if (block->people[middle].by < by)
            from = middle + 1;
        else
            to = middle;
    }
    if (from < block->person_count && block->people[from].by == by)
        return &block->people[from];
    block->people = arena_extend(block_arena(block), block->people, (size_t)block->person_count,
                                 sizeof *block->people);
    memmove(&block->people[from + 1], &block->people[from],
            (size_t)(block->person_count++ - from) * sizeof *block->people);
    block->people[from] = (struct pass_person){.by = by, .table = table, .row = row};
    return &block->people[from];
}

struct finding *block_add_finding(struct block *block)
{
    block->finding_capacity = memory_grow((void **)&block->findings, block->finding_count,
                                          block->finding_capacity, sizeof *block->findings);
    struct finding *finding = &block->findings[block->finding_count++];
    *finding = (struct finding){.row = ROW_NONE, .currency = DICTIONARY_NONE};
    return finding;
}

static struct group_member *add_member(struct block *block)
{
    block->member_capacity = memory_grow((void **)&block->members, block->member_count,
                                         block->member_capacity, sizeof *block->members);
    return &block->members[block->member_count++];
}

void block_add_member(struct block *block, const char *key, size_t length, const char *reason,
                      int table, uint32_t row)
{
    struct arena *arena = block_arena(block);
    *add_member(block) = (struct group_member){arena_text_n(arena, key, length),
                                               arena_text(arena, reason), table, row};
}

static const struct data *sorting;

static int compare_members(const void *a, const void *b)
{
    const struct group_member *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = x->table - y->table;
    if (order == 0)
        order = data_compare_keys(sorting, x->table, x->row, y->row);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

void block_sort_members(struct block *block, const struct data *data)
{
    sorting = data;
    if (block->member_count)
        qsort(block->members, block->member_count, sizeof *block->members, compare_members);
}

size_t block_group_end(const struct block *block, size_t from)
{
    size_t to = from + 1;
    while (to < block->member_count &&
           strcmp(block->members[to].key, block->members[from].key) == 0)
        to++;
    return to;
}

static void merge_notes(struct block *block, const struct block *from)
{
    struct arena *arena = block_arena(block);
    for (int kind = 0; kind < PASS_NOTE_KINDS; kind++)
        pass_count_merge(arena, &block->notes[kind], &from->notes[kind]);
    for (int i = 0; i < from->person_count; i++) {
        const struct pass_person *person = &from->people[i];
        struct pass_person *ours = block_add_person(block, person->by, person->table, person->row);
        pass_count_merge(arena, &ours->count, &person->count);
        rests_add_all(arena, &ours->rests, &person->rests);
    }
    block->many = from->many ? from->many : block->many;
}

void block_merge(struct block *block, struct block *from)
{
    block->loaded += from->loaded;
    block->in_scope += from->in_scope;
    block->not_applicable += from->not_applicable;
    block->tested += from->tested;
    block->passed += from->passed;
    block->passed_assumed += from->passed_assumed;
    block->untestable += from->untestable;
    block->errors += from->errors;
    block->exception_rows += from->exception_rows;
    block->effort += from->effort;
    for (int i = 0; i < from->reason_count; i++)
        block_add_reason(block, from->reasons[i].reason, from->reasons[i].rows);
    block->other_reasons += from->other_reasons;
    for (int i = 0; i < from->rest_count; i++)
        block_add_rest(block, from->rests[i].assumption, from->rests[i].exceptions,
                       from->rests[i].passed);
    rests_add_all(block_arena(block), &block->grouping, &from->grouping);
    merge_notes(block, from);
    for (size_t i = 0; i < from->finding_count; i++)
        *block_add_finding(block) = from->findings[i];
    for (size_t i = 0; i < from->member_count; i++)
        *add_member(block) = from->members[i];
    block->failure = block->failure ? block->failure : from->failure;
    arena_adopt(block_arena(block), from->arena); // what was appended stands there
    from->arena = NULL;
    block_clear(from);
}

static void put(struct buffer *out, int64_t number)
{
    buffer_add(out, &number, sizeof number);
}

static void put_text(struct buffer *out, const char *text)
{
    put(out, text ? (int64_t)strlen(text) : -1);
    if (text)
        buffer_add_text(out, text);
}

static void put_values(struct buffer *out, const struct finding_value *values, int count)
{
    put(out, count);
    for (int i = 0; i < count; i++) {
        put_text(out, values[i].name);
        put_text(out, values[i].text);
    }
}

static void put_rests(struct buffer *out, const uint16_t *rests, int count)
{
    put(out, count);
    for (int i = 0; i < count; i++)
        put(out, rests[i]);
}

static void put_finding(struct buffer *out, const struct finding *finding)
{
    put(out, finding->control);
    put(out, finding->table);
    put(out, finding->row);
    put_text(out, finding->key);
    put_text(out, finding->label);
    put(out, finding->severity);
    put(out, finding->has_amount);
    put(out, finding->amount.coefficient);
    put(out, finding->amount.scale);
    put(out, finding->currency);
    put_values(out, finding->values, finding->value_count);
    put_values(out, finding->unknowns, finding->unknown_count);
    put_rests(out, finding->rests, finding->rest_count);
    put(out, finding->evidence_count);
    for (int i = 0; i < finding->evidence_count; i++) {
        put(out, finding->evidence[i].table);
        put(out, finding->evidence[i].row);
    }
}

static void put_count(struct buffer *out, const struct pass_count *count)
{
    put(out, (int64_t)count->rows);
    put(out, count->sum_count);
    for (int i = 0; i < count->sum_count; i++) {
        const struct total *total = &count->sums[i].total;
        put(out, count->sums[i].currency);
        buffer_add(out, &total->coefficient, sizeof total->coefficient);
        put(out, total->scale);
        put(out, total->beyond);
    }
}

static void put_notes(struct buffer *out, const struct block *block)
{
    for (int kind = 0; kind < PASS_NOTE_KINDS; kind++)
        put_count(out, &block->notes[kind]);
    put(out, block->person_count);
    for (int i = 0; i < block->person_count; i++) {
        const struct pass_person *person = &block->people[i];
        put(out, person->by);
        put(out, person->table);
        put(out, person->row);
        put_count(out, &person->count);
        put_rests(out, person->rests.items, person->rests.count);
    }
    put(out, block->many);
}

void block_write(const struct block *block, struct buffer *out)
{
    const size_t counts[] = {block->loaded,     block->in_scope, block->not_applicable,
                             block->tested,     block->passed,   block->passed_assumed,
                             block->untestable, block->errors,   block->exception_rows};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        put(out, (int64_t)counts[i]);
    put(out, block->reason_count);
    for (int i = 0; i < block->reason_count; i++) {
        put_text(out, block->reasons[i].reason);
        put(out, (int64_t)block->reasons[i].rows);
    }
    put(out, (int64_t)block->other_reasons);
    put(out, block->rest_count);
    for (int i = 0; i < block->rest_count; i++) {
        put(out, block->rests[i].assumption);
        put(out, (int64_t)block->rests[i].exceptions);
        put(out, (int64_t)block->rests[i].passed);
    }
    put_rests(out, block->grouping.items, block->grouping.count);
    put_notes(out, block);
    put(out, (int64_t)block->finding_count);
    for (size_t i = 0; i < block->finding_count; i++)
        put_finding(out, &block->findings[i]);
    put(out, (int64_t)block->member_count);
    for (size_t i = 0; i < block->member_count; i++) {
        put_text(out, block->members[i].key);
        put_text(out, block->members[i].reason);
        put(out, block->members[i].table);
        put(out, block->members[i].row);
    }
    put_text(out, block->failure);
    put(out, block->effort);
}

// A cursor over bytes that another process sent: nothing in them is trusted.
struct reader {
    const char *at;
    size_t left;
    struct arena *arena; // of the block that is read
    bool broken;
};

static int64_t get(struct reader *reader)
{
    int64_t number = 0;
    if (reader->left < sizeof number) {
        reader->broken = true;
        return 0;
    }
    memcpy(&number, reader->at, sizeof number);
    reader->at += sizeof number;
    reader->left -= sizeof number;
    return number;
}

static char *get_text(struct reader *reader)
{
    int64_t length = get(reader);
    if (reader->broken || length < 0)
        return NULL;
    if ((uint64_t)length > reader->left) {
        reader->broken = true;
        return NULL;
    }
    char *text = arena_text_n(reader->arena, reader->at, (size_t)length);
    reader->at += length;
    reader->left -= (size_t)length;
    return text;
}

// A number of things that follow; each takes at least eight bytes.
static size_t get_count(struct reader *reader)
{
    int64_t count = get(reader);
    if (count < 0 || (uint64_t)count > reader->left / 8) {
        reader->broken = true;
        return 0;
    }
    return (size_t)count;
}

static struct finding_value *get_values(struct reader *reader, int *count)
{
    size_t number = get_count(reader);
    struct finding_value *values = arena_take(reader->arena, number, sizeof *values);
    for (size_t i = 0; i < number && !reader->broken; i++) {
        struct finding_value *value = &values[(*count)++];
        value->name = get_text(reader);
        value->text = get_text(reader);
        reader->broken |= !value->name || !value->text;
    }
    return values;
}

static void get_finding(struct reader *reader, struct finding *finding)
{
    finding->control = (int)get(reader);
    finding->table = (int)get(reader);
    finding->row = get(reader);
    finding->key = get_text(reader);
    finding->label = get_text(reader);
    finding->severity = (enum severity)get(reader);
    finding->has_amount = get(reader);
    finding->amount.coefficient = get(reader);
    finding->amount.scale = (int)get(reader);
    finding->currency = (uint32_t)get(reader);
    finding->values = get_values(reader, &finding->value_count);
    finding->unknowns = get_values(reader, &finding->unknown_count);
    size_t rests = get_count(reader);
    finding->rests = arena_take(reader->arena, rests, sizeof *finding->rests);
    for (size_t i = 0; i < rests && !reader->broken; i++)
        finding->rests[finding->rest_count++] = (uint16_t)get(reader);
    size_t evidence = get_count(reader);
    finding->evidence = arena_take(reader->arena, evidence, sizeof *finding->evidence);
    for (size_t i = 0; i < evidence && !reader->broken; i++) {
        finding->evidence[finding->evidence_count].table = (int)get(reader);
        finding->evidence[finding->evidence_count++].row = get(reader);
    }
    reader->broken |= !finding->key || finding->amount.scale < 0 ||
                      finding->amount.scale > DECIMAL_SCALE_MAX ||
                      finding->severity > SEVERITY_CRITICAL;
}

static void get_pass_count(struct reader *reader, struct pass_count *count)
{
    count->rows = (size_t)get(reader);
    size_t sums = get_count(reader);
    for (size_t i = 0; i < sums && !reader->broken; i++) {
        struct total total = {0};
        uint32_t currency = (uint32_t)get(reader);
        if (reader->left < sizeof total.coefficient) {
            reader->broken = true;
            return;
        }
        memcpy(&total.coefficient, reader->at, sizeof total.coefficient);
        reader->at += sizeof total.coefficient;
        reader->left -= sizeof total.coefficient;
        total.scale = (int)get(reader);
        total.beyond = get(reader);
        reader->broken |= total.scale < 0 || total.scale > DECIMAL_SCALE_MAX;
        if (!reader->broken)
            pass_count_add_sum(reader->arena, count, currency, total);
    }
}

static void get_notes(struct reader *reader, struct block *block)
{
    for (int kind = 0; kind < PASS_NOTE_KINDS; kind++)
        get_pass_count(reader, &block->notes[kind]);
    size_t people = get_count(reader);
    for (size_t i = 0; i < people && !reader->broken; i++) {
        uint32_t by = (uint32_t)get(reader);
        int table = (int)get(reader);
        struct pass_person *person = block_add_person(block, by, table, get(reader));
        get_pass_count(reader, &person->count);
        size_t rests = get_count(reader);
        for (size_t rest = 0; rest < rests && !reader->broken; rest++)
            rests_add(reader->arena, &person->rests, (int)get(reader));
    }
    block->many = get(reader);
}

int block_read(struct block *block, const char *bytes, size_t length)
{
    *block = (struct block){0};
    struct reader reader = {bytes, length, block_arena(block), false};
    size_t *const counts[] = {&block->loaded,     &block->in_scope, &block->not_applicable,
                              &block->tested,     &block->passed,   &block->passed_assumed,
                              &block->untestable, &block->errors,   &block->exception_rows};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        *counts[i] = (size_t)get(&reader);
    size_t reasons = get_count(&reader);
    for (size_t i = 0; i < reasons && !reader.broken; i++) {
        char *reason = get_text(&reader);
        size_t rows = (size_t)get(&reader);
        if (reason)
            block_add_reason(block, reason, rows);
    }
    block->other_reasons = (size_t)get(&reader);
    size_t rests = get_count(&reader);
    for (size_t i = 0; i < rests && !reader.broken; i++) {
        int assumption = (int)get(&reader);
        size_t exceptions = (size_t)get(&reader), passed = (size_t)get(&reader);
        block_add_rest(block, assumption, exceptions, passed);
    }
    size_t grouping = get_count(&reader);
    for (size_t i = 0; i < grouping && !reader.broken; i++)
        rests_add(reader.arena, &block->grouping, (int)get(&reader));
    get_notes(&reader, block);
    size_t findings = get_count(&reader);
    for (size_t i = 0; i < findings && !reader.broken; i++)
        get_finding(&reader, block_add_finding(block));
    size_t members = get_count(&reader);
    for (size_t i = 0; i < members && !reader.broken; i++) {
        struct group_member member = {.key = get_text(&reader)};
        member.reason = get_text(&reader);
        member.table = (int)get(&reader);
        member.row = (uint32_t)get(&reader);
        if (member.key)
            *add_member(block) = member;
    }
    block->failure = get_text(&reader);
    block->effort = get(&reader);
    if (!reader.broken && reader.left == 0)
        return 0;
    block_clear(block);
    return -1;
}
