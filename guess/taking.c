// SPDX-License-Identifier: MIT
// The imports of one list. What a document says for all its lines becomes a row of the document,
// what differs from line to line one of the lines; customers and products of a flat list become
// tables of their own where no other list is one.
#include "guess/taking.h"
#include "engine/base/memory.h"
#include "guess/phrase.h"

#include <stdlib.h>
#include <string.h>

enum { CONFLICTS_PCT = 2 }; // of the records, up to which a column still belongs to the document

const struct model_table *taking_table(const struct taking *taking, int table)
{
    return &taking->plan->model->tables[table];
}

static bool is_key(const struct taking *taking, int table, int field)
{
    return taking_table(taking, table)->fields[field].key;
}

// Does the column say one thing for the whole document?
static bool is_common(const struct taking *taking, size_t column)
{
    bool first_only = shape_is_first_only(&taking->shape, column);
    return shape_conflicts(&taking->shape, column, first_only) * 100 <=
           taking->list->frame.record_count * CONFLICTS_PCT;
}

void taking_remark(struct taking *taking, struct plan_column *column)
{
    const struct fit *fit = column->fit;
    struct plan *plan = taking->plan;
    const struct values *it = &taking->list->columns[fit->column];
    struct buffer text = {0};
    if (fit->reading.doubtful) {
        phrase_add(fit->reading.date ? PHRASE_DATE_DOUBT : PHRASE_NUMBER_DOUBT, plan->language,
                   &text, fit->reading.other ? fit->reading.other : "");
        column->doubt = true;
    }
    if (fit->unknown != DICTIONARY_NONE && fit->unknown_cells > 0) {
        phrase_add(PHRASE_VALUE_UNKNOWN, plan->language, &text, fit->unknown_cells,
                   dictionary_get(plan->survey->texts, fit->unknown).bytes);
        column->doubt = true;
    } else if (fit->reading.unread != DICTIONARY_NONE && fit->reading.read < it->filled) {
        phrase_add(PHRASE_UNREAD, plan->language, &text, it->filled - fit->reading.read, it->filled,
                   dictionary_get(plan->survey->texts, fit->reading.unread).bytes);
        column->doubt = true;
    }
    if (text.length > 0)
        column->note = arena_text(plan->arena, buffer_text(&text));
    buffer_clear(&text);
}

// A price with tax that stands for the price (use_gross_price).
static bool is_price_with_tax(const struct taking *taking, int table, const struct fit *fit)
{
    int gross = model_find_field(taking_table(taking, table), "unit_price_gross");
    return gross >= 0 && fit->field != gross &&
           term_field(fit->term, taking->plan->model, table) == gross;
}

static void add_fit(struct taking *taking, struct plan_import *import, const struct fits *fits,
                    const struct fit *fit)
{
    bool name_part =
        taking_has_meaning(fit->term, "first") || taking_has_meaning(fit->term, "last");
    if (taking_has_meaning(fit->term, "rate")) {
        taking_rate(taking, import, fits, fit);
        return;
    }
    if (name_part && taking_full_name(taking, import, fit))
        return;
    struct plan_column *column = plan_add_column(taking->plan, import, fit->field, fit);
    taking_remark(taking, column);
    if (is_price_with_tax(taking, import->table, fit)) {
        column->note = phrase_get(PHRASE_GROSS_PRICE, taking->plan->language);
        column->doubt = true;
    }
}

// ---- documents and lines

// Does a table have a place for columns that the other has none for, beside keys?
static bool has_own(const struct taking *taking, const struct fits *own, const struct fits *other)
{
    for (size_t i = 0; i < own->count; i++) {
        const struct fit *fit = &own->items[i];
        if (!is_key(taking, own->table, fit->field) && !fits_column(other, fit->column) &&
            fit->term->strength >= TERM_ANYWHERE)
            return true;
    }
    return false;
}

