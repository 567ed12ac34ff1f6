// SPDX-License-Identifier: MIT
// Decides which tables each list is: first each by itself, the family (a document's table, with or
// without that of its lines) that most columns fit; then all together, where two lists would be the
// same table with the same keys. Of these the worse is dropped and, up to TRIES times, taken for
// the next best that its name speaks for. Each try excludes a table for that list, so it ends.
#include "engine/base/memory.h"
#include "guess/phrase.h"
#include "guess/plan_inside.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_SCORE = 18,    // that a list is taken for anything
    LEAST_NAMELESS = 24, // where its own name says nothing
    OVERLAP_PCT = 50,    // of keys, from which two lists are about the same things
    TRIES = 3,           // for a list whose things another list has
};

// What a list is taken for.
struct choice {
    struct family family;
    unsigned score;
};

// ---- families

// A table of lines: its key is that of a document, and a number within it.
static int head_of(const struct model *model, int lines)
{
    const struct model_table *table = &model->tables[lines];
    if (table->key_count != 2 || strcmp(table->fields[table->key[1]].name, "line_no") != 0)
        return -1;
    for (int t = 0; t < model->table_count; t++)
        if (t != lines && model->tables[t].key_count == 1 &&
            strcmp(model->tables[t].fields[model->tables[t].key[0]].name,
                   table->fields[table->key[0]].name) == 0)
            return t;
    return -1;
}

static size_t find_families(const struct plan *plan, struct family **families)
{
    const struct model *model = plan->model;
    size_t tables = (size_t)model->table_count, count = 0;
    bool *has_lines = arena_take(plan->arena, tables, sizeof *has_lines);
    *families = arena_take(plan->arena, tables, sizeof **families);
    for (int t = 0; t < model->table_count; t++) {
        int head = head_of(model, t);
        if (head < 0)
            continue;
        (*families)[count++] = (struct family){head, t};
        has_lines[head] = has_lines[t] = true;
    }
    for (int t = 0; t < model->table_count; t++)
        if (!has_lines[t])
            (*families)[count++] = (struct family){t, -1};
    return count;
}

// ---- scores

static unsigned strength(const struct fits *fits, size_t column)
{
    const struct fit *fit = fits_column(fits, column);
    return fit ? fit->term->strength : 0;
}

// Every column that either table has a place for, by the stronger word.
static unsigned score_columns(const struct fits *head, const struct fits *lines, size_t columns,
                              size_t *count)
{
    unsigned score = 0;
    *count = 0;
    for (size_t c = 0; c < columns; c++) {
        unsigned first = strength(head, c), second = lines ? strength(lines, c) : 0;
        score += first > second ? first : second;
        *count += first > 0 || second > 0;
    }
    return score;
}

static bool has_key(const struct model *model, const struct fits *fits)
{
    const struct model_table *table = &model->tables[fits->table];
    for (int i = 0; i < table->key_count; i++) {
        const struct field *field = &table->fields[table->key[i]];
        if (!field->nullable && strcmp(field->name, "line_no") != 0 &&
            !fits_field(fits, table->key[i]))
            return false;
    }
    return true;
}

// Orders are what is exported most: of two that as much speaks for, they are it.
static unsigned bonus(const struct model *model, int table)
{
    static const char *const usual[] = {"sales_order", "invoice", "delivery", "customer",
                                        "product",     "receipt", "voucher"};
    for (unsigned i = 0; i < sizeof usual / sizeof *usual; i++)
        if (strcmp(model->tables[table].name, usual[i]) == 0)
            return 7 - i;
    return 0;
}

static unsigned score(const struct plan *plan, const struct fitting *fitting, size_t list,
                      struct family family)
{
    struct fits head, lines = {0};
    struct list *it = &plan->lists[list].list;
    const char *name = plan->survey->sheets[list].name;
    size_t count;
    unsigned named = terms_name(plan->terms, family.head, name);
    struct arena *scratch = arena_new();
    fits_init(&head, scratch, fitting, it, family.head);
    if (family.lines >= 0) {
        unsigned other = terms_name(plan->terms, family.lines, name);
        fits_init(&lines, scratch, fitting, it, family.lines);
        named = other > named ? other : named;
    }
    unsigned found =
        score_columns(&head, family.lines >= 0 ? &lines : NULL, it->frame.columns, &count);
    bool keyed = has_key(plan->model, &head) || (family.lines >= 0 && has_key(plan->model, &lines));
    arena_free(scratch);
    if (!keyed || count < 2 || found + named < LEAST_SCORE ||
        (named == 0 && (count < 3 || found < LEAST_NAMELESS)))
        return 0;
    return found + named + bonus(plan->model, family.head);
}

static const char *why_not(const struct plan *plan, size_t list)
{
    const struct survey_sheet *sheet = &plan->survey->sheets[list];
    const struct frame *frame = &plan->lists[list].list.frame;
    if (sheet->trouble)
        return sheet->trouble;
    if (sheet->row_count == 0)
        return phrase_get(PHRASE_EMPTY, plan->language);
    if (!frame->names)
        return phrase_get(PHRASE_NO_HEADER, plan->language);
    if (frame->record_count == 0)
        return phrase_get(PHRASE_NO_RECORDS, plan->language);
    return NULL;
}

// `not_these`: by head, tables that the list was found not to be.
static struct choice choose(struct plan *plan, const struct fitting *fitting, size_t list,
                            const struct family *families, size_t count, const bool *not_these)
{
    struct choice best = {{-1, -1}, 0};
    plan->lists[list].trouble = why_not(plan, list);
    for (size_t i = 0; i < count && !plan->lists[list].trouble; i++) {
        if (not_these && not_these[families[i].head])
            continue;
        unsigned found = score(plan, fitting, list, families[i]);
        if (found > best.score)
            best = (struct choice){families[i], found};
    }
    if (!plan->lists[list].trouble && best.score == 0)
        plan->lists[list].trouble = phrase_get(PHRASE_NO_TABLE, plan->language);
    return best;
}

