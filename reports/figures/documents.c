// SPDX-License-Identifier: MIT
// Exceptions are sorted by document, then cause: one run of them is a document. Within a document
// amounts are added up by control, and of the controls the largest counts, by size: two controls
// that find the same do not find it twice. Whether a line has a header follows from the model
// alone: the beginning of its key is the header's whole key.
#include "reports/figures/documents.h"

#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

// ---- which document

// The reference from a line to its header, or -1: it takes the first columns of the line's key, in
// their order, to the whole key of the header.
static int header_of(const struct model *model, int table)
{
    const struct model_table *line = &model->tables[table];
    for (int i = 0; i < line->reference_count; i++) {
        const struct reference *reference = &line->references[i];
        if (reference->kind != REFERENCE_KEY || reference->target < 0)
            continue;
        const struct model_table *header = &model->tables[reference->target];
        bool fits = header->key_count < line->key_count && reference->target != table &&
                    reference->match_count == header->key_count;
        for (int j = 0; fits && j < reference->match_count; j++) {
            const struct match *match = &reference->matches[j];
            fits = match->from.depth == 0 && match->to.depth == 0 &&
                   match->from.field == line->key[j] && match->to.field == header->key[j];
        }
        if (fits)
            return i;
    }
    return -1;
}

struct place {
    int table;
    int64_t row;
};

static struct place document_of(const struct data *data, const int *headers, struct place place)
{
    while (headers[place.table] >= 0) {
        int target;
        int64_t row = data_follow(data, place.table, place.row, headers[place.table], &target);
        if (row < 0)
            break;
        place = (struct place){target, row};
    }
    return place;
}

const char *document_cause_of(const struct run *run, size_t finding)
{
    const struct disposition *disposition = dispositions_of(run->dispositions, finding);
    if (disposition && *disposition->cause)
        return disposition->cause;
    return run->engagement->controls[run->evaluation->findings[finding].control].family;
}

// An exception and its document.
struct entry {
    int table;
    uint32_t row, finding;
};

static int compare_entries(const void *a, const void *b, void *context)
{
    const struct run *run = context;
    const struct data *data = run->data;
    const struct entry *left = a, *right = b;
    int order = 0;
    if (left->table != right->table)
        order =
            strcmp(data->model->tables[left->table].name, data->model->tables[right->table].name);
    else if (left->row != right->row)
        order = data_compare_keys(data, left->table, left->row, right->row);
    // Rows of one key are still two rows.
    if (order == 0 && left->row != right->row)
        order = left->row < right->row ? -1 : 1;
    if (order == 0)
        order =
            strcmp(document_cause_of(run, left->finding), document_cause_of(run, right->finding));
    return order ? order : (left->finding > right->finding) - (left->finding < right->finding);
}

static struct entry *entries_of(const struct run *run, struct arena *scratch)
{
    const struct evaluation *evaluation = run->evaluation;
    const struct model *model = run->data->model;
    struct entry *entries = arena_take(scratch, evaluation->finding_count, sizeof *entries);
    int *headers = arena_take(scratch, (size_t)model->table_count, sizeof *headers);
    for (int i = 0; i < model->table_count; i++)
        headers[i] = run->data->tables[i].imported ? header_of(model, i) : -1;
    for (size_t i = 0; i < evaluation->finding_count; i++) {
        const struct finding *finding = &evaluation->findings[i];
        struct place place = {finding->table, finding->row};
        place = document_of(run->data, headers, place);
        entries[i] = (struct entry){place.table, (uint32_t)place.row, (uint32_t)i};
    }
    if (evaluation->finding_count > 0)
        qsort_r(entries, evaluation->finding_count, sizeof *entries, compare_entries, (void *)run);
    return entries;
}

// ---- amounts of one document