static void begin_fill(struct taking *taking)
{
    struct plan_list *it = &taking->plan->lists[taking->number];
    if (taking->shape.unfilled == 0)
        return;
    it->fill = true;
    it->fill_key = taking->shape.key;
    it->filled_down[taking->shape.key] = true;
}

void taking_fill(struct taking *taking, size_t column)
{
    struct plan_list *it = &taking->plan->lists[taking->number];
    if (it->fill && shape_is_first_only(&taking->shape, column))
        it->filled_down[column] = true;
}

static void take_head(struct taking *taking, bool flat)
{
    struct plan_import *import = plan_add(taking->plan, taking->number, taking->head.table);
    import->distinct = taking->repeats;
    for (size_t i = 0; i < taking->head.count; i++) {
        const struct fit *fit = &taking->head.items[i];
        const struct fit *line = flat ? fits_column(&taking->lines, fit->column) : NULL;
        bool key = is_key(taking, import->table, fit->field);
        // What both have a place for is the line's, unless it says one thing for several lines.
        if (!key && line && (!taking->repeats || !is_common(taking, fit->column)))
            continue;
        if (!key && taking->repeats && !is_common(taking, fit->column))
            continue;
        taking_fill(taking, fit->column);
        add_fit(taking, import, &taking->head, fit);
    }
    if (flat)
        import->note = phrase_make(PHRASE_FLAT_HEAD, taking->plan->language, taking->plan->arena,
                                   taking->shape.distinct);
    taking->head.items = NULL;
    taking->head.count = 0;
}

static bool is_head_only(const struct taking *taking, const struct fit *fit, bool flat)
{
    return flat && taking->repeats && fits_column(&taking->head, fit->column) &&
           is_common(taking, fit->column);
}

static void number_lines(struct taking *taking, struct plan_import *import)
{
    const struct model_table *table = taking_table(taking, import->table);
    int field = table->key[1];
    const struct fit *fit = fits_field(&taking->lines, field);
    if (fit && shape_doubles(&taking->shape, fit->column) == 0)
        return;
    import->number_field = field;
    import->number_within = table->key[0];
    import->note =
        phrase_get(fit ? PHRASE_NUMBERED_DOUBLE : PHRASE_NUMBERED, taking->plan->language);
    import->doubt = fit != NULL;
}

// Prices with tax alone: the price is on their basis.
static void use_gross_price(struct taking *taking)
{
    const struct model_table *table = taking_table(taking, taking->lines.table);
    int gross = model_find_field(table, "unit_price_gross"),
        price = model_find_field(table, "unit_price");
    for (size_t i = 0; i < taking->lines.count && gross >= 0 && price >= 0; i++)
        if (taking->lines.items[i].field == gross && !fits_field(&taking->lines, price))
            taking->lines.items[i].field = price;
}

static bool is_amount(const struct taking *taking, const struct fit *fit)
{
    const char *name = taking_table(taking, taking->lines.table)->fields[fit->field].name;
    return strcmp(name, "amount") == 0 || strcmp(name, "net_amount") == 0;
}

static void take_lines(struct taking *taking, bool flat)
{
    struct plan_import *import = plan_add(taking->plan, taking->number, taking->lines.table);
    number_lines(taking, import);
    use_gross_price(taking);
    bool worked_out = taking_price(taking, import);
    for (size_t i = 0; i < taking->lines.count; i++) {
        const struct fit *fit = &taking->lines.items[i];
        bool key = is_key(taking, import->table, fit->field);
        if (fit->field == import->number_field || (worked_out && is_amount(taking, fit)) ||
            (!key && is_head_only(taking, fit, flat)))
            continue;
        if (key)
            taking_fill(taking, fit->column);
        add_fit(taking, import, &taking->lines, fit);
    }
    taking->lines.items = NULL;
    taking->lines.count = 0;
}

// ---- the whole

