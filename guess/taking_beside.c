// SPDX-License-Identifier: MIT
#include "guess/phrase.h"
#include "guess/taking.h"

#include <string.h>

// A column whose name is a system's word for that table, and for no field of the list's own.
static bool is_of(const struct fit *fit, const struct taking *taking)
{
    return fit->term->strength == TERM_OF_TABLE &&
           (!taking->plan->lists[taking->number].used[fit->column]);
}

// The list names customers (or products) without numbers: their names serve.
void taking_name_for_id(struct taking *taking, const char *table, const char *id)
{
    struct plan *plan = taking->plan;
    int there = model_find_table(plan->model, table);
    struct fits fits;
    fits_init(&fits, plan->arena, taking->fitting, taking->list, there);
    const struct fit *name = fits_named(&fits, plan->model, "name");
    for (size_t i = plan->import_count; i-- > 0 && plan->imports[i].list == taking->number;) {
        struct plan_import *import = &plan->imports[i];
        int field = model_find_field(taking_table(taking, import->table), id);
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
        taking_fill(taking, name->column);
    }
}

// Is a column the same wherever one customer, or product, is?
static bool says_one_thing(const struct taking *taking, const struct shape *shape, size_t column)
{
    bool first_only = shape_is_first_only(&taking->shape, column);
    return shape_conflicts(shape, column, first_only) == 0;
}

// A limit of credit holds from a day on, which the list may not say.
static void add_valid_from(struct taking *taking, struct plan_import *import)
{
    const struct model_table *table = taking_table(taking, import->table);
    int field = model_find_field(table, "valid_from");
    if (field < 0 || !table->fields[field].key || plan_fit(import, field))
        return;
    struct plan_column *column = plan_add_column(taking->plan, import, field, NULL);
    column->constant = "2000-01-01";
    column->note = phrase_get(PHRASE_VALID_FROM, taking->plan->language);
    column->doubt = true;
}

void taking_beside(struct taking *taking, const char *table, const char *wanted)
{
    struct plan *plan = taking->plan;
    int there = model_find_table(plan->model, table);
    struct fits fits;
    fits_init(&fits, plan->arena, taking->fitting, taking->list, there);
    const struct fit *key = fits_field(&fits, taking_table(taking, there)->key[0]);
    const struct fit *named = fits_named(&fits, plan->model, wanted);
    struct shape shape = {0};
    bool wants = key && named && is_of(named, taking);
    if (wants)
        shape_init(&shape, taking->list, key->column);
    if (!wants || !says_one_thing(taking, &shape, named->column)) {
        shape_clear(&shape);
        return;
    }
    struct plan_import *import = plan_add(plan, taking->number, there);
    import->distinct = shape_repeats(&shape);
    import->note = phrase_make(PHRASE_BESIDE, plan->language, plan->arena, shape.distinct);
    for (size_t i = 0; i < fits.count; i++) {
        const struct fit *fit = &fits.items[i];
        if (fit != key && (!is_of(fit, taking) || !says_one_thing(taking, &shape, fit->column)))
            continue;
        taking_fill(taking, fit->column);
        taking_remark(taking, plan_add_column(plan, import, fit->field, fit));
    }
    add_valid_from(taking, import);
    shape_clear(&shape);
}
