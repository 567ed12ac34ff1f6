// SPDX-License-Identifier: MIT
// The imports of one list. What a document says for all its lines becomes a row of the document,
// what differs from line to line one of the lines; customers and products of a flat list become
// tables of their own where no other list is one.
#include "engine/base/memory.h"
#include "guess/draft_inside.h"
#include "guess/phrase.h"
#include "guess/plan_inside.h"

#include <stdlib.h>
#include <string.h>

enum { CONFLICTS_PCT = 2 }; // of the records, up to which a column still belongs to the document

struct taking {
    struct plan *plan;
    const struct fitting *fitting;
    size_t number; // of the list
    struct list *list;
    struct shape shape;
    struct fits head, lines;
    bool repeats;
};

static const struct model_table *table_of(const struct taking *taking, int table)
{
    return &taking->plan->model->tables[table];
}

static bool is_key(const struct taking *taking, int table, int field)
{
    return table_of(taking, table)->fields[field].key;
}

// Does the column say one thing for the whole document?
static bool is_common(const struct taking *taking, size_t column)
{
    bool first_only = shape_is_first_only(&taking->shape, column);
    return shape_conflicts(&taking->shape, column, first_only) * 100 <=
           taking->list->frame.record_count * CONFLICTS_PCT;
}

// ---- remarks

static void remark(struct taking *taking, struct plan_column *column)
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

// Can Lua calculate with the cells as they stand?
static bool are_plain(const struct taking *taking, const struct fit *fit)
{
    const struct values *values = &taking->list->columns[fit->column];
    for (size_t i = 0; i < values->distinct; i++) {
        const char *text = dictionary_get(taking->plan->survey->texts, values->codes[i]).bytes;
        if (text[strspn(text, "0123456789.-")] != '\0')
            return false;
    }
    return values->filled == values->records;
}

static const char *name_of(const struct taking *taking, const struct fit *fit)
{
    return taking->list->frame.names[fit->column];
}

// A field that is worked out; `sample` is the column that counts as used.
static struct plan_column *add_expression(struct taking *taking, struct plan_import *import,
                                          int field, const struct fit *sample,
                                          struct buffer *expression, enum phrase note)
{
    struct plan_column *column = plan_add_column(taking->plan, import, field, sample);
    column->fit = NULL;
    column->expression = arena_text(taking->plan->arena, buffer_text(expression));
    column->note = phrase_get(note, taking->plan->language);
    buffer_clear(expression);
    return column;
}

// The rate of a discount becomes its amount where quantity and price are there.
static void add_rate(struct taking *taking, struct plan_import *import, const struct fits *fits,
                     const struct fit *fit)
{
    const struct fit *quantity = fits_named(fits, taking->plan->model, "quantity");
    const struct fit *price = fits_named(fits, taking->plan->model, "unit_price");
    struct buffer text = {0};
    if (!quantity || !price || !are_plain(taking, quantity) || !are_plain(taking, price) ||
        !are_plain(taking, fit))
        return;
    buffer_add_text(&text, "source[");
    draft_quote(name_of(taking, price), &text);
    buffer_add_text(&text, "] * source[");
    draft_quote(name_of(taking, quantity), &text);
    buffer_add_text(&text, "] * source[");
    draft_quote(name_of(taking, fit), &text);
    buffer_add_text(&text, "]");
    add_expression(taking, import, fit->field, fit, &text, PHRASE_RATE);
}

static bool has_meaning(const struct term *term, const char *meaning)
{
    return term->meaning && strcmp(term->meaning, meaning) == 0;
}

// First and last names stand apart: together they are the name.
static bool add_full_name(struct taking *taking, struct plan_import *import, const struct fit *fit)
{
    const char *other = has_meaning(fit->term, "first") ? "last" : "first";
    const struct list *list = taking->list;
    for (size_t c = 0; c < list->frame.columns; c++)
        for (size_t i = 0; i < list->terms[c].count; i++) {
            const struct term *term = list->terms[c].items[i];
            struct buffer text = {0};
            if (c == fit->column || !has_meaning(term, other) ||
                term_field(term, taking->plan->model, import->table) != fit->field ||
                list->columns[c].filled < list->columns[c].records)
                continue;
            bool first = has_meaning(fit->term, "first");
            buffer_add_text(&text, "source[");
            draft_quote(list->frame.names[first ? fit->column : c], &text);
            buffer_add_text(&text, "] .. \" \" .. source[");
            draft_quote(list->frame.names[first ? c : fit->column], &text);
            buffer_add_text(&text, "]");
            add_expression(taking, import, fit->field, fit, &text, PHRASE_FULL_NAME);
            taking->plan->lists[taking->number].used[c] = true;
            return true;
        }
    return false;
}

