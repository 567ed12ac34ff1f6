// SPDX-License-Identifier: MIT
// From kept records to rows, in their order.
#include "adapters/beside.h"
#include "adapters/intake.h"
#include "adapters/intake_inside.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/lua/screening.h"

#include <stdlib.h>
#include <string.h>

// Records that follow one another and are left out for one cause.
struct range {
    struct left_out left_out;
    struct buffer value; // what stands in the first
    struct total *totals;
    bool *any;
    size_t count; // of them, as many as there are mapped columns
};

struct making {
    struct arena *scratch;
    struct feed *feed;
    struct intake *intake;
    struct part *part;
    struct text *fields;
    struct range range;
};

// ---- what is left out

static void end_range(struct making *making)
{
    struct range *range = &making->range;
    if (range->left_out.records) {
        struct buffer amounts = {0};
        mapping_format_amounts(making->feed->mapping, range->totals, range->any, &amounts);
        range->left_out.amounts = amounts.length ? amounts.data : NULL;
        range->left_out.value = buffer_text(&range->value);
        left_out_add(&making->feed->left_out, &range->left_out);
        buffer_clear(&amounts);
    }
    range->left_out = (struct left_out){0};
    for (size_t i = 0; i < range->count; i++) {
        range->totals[i] = total_of_units(0, 0);
        range->any[i] = false;
    }
}

static void show(const struct making *making, const struct kept_record *record, struct buffer *text)
{
    buffer_reset(text);
    for (size_t i = 0; i < making->intake->columns && i < record->count; i++)
        if (making->fields[i].length) {
            buffer_add_text(text, text->length ? " | " : "");
            buffer_add(text, making->fields[i].bytes, making->fields[i].length);
        }
    if (record->count == 0)
        buffer_add(text, buffer_text(&making->intake->bytes) + record->raw, record->length);
}

static void leave_out(struct making *making, const struct kept_record *record,
                      enum left_out_cause cause)
{
    struct feed *feed = making->feed;
    struct left_out *left_out = &making->range.left_out;
    struct buffer key = {0};
    intake_fields(making->intake, record, making->fields);
    part_leave_out(making->part, cause);
    if (left_out->records && left_out->cause != cause)
        end_range(making);
    if (left_out->records == 0) {
        *left_out = (struct left_out){
            .table = feed->table, .source = feed->source, .cause = cause, .first = record->line};
        show(making, record, &making->range.value);
    }
    left_out->last = record->line;
    left_out->records++;
    mapping_add_amounts(feed->mapping, making->fields, making->range.totals, making->range.any);
    if (!making->intake->distinct && mapping_key(feed->mapping, making->fields, &key))
        left_out_add_key(&feed->left_out, feed->table, feed->source, record->line,
                         buffer_text(&key));
    buffer_clear(&key);
}

// ---- numbers

static int64_t next_number(struct intake *intake, struct text within)
{
    uint32_t code = intake->last_number;
    if (within.length || !intake->any_number)
        code = dictionary_add(intake->numbers, within.bytes, within.length);
    if (code >= intake->count_capacity) {
        size_t before = intake->count_capacity;
        intake->count_capacity = (size_t)code * 2 + 64;
        intake->counts =
            memory_resize(intake->counts, intake->count_capacity, sizeof *intake->counts);
        for (size_t i = before; i < intake->count_capacity; i++)
            intake->counts[i] = 0;
    }
    intake->last_number = code;
    intake->any_number = true;
    return ++intake->counts[code];
}

// ---- rejected records

static void reject(struct making *making, const struct kept_record *record, const char *reason)
{
    struct intake *intake = making->intake;
    const char *raw = buffer_text(&intake->bytes) + record->raw;
    struct buffer value = {0};
    if (record->length)
        buffer_add(&value, raw, record->length);
    else
        show(making, record, &value);
    part_reject(making->part, record->line, buffer_text(&value), value.length, reason);
    buffer_clear(&value);
    intake->filling = false;
    if (intake->within >= 0)
        next_number(intake, making->fields[intake->within]);
}

// ---- rows

// Cells that are empty take the value above; one in the first of the columns begins a document.
static void fill(struct intake *intake, struct text *fields)
{
    if (intake->fill_count == 0)
        return;
    if (fields[intake->fill[0]].length) {
        intake->filling = true;
        for (size_t i = 0; i < intake->fill_count; i++)
            buffer_reset(&intake->above[i]);
    }
    for (size_t i = 0; i < intake->fill_count && intake->filling; i++) {
        struct text *field = &fields[intake->fill[i]];
        struct buffer *above = &intake->above[i];
        if (field->length) {
            buffer_reset(above);
            buffer_add(above, field->bytes, field->length);
        } else {
            *field = (struct text){buffer_text(above), above->length};
        }
    }
}