// Lines of which nobody says what documents they are of, and each of a document of its own, are no
// lines: the number of a record was taken for that of a document.
static bool are_lines(const struct taking *taking, struct family family, bool head)
{
    const char *name = taking->plan->survey->sheets[taking->number].name;
    return head || taking->repeats || terms_name(taking->plan->terms, family.lines, name) > 0 ||
           terms_name(taking->plan->terms, family.head, name) > 0;
}

static bool take_family(struct taking *taking, struct family family)
{
    bool lines = has_own(taking, &taking->lines, &taking->head);
    bool head = has_own(taking, &taking->head, &taking->lines);
    bool key_in_head = fits_field(&taking->head, taking_table(taking, family.head)->key[0]) != NULL;
    if (lines && !are_lines(taking, family, head))
        return false;
    begin_fill(taking);
    if (key_in_head && (head || !lines))
        take_head(taking, lines);
    if (!lines)
        return true;
    // What the head has taken is still needed to tell what is the line's.
    if (key_in_head && head)
        fits_init(&taking->head, taking->plan->arena, taking->fitting, taking->list, family.head);
    take_lines(taking, key_in_head && head);
    return true;
}

static void rename_key(struct fits *fits, const struct fit *key, int field)
{
    for (size_t i = 0; i < fits->count; i++)
        if (fits->items[i].field == field) {
            fits->items[i].column = key->column;
            fits->items[i].term = key->term;
            return;
        }
    struct fit fit = {.column = key->column,
                      .field = field,
                      .term = key->term,
                      .reading = key->reading,
                      .unknown = DICTIONARY_NONE};
    fits_add(fits, &fit);
}

// Lines are of the documents that the head's column names; where that is another one in each
// record, and the lines' is not, it numbers the lines.
static const struct fit *agree_on_key(struct taking *taking, struct family family)
{
    int head = taking_table(taking, family.head)->key[0];
    int lines = taking_table(taking, family.lines)->key[0];
    const struct fit *first = fits_field(&taking->head, head);
    const struct fit *second = fits_field(&taking->lines, lines);
    if (!first)
        return second;
    if (second && first->column != second->column) {
        const struct values *a = &taking->list->columns[first->column];
        const struct values *b = &taking->list->columns[second->column];
        if (a->distinct == a->records && b->distinct < b->records) {
            rename_key(&taking->head, second, head);
            return fits_field(&taking->lines, lines);
        }
    }
    rename_key(&taking->lines, first, lines);
    return fits_field(&taking->head, head);
}

static bool take_list(struct taking *taking, struct family family, size_t key, const bool *taken)
{
    const struct model *model = taking->plan->model;
    bool flat = family.lines >= 0;
    shape_init(&taking->shape, taking->list, key);
    taking->repeats = shape_repeats(&taking->shape) &&
                      (flat || taking_table(taking, family.head)->key_count == 1);
    if (flat && !take_family(taking, family))
        return false;
    if (!flat) {
        begin_fill(taking);
        take_head(taking, false);
    }
    taking_name_for_id(taking, "customer", "customer_id");
    taking_name_for_id(taking, "product", "product_id");
    if (!taken[model_find_table(model, "customer")])
        taking_beside(taking, "customer", "name");
    if (!taken[model_find_table(model, "product")])
        taking_beside(taking, "product", "name");
    taking_beside(taking, "customer_credit", "credit_limit");
    return true;
}

bool plan_take(struct plan *plan, const struct fitting *fitting, size_t number,
               struct family family, const bool *taken)
{
    struct taking taking = {
        .plan = plan, .fitting = fitting, .number = number, .list = &plan->lists[number].list};
    fits_init(&taking.head, plan->arena, fitting, taking.list, family.head);
    if (family.lines >= 0)
        fits_init(&taking.lines, plan->arena, fitting, taking.list, family.lines);
    const struct fit *key = family.lines >= 0
                                ? agree_on_key(&taking, family)
                                : fits_field(&taking.head, plan->model->tables[family.head].key[0]);
    bool taken_up = key && take_list(&taking, family, key->column, taken);
    shape_clear(&taking.shape);
    return taken_up;
}