// A price with tax that stands for the price (use_gross_price).
static bool is_price_with_tax(const struct taking *taking, int table, const struct fit *fit)
{
    int gross = model_find_field(table_of(taking, table), "unit_price_gross");
    return gross >= 0 && fit->field != gross &&
           term_field(fit->term, taking->plan->model, table) == gross;
}

static void add_fit(struct taking *taking, struct plan_import *import, const struct fits *fits,
                    const struct fit *fit)
{
    bool name_part = has_meaning(fit->term, "first") || has_meaning(fit->term, "last");
    if (has_meaning(fit->term, "rate")) {
        add_rate(taking, import, fits, fit);
        return;
    }
    if (name_part && add_full_name(taking, import, fit))
        return;
    struct plan_column *column = plan_add_column(taking->plan, import, fit->field, fit);
    remark(taking, column);
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

static void fill_down(struct taking *taking, size_t column)
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
        fill_down(taking, fit->column);
        add_fit(taking, import, &taking->head, fit);
    }
    if (flat)
        import->note = phrase_make(PHRASE_FLAT_HEAD, taking->plan->language, taking->plan->arena,
                                   taking->shape.distinct);
    import->fits = taking->head;
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
    const struct model_table *table = table_of(taking, import->table);
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
    const struct model_table *table = table_of(taking, taking->lines.table);
    int gross = model_find_field(table, "unit_price_gross"),
        price = model_find_field(table, "unit_price");
    for (size_t i = 0; i < taking->lines.count && gross >= 0 && price >= 0; i++)
        if (taking->lines.items[i].field == gross && !fits_field(&taking->lines, price))
            taking->lines.items[i].field = price;
}

// Without a price, amount and quantity give one; the amount is then not imported beside it, since
// comparing the two would test nothing.
static bool work_out_price(struct taking *taking, struct plan_import *import)
{
    const struct plan *plan = taking->plan;
    int price = model_find_field(table_of(taking, import->table), "unit_price");
    const struct fit *quantity = fits_named(&taking->lines, plan->model, "quantity");
    const struct fit *amount = fits_named(&taking->lines, plan->model, "amount");
    if (!amount)
        amount = fits_named(&taking->lines, plan->model, "net_amount");
    if (price < 0 || fits_field(&taking->lines, price) || !quantity || !amount ||
        !are_plain(taking, quantity) || !are_plain(taking, amount))
        return false;
    struct buffer text = {0};
    buffer_add_text(&text, "div(decimal(source[");
    draft_quote(name_of(taking, amount), &text);
    buffer_add_text(&text, "]), decimal(source[");
    draft_quote(name_of(taking, quantity), &text);
    buffer_add_text(&text, "]), 4, \"half_up\")");
    add_expression(taking, import, price, amount, &text, PHRASE_PRICE_WORKED_OUT)->doubt = true;
    return true;
}

static bool is_amount(const struct taking *taking, const struct fit *fit)
{
    const char *name = table_of(taking, taking->lines.table)->fields[fit->field].name;
    return strcmp(name, "amount") == 0 || strcmp(name, "net_amount") == 0;
}

static void take_lines(struct taking *taking, bool flat)
{
    struct plan_import *import = plan_add(taking->plan, taking->number, taking->lines.table);
    number_lines(taking, import);
    use_gross_price(taking);
    bool worked_out = work_out_price(taking, import);
    for (size_t i = 0; i < taking->lines.count; i++) {
        const struct fit *fit = &taking->lines.items[i];
        bool key = is_key(taking, import->table, fit->field);
        if (fit->field == import->number_field || (worked_out && is_amount(taking, fit)) ||
            (!key && is_head_only(taking, fit, flat)))
            continue;
        if (key)
            fill_down(taking, fit->column);
        add_fit(taking, import, &taking->lines, fit);
    }
    import->fits = taking->lines;
    taking->lines.items = NULL;
    taking->lines.count = 0;
}

// ---- tables beside it

// A column whose name is a system's word for that table, and for no field of the list's own.
static bool is_of(const struct fit *fit, const struct taking *taking)
{
    return fit->term->strength == TERM_OF_TABLE &&
           (!taking->plan->lists[taking->number].used[fit->column]);
}