static int compare_places(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

// The places of a document's findings, in order.
static uint32_t *places_of(const struct documents *documents, const struct document *document,
                           struct arena *arena)
{
    uint32_t *places = arena_take(arena, document->count, sizeof *places);
    memcpy(places, documents->order + document->first, document->count * sizeof *places);
    qsort(places, document->count, sizeof *places, compare_places);
    return places;
}

// What one control found is over: where it is the largest, it stays.
static void close_control(struct sums *current, struct sums *largest)
{
    for (size_t i = 0; i < current->count; i++) {
        const struct sum *sum = &current->items[i];
        struct sum *most = sums_get(largest, sum->kind, sum->currency, sum->negative);
        if (total_compare_sizes(sum->total, most->total) > 0)
            most->total = sum->total;
    }
    current->count = 0;
}

// By control, whatever their causes: findings stand in the order of their controls. What `largest`
// is not kept for goes into its arena too.
static void gather(const struct documents *documents, const struct run *run,
                   const struct document *document, struct sums *largest)
{
    struct sums current = {.arena = largest->arena};
    uint32_t *places = places_of(documents, document, largest->arena);
    for (size_t i = 0; i < document->count; i++) {
        const struct finding *finding = &run->evaluation->findings[places[i]];
        if (i > 0 && run->evaluation->findings[places[i - 1]].control != finding->control)
            close_control(&current, largest);
        finding_add_amount(run->data, run->engagement->controls, finding, &current);
    }
    close_control(&current, largest);
}

void document_amounts(const struct documents *documents, const struct run *run,
                      const struct document *document, const char *language, struct buffer *out)
{
    struct sums largest = {.arena = arena_new()};
    gather(documents, run, document, &largest);
    for (size_t i = 0; i < largest.count; i++) {
        const struct sum *sum = &largest.items[i];
        const char *kind = language ? word_kind(sum->kind, language) : amount_kind_name(sum->kind);
        buffer_printf(out, "%s%s%s", i ? "; " : "", kind ? kind : "",
                      sum->kind == AMOUNT_UNSTATED ? "" : " ");
        sum_format(sum, language != NULL, out);
        buffer_printf(out, " %s", sum->currency);
    }
    arena_free(largest.arena);
}

// ---- all documents

static void finish_document(struct documents *documents, const struct run *run,
                            struct document *document)
{
    struct sums largest = {.arena = arena_new()};
    int control = -1;
    const uint32_t *places = places_of(documents, document, largest.arena);
    for (size_t i = 0; i < document->count; i++) {
        int own = run->evaluation->findings[places[i]].control;
        document->controls += own != control;
        document->waived += waivers_cover(run->waivers, places[i]);
        control = own;
    }
    documents->shared += document->controls > 1;
    gather(documents, run, document, &largest);
    for (size_t i = 0; i < largest.count; i++) {
        const struct sum *sum = &largest.items[i];
        sum_add(sums_get(&documents->totals, sum->kind, sum->currency, sum->negative), sum->total);
    }
    arena_free(largest.arena);
}

static void add_entry(struct documents *documents, const struct entry *entry, size_t at)
{
    struct document *last = documents->count ? &documents->items[documents->count - 1] : NULL;
    documents->order[at] = entry->finding;
    if (!last || last->table != entry->table || last->row != entry->row) {
        documents->items = arena_extend(documents->arena, documents->items, documents->count,
                                        sizeof *documents->items);
        last = &documents->items[documents->count++];
        *last = (struct document){.table = entry->table, .row = entry->row, .first = (uint32_t)at};
    }
    last->count++;
}

void documents_init(struct documents *documents, const struct run *run)
{
    size_t findings = run->evaluation->finding_count;
    struct arena *arena = arena_new(), *scratch = arena_new();
    const struct entry *entries = entries_of(run, scratch);
    *documents = (struct documents){.arena = arena, .totals = {.arena = arena}};
    documents->order = arena_take(arena, findings, sizeof *documents->order);
    for (size_t i = 0; i < findings; i++)
        add_entry(documents, &entries[i], i);
    arena_free(scratch);
    for (size_t i = 0; i < documents->count; i++)
        finish_document(documents, run, &documents->items[i]);
}

void documents_clear(struct documents *documents)
{
    arena_free(documents->arena);
    *documents = (struct documents){0};
}

const char *document_table(const struct run *run, const struct document *document)
{
    return run->data->model->tables[document->table].name;
}

struct document_cause document_cause_at(const struct documents *documents, const struct run *run,
                                        const struct document *document, size_t first)
{
    struct document_cause found = {document_cause_of(run, documents->order[first]), first, 0};
    size_t end = document->first + document->count;
    while (first < end &&
           strcmp(document_cause_of(run, documents->order[first]), found.cause) == 0) {
        first++;
        found.count++;
    }
    return found;
}