// Adds the columns of the files beside; their problems belong to the row when it is one.
static void lend(const struct making *making, enum beside_found *found)
{
    const struct intake *intake = making->intake;
    size_t at = intake->columns;
    for (size_t i = 0; i < intake->beside_count; i++) {
        const struct lent *lent = &intake->besides[i];
        const struct text *lent_fields;
        struct text key = making->fields[lent->here];
        found[i] = beside_find(lent->file, key, &lent_fields);
        if (key.length == 0)
            found[i] = BESIDE_FOUND; // it names none
        for (size_t column = 0; column < beside_count(lent->file); column++)
            making->fields[at++] = lent_fields[column];
    }
}

static void report_lent(struct making *making, const struct kept_record *record,
                        const enum beside_found *found)
{
    const struct intake *intake = making->intake;
    for (size_t i = 0; i < intake->beside_count; i++) {
        const struct lent *lent = &intake->besides[i];
        struct text key = making->fields[lent->here];
        struct buffer reason = {0};
        if (found[i] == BESIDE_FOUND)
            continue;
        reason_set_with(&reason,
                        found[i] == BESIDE_NONE ? REASON_NO_RECORD_BESIDE : REASON_KEY_TWICE_BESIDE,
                        "%s", beside_name(lent->file));
        problem_add(&making->feed->problems,
                    found[i] == BESIDE_NONE ? PROBLEM_DANGLING_REFERENCE : PROBLEM_DUPLICATE_KEY,
                    making->feed->table, making->feed->source, record->line,
                    intake->names[lent->here], key.bytes, key.length, buffer_text(&reason));
        buffer_clear(&reason);
    }
}

static void make_row(struct making *making, const struct kept_record *record)
{
    struct intake *intake = making->intake;
    enum beside_found found[INTAKE_BESIDES_MAX];
    fill(intake, making->fields);
    lend(making, found);
    if (intake->within >= 0)
        mapping_put_numbered(making->feed->mapping, making->part, making->fields,
                             next_number(intake, making->fields[intake->within]));
    else
        mapping_put(making->feed->mapping, making->part, making->fields);
    part_digest(making->part, feed_digest(making->feed, making->fields, intake->columns));
    if (part_end_row(making->part, record->line) == 0)
        report_lent(making, record, found);
    else
        intake->filling = false;
}

static void reject_failed(struct making *making, const struct kept_record *record)
{
    struct buffer reason = {0};
    reason_set_with(&reason, REASON_WHERE_FAILED, "%s",
                    making->intake->failure ? making->intake->failure : "");
    reject(making, record, buffer_text(&reason));
    buffer_clear(&reason);
}

static void take_record(struct making *making, size_t number)
{
    struct intake *intake = making->intake;
    const struct kept_record *record = &intake->records[number];
    bool cut = record->reason && record->count == 0; // its cells are not known
    unsigned char screened = intake->screened ? intake->screened[number] : SCREENED_KEPT;
    if (record->line > intake->last_line - intake->skip_end) {
        leave_out(making, record, LEFT_OUT_FOOTER);
        return;
    }
    if (!cut && screened == SCREENED_LEFT_OUT) {
        leave_out(making, record, LEFT_OUT_CONDITION);
        return;
    }
    end_range(making);
    intake_fields(intake, record, making->fields);
    if (record->reason)
        reject(making, record, record->reason);
    else if (screened == SCREENED_FAILED)
        reject_failed(making, record);
    else
        make_row(making, record);
}

// From the beginning, also when rows were made before (feed->doubts).
static void begin(struct making *making)
{
    struct feed *feed = making->feed;
    struct intake *intake = making->intake;
    const struct data *data = feed->import->data;
    intake->filling = intake->any_number = false;
    for (size_t i = 0; i < intake->count_capacity; i++)
        intake->counts[i] = 0;
    left_out_clear(&feed->left_out);
    problem_clear(&feed->problems);
    making->fields =
        arena_take(making->scratch, intake->columns + intake->label_count, sizeof *making->fields);
    making->range.count = mapping_count(feed->mapping);
    making->range.totals =
        arena_take(making->scratch, making->range.count, sizeof *making->range.totals);
    making->range.any = arena_take(making->scratch, making->range.count, sizeof *making->range.any);
    making->part = part_new(data->model, feed->table, feed->source, data->scope.zone);
    mapping_add_columns(feed->mapping, making->part);
}

void intake_finish(struct feed *feed)
{
    struct making making = {.feed = feed, .intake = feed->intake};
    if (!feed->mapping)
        return; // there was no record, and no header
    making.scratch = arena_new();
    begin(&making);
    for (size_t i = 0; i < feed->intake->record_count; i++)
        take_record(&making, i);
    end_range(&making);
    buffer_clear(&making.range.value);
    arena_free(making.scratch);
    for (size_t i = 0; i < feed->part_count; i++)
        part_free(feed->parts[i]);
    feed->parts = arena_take(feed->arena, 1, sizeof *feed->parts);
    feed->parts[0] = making.part;
    feed->part_count = 1;
}