// The list names customers (or products) without numbers: their names serve.
static void name_for_id(struct taking *taking, const char *table, const char *id)
{
    struct plan *plan = taking->plan;
    int there = model_find_table(plan->model, table);
    struct fits fits;
    fits_init(&fits, taking->fitting, taking->list, there);
    const struct fit *name = fits_named(&fits, plan->model, "name");
    for (size_t i = plan->import_count; i-- > 0 && plan->imports[i].list == taking->number;) {
        struct plan_import *import = &plan->imports[i];
        int field = model_find_field(table_of(taking, import->table), id);
        if (!name || name->term->strength != TERM_OF_TABLE || field < 0 || plan_fit(import, field))
            continue;
        struct fit *copy = arena_take(plan->arena, 1, sizeof *copy);
        *copy = *name;
        copy->from = NULL;
        copy->to = NULL;
        copy->map_count = 0;
        struct plan_column *column = plan_add_column(plan, import, field, copy);
        column->note = phrase_get(PHRASE_NAME_FOR_ID, plan->language);
        column->doubt = true;
        fill_down(taking, name->column);
    }
    fits_clear(&fits);
}

// Is a column the same wherever one customer, or product, is?
static bool says_one_thing(const struct taking *taking, const struct shape *shape, size_t column)
{
    bool first_only = shape_is_first_only(&taking->shape, column);
    return shape_conflicts(shape, column, first_only) == 0;
}

static void take_beside(struct taking *taking, const char *table, const char *wanted)
{
    struct plan *plan = taking->plan;
    int there = model_find_table(plan->model, table);
    struct fits fits;
    fits_init(&fits, taking->fitting, taking->list, there);
    const struct fit *key = fits_field(&fits, table_of(taking, there)->key[0]);
    const struct fit *named = fits_named(&fits, plan->model, wanted);
    struct shape shape = {0};
    bool wants = key && named && is_of(named, taking);
    if (wants)
        shape_init(&shape, taking->list, key->column);
    if (!wants || !says_one_thing(taking, &shape, named->column)) {
        shape_clear(&shape);
        fits_clear(&fits);
        return;
    }
    struct plan_import *import = plan_add(plan, taking->number, there);
    import->distinct = shape_repeats(&shape);
    import->note = phrase_make(PHRASE_BESIDE, plan->language, plan->arena, shape.distinct);
    for (size_t i = 0; i < fits.count; i++) {
        const struct fit *fit = &fits.items[i];
        if (fit != key && (!is_of(fit, taking) || !says_one_thing(taking, &shape, fit->column)))
            continue;
        fill_down(taking, fit->column);
        remark(taking, plan_add_column(plan, import, fit->field, fit));
    }
    shape_clear(&shape);
    import->fits = fits;
}

// ---- the whole

static void take_family(struct taking *taking, struct family family, const bool *taken)
{
    bool lines = has_own(taking, &taking->lines, &taking->head);
    bool head = has_own(taking, &taking->head, &taking->lines);
    bool key_in_head = fits_field(&taking->head, table_of(taking, family.head)->key[0]) != NULL;
    begin_fill(taking);
    (void)taken;
    if (key_in_head && (head || !lines))
        take_head(taking, lines);
    if (lines) {
        struct fits again;
        // What the head has taken is still needed to tell what is the line's.
        if (key_in_head && head) {
            fits_init(&again, taking->fitting, taking->list, family.head);
            taking->head = again;
        }
        take_lines(taking, key_in_head && head);
    }
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
    int head = table_of(taking, family.head)->key[0];
    int lines = table_of(taking, family.lines)->key[0];
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

bool plan_take(struct plan *plan, const struct fitting *fitting, size_t number,
               struct family family, const bool *taken)
{
    struct taking taking = {
        .plan = plan, .fitting = fitting, .number = number, .list = &plan->lists[number].list};
    const struct model_table *table = &plan->model->tables[family.head];
    fits_init(&taking.head, fitting, taking.list, family.head);
    if (family.lines >= 0)
        fits_init(&taking.lines, fitting, taking.list, family.lines);
    const struct fit *key = fits_field(&taking.head, table->key[0]);
    if (family.lines >= 0)
        key = agree_on_key(&taking, family);
    if (key) {
        shape_init(&taking.shape, taking.list, key->column);
        taking.repeats =
            shape_repeats(&taking.shape) && (family.lines >= 0 || table->key_count == 1);
        if (family.lines >= 0) {
            take_family(&taking, family, taken);
        } else {
            begin_fill(&taking);
            take_head(&taking, false);
        }
        name_for_id(&taking, "customer", "customer_id");
        name_for_id(&taking, "product", "product_id");
        if (!taken[model_find_table(plan->model, "customer")])
            take_beside(&taking, "customer", "name");
        if (!taken[model_find_table(plan->model, "product")])
            take_beside(&taking, "product", "name");
        take_beside(&taking, "customer_credit", "credit_limit");
        shape_clear(&taking.shape);
    }
    fits_clear(&taking.head);
    fits_clear(&taking.lines);
    return key != NULL;
}