// ---- two lists of one table

static const struct values *key_column(const struct plan *plan, const struct plan_import *import)
{
    const struct fit *fit = plan_fit(import, plan->model->tables[import->table].key[0]);
    return fit ? &plan->lists[import->list].list.columns[fit->column] : NULL;
}

static bool overlap(const struct plan *plan, const struct plan_import *a,
                    const struct plan_import *b)
{
    const struct values *first = key_column(plan, a), *second = key_column(plan, b);
    if (!first || !second || first->distinct == 0 || second->distinct == 0)
        return false;
    bool *there = memory_new(dictionary_count(plan->survey->texts), sizeof *there);
    size_t both = 0;
    for (size_t i = 0; i < first->distinct; i++)
        there[first->codes[i]] = true;
    for (size_t i = 0; i < second->distinct; i++)
        both += there[second->codes[i]];
    free(there);
    size_t fewer = first->distinct < second->distinct ? first->distinct : second->distinct;
    return both * 100 >= fewer * OVERLAP_PCT;
}

static void drop(struct plan *plan, size_t at)
{
    struct plan_import *import = &plan->imports[at];
    plan->lists[import->list].import_count--;
    memmove(import, import + 1, (plan->import_count - at - 1) * sizeof *import);
    plan->import_count--;
}

// Which of two imports says the same of the same things less well: one whose rows are made from
// lines, or of fewer columns.
static bool is_worse(const struct plan_import *a, const struct plan_import *b)
{
    return a->distinct != b->distinct ? a->distinct : a->count < b->count;
}

// Drops the worse of two imports that say the same; which list it was of, and why. false: there are
// no two.
static bool drop_double(struct plan *plan, size_t *list, const char **why)
{
    for (size_t a = 0; a < plan->import_count; a++)
        for (size_t b = a + 1; b < plan->import_count; b++) {
            const struct plan_import *first = &plan->imports[a], *second = &plan->imports[b];
            if (first->table != second->table || first->list == second->list ||
                !overlap(plan, first, second))
                continue;
            size_t worse = is_worse(first, second) ? a : b;
            size_t kept = plan->imports[worse == a ? b : a].list;
            *list = plan->imports[worse].list;
            struct buffer label = {0};
            survey_add_label(&plan->survey->sheets[kept], &label);
            *why = phrase_make(PHRASE_SAME_KEYS, plan->language, plan->arena,
                               plan->model->tables[first->table].name, buffer_text(&label));
            buffer_clear(&label);
            drop(plan, worse);
            return true;
        }
    return false;
}

struct choosing {
    struct plan *plan;
    const struct fitting *fitting;
    struct family *families;
    size_t family_count;
    struct choice *choices; // by list
    bool *taken;            // by table
};

// A list whose things are another's may be something else that also speaks for itself.
static void choose_again(struct choosing *choosing, size_t list, const char *why, bool *not_these)
{
    struct plan *plan = choosing->plan;
    struct plan_list *it = &plan->lists[list];
    memset(it->used, 0, it->list.frame.columns);
    not_these[choosing->choices[list].family.head] = true;
    struct choice next = choose(plan, choosing->fitting, list, choosing->families,
                                choosing->family_count, not_these);
    const char *name = plan->survey->sheets[list].name;
    choosing->choices[list] = next;
    // Only what its name says: that its columns would fit something is not enough any more.
    if (next.score == 0 ||
        (terms_name(plan->terms, next.family.head, name) == 0 &&
         (next.family.lines < 0 || terms_name(plan->terms, next.family.lines, name) == 0)) ||
        !plan_take(plan, choosing->fitting, list, next.family, choosing->taken))
        it->trouble = why;
}

static void settle(struct choosing *choosing)
{
    struct plan *plan = choosing->plan;
    size_t tables = (size_t)plan->model->table_count, list;
    bool *not_these = arena_take(plan->arena, tables * plan->list_count, sizeof *not_these);
    unsigned *tries = arena_take(plan->arena, plan->list_count, sizeof *tries);
    const char *why;
    while (drop_double(plan, &list, &why)) {
        if (plan->lists[list].import_count > 0)
            continue;
        if (tries[list]++ < TRIES)
            choose_again(choosing, list, why, not_these + list * tables);
        else
            plan->lists[list].trouble = why;
    }
}

void plan_choose(struct plan *plan, const struct fitting *fitting)
{
    struct choosing choosing = {.plan = plan, .fitting = fitting};
    choosing.family_count = find_families(plan, &choosing.families);
    choosing.choices = arena_take(plan->arena, plan->list_count, sizeof *choosing.choices);
    choosing.taken =
        arena_take(plan->arena, (size_t)plan->model->table_count, sizeof *choosing.taken);
    for (size_t i = 0; i < plan->list_count; i++) {
        choosing.choices[i] =
            choose(plan, fitting, i, choosing.families, choosing.family_count, NULL);
        if (choosing.choices[i].score > 0 && choosing.choices[i].family.lines < 0)
            choosing.taken[choosing.choices[i].family.head] = true;
    }
    for (size_t i = 0; i < plan->list_count; i++)
        if (choosing.choices[i].score > 0 &&
            !plan_take(plan, fitting, i, choosing.choices[i].family, choosing.taken))
            plan->lists[i].trouble = phrase_get(PHRASE_NO_TABLE, plan->language);
    settle(&choosing);
}
