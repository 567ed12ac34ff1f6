// SPDX-License-Identifier: MIT
#include "guess/basis.h"

#include "guess/phrase.h"

#include <string.h>

enum { LEAST_DOCUMENTS = 3 };

struct sums {
    struct decimal *amounts; // by code of the document
    bool *known, *spoilt;
};

static const struct plan_column *column_named(const struct plan *plan,
                                              const struct plan_import *import, const char *name)
{
    int field = model_find_field(&plan->model->tables[import->table], name);
    for (size_t i = 0; i < import->count; i++)
        if (import->columns[i].field == field)
            return &import->columns[i];
    return NULL;
}

// A number of a record; false where it is none.
static bool number_of(const struct plan *plan, const struct plan_import *import,
                      const struct plan_column *column, size_t record, const struct zone *zone,
                      struct decimal *number)
{
    const struct frame *frame = &plan->lists[import->list].list.frame;
    const struct field *field = &plan->model->tables[import->table].fields[column->field];
    struct text text =
        dictionary_get(plan->survey->texts, frame_cell(frame, record, column->fit->column));
    struct cell_format format;
    struct cell_value value;
    reading_format(&column->fit->reading, &format);
    if (cell_parse(&format, field, zone, text.bytes, text.length, &value, NULL) != 0 ||
        value.is != CELL_IS_NUMBER)
        return false;
    *number = value.number;
    return true;
}

// Lines that state quantity and price, and nothing of tax or discount.
static bool are_bare(const struct plan *plan, const struct plan_import *lines)
{
    static const char *const others[] = {"gross_amount", "tax_amount", "tax_rate",
                                         "unit_price_gross", "discount_amount"};
    const struct plan_column *quantity = column_named(plan, lines, "quantity");
    const struct plan_column *price = column_named(plan, lines, "unit_price");
    if (!quantity || !price || !quantity->fit || !price->fit)
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (column_named(plan, lines, others[i]))
            return false;
    return true;
}

static void add_lines(const struct plan *plan, const struct plan_import *lines,
                      const struct zone *zone, struct sums *sums)
{
    const struct list *list = &plan->lists[lines->list].list;
    const struct plan_column *quantity = column_named(plan, lines, "quantity");
    const struct plan_column *price = column_named(plan, lines, "unit_price");
    struct shape shape;
    shape_init(&shape, list, plan_fit(lines, plan->model->tables[lines->table].key[0])->column);
    for (size_t i = 0; i < list->frame.record_count; i++) {
        uint32_t document = shape.documents[i];
        struct decimal a, b, product;
        if (!number_of(plan, lines, quantity, i, zone, &a) ||
            !number_of(plan, lines, price, i, zone, &b) || decimal_multiply(a, b, &product) != 0 ||
            decimal_add(sums->amounts[document], product, &sums->amounts[document]) != 0)
            sums->spoilt[document] = true;
        sums->known[document] = true;
    }
    shape_clear(&shape);
}

// Up to a cent for each line is rounding; a twentieth covers five.
static bool agree(struct decimal a, struct decimal b)
{
    static const struct decimal tolerance = {5, 2};
    struct decimal difference;
    if (decimal_subtract(a, b, &difference) != 0)
        return false;
    if (difference.coefficient < 0)
        difference.coefficient = -difference.coefficient;
    return decimal_compare(difference, tolerance) <= 0;
}

static void compare(const struct plan *plan, const struct plan_import *head,
                    const struct plan_column *amount, const struct zone *zone, struct sums *sums,
                    size_t *compared, size_t *unlike)
{
    const struct list *list = &plan->lists[head->list].list;
    struct shape shape;
    shape_init(&shape, list, plan_fit(head, plan->model->tables[head->table].key[0])->column);
    for (size_t i = 0; i < list->frame.record_count; i++) {
        uint32_t document = shape.documents[i];
        struct decimal stated;
        if (!sums->known[document] || sums->spoilt[document] ||
            !number_of(plan, head, amount, i, zone, &stated))
            continue;
        ++*compared;
        *unlike += !agree(stated, sums->amounts[document]);
        sums->known[document] = false; // once for each
    }
    shape_clear(&shape);
}

static void take_out(struct plan *plan, struct plan_import *head, const struct plan_column *amount,
                     size_t compared, size_t unlike)
{
    size_t at = (size_t)(amount - head->columns);
    const struct frame *frame = &plan->lists[head->list].list.frame;
    head->note = phrase_make(PHRASE_OTHER_BASIS, plan->language, plan->arena,
                             frame->names[amount->fit->column], unlike, compared);
    head->doubt = true;
    plan->lists[head->list].used[amount->fit->column] = false;
    memmove(&head->columns[at], &head->columns[at + 1],
            (head->count - at - 1) * sizeof *head->columns);
    head->count--;
}

static void check(struct plan *plan, struct plan_import *head, const struct plan_import *lines,
                  const struct zone *zone)
{
    const struct plan_column *amount = column_named(plan, head, "amount");
    uint32_t texts = dictionary_count(plan->survey->texts);
    struct arena *scratch = arena_new();
    struct sums sums = {.amounts = arena_take(scratch, texts, sizeof *sums.amounts),
                        .known = arena_take(scratch, texts, sizeof *sums.known),
                        .spoilt = arena_take(scratch, texts, sizeof *sums.spoilt)};
    size_t compared = 0, unlike = 0;
    add_lines(plan, lines, zone, &sums);
    compare(plan, head, amount, zone, &sums, &compared, &unlike);
    if (compared >= LEAST_DOCUMENTS && unlike * 2 > compared)
        take_out(plan, head, amount, compared, unlike);
    arena_free(scratch);
}

// Is `lines` the table of lines of `head`?
static bool belong(const struct plan *plan, const struct plan_import *head,
                   const struct plan_import *lines)
{
    const struct model_table *table = &plan->model->tables[lines->table];
    return table->key_count == 2 && strcmp(table->fields[table->key[1]].name, "line_no") == 0 &&
           strncmp(table->name, plan->model->tables[head->table].name,
                   strlen(plan->model->tables[head->table].name)) == 0 &&
           plan_fit(lines, table->key[0]) &&
           plan_fit(head, plan->model->tables[head->table].key[0]);
}

void basis_check(struct plan *plan, const struct zone *zone)
{
    for (size_t h = 0; h < plan->import_count; h++)
        for (size_t l = 0; l < plan->import_count; l++) {
            const struct plan_column *amount = column_named(plan, &plan->imports[h], "amount");
            if (amount && amount->fit && h != l &&
                belong(plan, &plan->imports[h], &plan->imports[l]) &&
                are_bare(plan, &plan->imports[l]))
                check(plan, &plan->imports[h], &plan->imports[l], zone);
        }
}
