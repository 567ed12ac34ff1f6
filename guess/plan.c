// SPDX-License-Identifier: MIT
// Which tables a list is, is decided by what most speaks for: its name, then what its columns are
// called. A family is a document with its lines, or a table alone. One list may hold both halves of
// a family (a flat list), and what belongs to a customer or a product besides.
#include "guess/plan.h"

#include "guess/basis.h"
#include "guess/phrase.h"
#include "guess/plan_inside.h"

#include <stdlib.h>
#include <string.h>

const struct fit *plan_fit(const struct plan_import *import, int field)
{
    for (size_t i = 0; i < import->count; i++)
        if (import->columns[i].field == field)
            return import->columns[i].fit;
    return NULL;
}

// ---- language and habits

static bool is_chinese(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0xE4 && (unsigned char)*text <= 0xE9)
            return true; // the lead bytes of U+4E00 and its block
    return false;
}

static const char *find_language(const struct plan *plan)
{
    size_t chinese = 0, all = 0;
    for (size_t i = 0; i < plan->list_count; i++) {
        const struct frame *frame = &plan->lists[i].list.frame;
        for (size_t c = 0; frame->names && c < frame->columns; c++) {
            chinese += is_chinese(frame->names[c]);
            all++;
        }
    }
    return chinese * 3 > all ? "zh" : "en";
}

// What the numbers of a text "31/10/2026" say: 1 that its day comes first, -1 its month, 0 neither.
static int order_of_day(const char *text)
{
    char *end;
    long first = strtol(text, &end, 10);
    if (end == text || end > text + 2 || !strchr("/.-", *end) || !*end)
        return 0;
    const char *rest = end + 1;
    long second = strtol(rest, &end, 10);
    if (end == rest || end > rest + 2 || !strchr("/.-", *end) || !*end)
        return 0;
    return (first > 12 && second <= 12) - (second > 12 && first <= 12);
}

// "12,5" or "1.234,56" and nothing else: 1 for a comma, -1 for a point.
static int decimal_sign(const char *text)
{
    size_t length = strlen(text);
    const char *sign = strpbrk(text, ",.") ? text + length : NULL;
    while (sign && sign > text && *sign != ',' && *sign != '.')
        sign--;
    if (!sign || strspn(text, "0123456789.,-+ ") != length || strlen(sign + 1) == 3 || !sign[1])
        return 0;
    return *sign == ',' ? 1 : -1;
}

static void find_habits(struct plan *plan)
{
    long days = 0, months = 0, commas = 0, points = 0;
    for (uint32_t code = 0; plan->survey->texts && code < dictionary_count(plan->survey->texts);
         code++) {
        const char *text = dictionary_get(plan->survey->texts, code).bytes;
        int order = order_of_day(text), sign = decimal_sign(text);
        days += order > 0;
        months += order < 0;
        commas += sign > 0;
        points += sign < 0;
    }
    plan->habits = (struct habits){.comma = commas > points,
                                   .month_first = months > days,
                                   .day_first = days > months,
                                   .nulls = plan->nulls};
}

static void find_nulls(struct plan *plan)
{
    uint32_t texts = plan->survey->texts ? dictionary_count(plan->survey->texts) : 0;
    plan->nulls = arena_take(plan->arena, texts, sizeof *plan->nulls);
    for (uint32_t code = 0; code < texts; code++)
        plan->nulls[code] =
            terms_is_null(plan->terms, dictionary_get(plan->survey->texts, code).bytes);
}

// ---- imports

struct plan_import *plan_add(struct plan *plan, size_t list, int table)
{
    plan->imports =
        arena_extend(plan->arena, plan->imports, plan->import_count, sizeof *plan->imports);
    struct plan_import *import = &plan->imports[plan->import_count++];
    *import =
        (struct plan_import){.list = list, .table = table, .number_field = -1, .number_within = -1};
    plan->lists[list].import_count++;
    return import;
}

struct plan_column *plan_add_column(struct plan *plan, struct plan_import *import, int field,
                                    const struct fit *fit)
{
    import->columns =
        arena_extend(plan->arena, import->columns, import->count, sizeof *import->columns);
    struct plan_column *column = &import->columns[import->count++];
    *column = (struct plan_column){.field = field, .fit = fit};
    if (fit)
        plan->lists[import->list].used[fit->column] = true;
    return column;
}

static int by_field(const void *a, const void *b)
{
    return ((const struct plan_column *)a)->field - ((const struct plan_column *)b)->field;
}

static int by_table(const void *a, const void *b)
{
    const struct plan_import *first = a, *second = b;
    return first->list != second->list ? (first->list > second->list) - (first->list < second->list)
                                       : first->table - second->table;
}

// ---- the whole

static void init_list(struct plan *plan, size_t number)
{
    struct plan_list *it = &plan->lists[number];
    const struct survey_sheet *sheet = &plan->survey->sheets[number];
    struct arena *arena = plan->arena;
    frame_init(&it->list.frame, arena, plan->survey, sheet, plan->terms);
    size_t columns = it->list.frame.columns, readings = columns * READING_KINDS;
    it->list.columns = arena_take(arena, columns, sizeof *it->list.columns);
    it->list.readings = arena_take(arena, readings, sizeof *it->list.readings);
    it->list.known = arena_take(arena, readings, sizeof *it->list.known);
    it->used = arena_take(arena, columns, sizeof *it->used);
    it->filled_down = arena_take(arena, columns, sizeof *it->filled_down);
    it->list.terms = arena_take(arena, columns, sizeof *it->list.terms);
    for (size_t i = 0; i < columns; i++) {
        const char *name = it->list.frame.names ? it->list.frame.names[i] : "";
        values_init(&it->list.columns[i], &it->list.frame, i);
        if (*name)
            it->list.terms[i].count = terms_find(plan->terms, name, &it->list.terms[i].items);
    }
}

void plan_init(struct plan *plan, const struct survey *survey, const struct model *model,
               const struct terms *terms, const struct zone *zone)
{
    struct arena *arena = arena_new();
    *plan = (struct plan){.survey = survey,
                          .model = model,
                          .terms = terms,
                          .language = "en",
                          .arena = arena,
                          .lists = arena_take(arena, survey->count, sizeof *plan->lists),
                          .list_count = survey->count};
    for (size_t i = 0; i < survey->count; i++)
        init_list(plan, i);
    plan->language = find_language(plan);
    find_nulls(plan);
    find_habits(plan);
    struct fitting fitting = {survey, model, terms, zone, plan->habits};
    plan_choose(plan, &fitting);
    basis_check(plan, zone);
    for (size_t i = 0; i < plan->import_count; i++)
        if (plan->imports[i].count > 0)
            qsort(plan->imports[i].columns, plan->imports[i].count,
                  sizeof *plan->imports[i].columns, by_field);
    if (plan->import_count > 0)
        qsort(plan->imports, plan->import_count, sizeof *plan->imports, by_table);
}

void plan_clear(struct plan *plan)
{
    arena_free(plan->arena);
    *plan = (struct plan){0};
}
