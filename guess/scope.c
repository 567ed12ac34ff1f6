// SPDX-License-Identifier: MIT
#include "guess/scope.h"

#include "engine/base/currency.h"
#include "engine/base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MONTHS = 9999 * 12,
    USUAL_PCT = 80, // of the documents in one month, for that month to be the period
    LEAST_PCT = 2,  // of the fullest month's documents, for a month to be of the period
};

// ---- the period

static int month_of(int day)
{
    struct civil civil = calendar_civil(day);
    return civil.year * 12 + civil.month - 1;
}

static int month_start(int month)
{
    int day = 0;
    calendar_day((struct civil){month / 12, month % 12 + 1, 1}, &day);
    return day;
}

static void count_days(struct scope_guess *scope, size_t *months, const struct plan *plan,
                       const struct plan_import *import, const struct fit *fit,
                       const struct zone *zone)
{
    const struct values *column = &plan->lists[import->list].list.columns[fit->column];
    const struct field *field = &plan->model->tables[import->table].fields[fit->field];
    struct cell_format format;
    reading_format(&fit->reading, &format);
    for (size_t i = 0; i < column->distinct; i++) {
        struct text text = dictionary_get(plan->survey->texts, column->codes[i]);
        struct cell_value value;
        if (cell_parse(&format, field, zone, text.bytes, text.length, &value, NULL) != 0 ||
            value.is != CELL_IS_WORD)
            continue;
        int day = field->type == TYPE_DATE ? (int)value.word : zone_day(zone, value.word >> 1);
        months[month_of(day)] += column->counts[i];
        if (scope->documents == 0 || day < scope->first)
            scope->first = day;
        if (scope->documents == 0 || day > scope->last)
            scope->last = day;
        scope->documents += column->counts[i];
    }
}

// One month where nearly all documents are of it; else all months that have more than strays.
static void find_period(struct scope_guess *scope, const size_t *months)
{
    int fullest = 0, from = MONTHS, to = -1;
    for (int m = 0; m < MONTHS; m++)
        if (months[m] > months[fullest])
            fullest = m;
    for (int m = 0; m < MONTHS; m++)
        if (months[m] > 0 && months[m] * 100 >= months[fullest] * LEAST_PCT) {
            from = m < from ? m : from;
            to = m;
        }
    if (months[fullest] * 100 >= scope->documents * USUAL_PCT)
        from = to = fullest;
    for (int m = from; m <= to; m++)
        scope->within += months[m];
    scope->from = month_start(from);
    scope->to = month_start(to + 1) - 1;
}

static void guess_period(struct scope_guess *scope, const struct plan *plan,
                         const struct zone *zone)
{
    size_t *months = memory_new(MONTHS + 12, sizeof *months);
    for (size_t i = 0; i < plan->import_count; i++) {
        const struct plan_import *import = &plan->imports[i];
        const struct path *period = &plan->model->tables[import->table].period;
        const struct fit *fit =
            period->field >= 0 && period->depth == 0 ? plan_fit(import, period->field) : NULL;
        enum type type =
            fit ? plan->model->tables[import->table].fields[fit->field].type : TYPE_TEXT;
        if (type == TYPE_DATE || type == TYPE_TIMESTAMP)
            count_days(scope, months, plan, import, fit, zone);
    }
    if (scope->documents > 0)
        find_period(scope, months);
    free(months);
}

// ---- the currency

static bool is_code(const char *text)
{
    return strlen(text) == 3 && isupper((unsigned char)text[0]) &&
           isupper((unsigned char)text[1]) && isupper((unsigned char)text[2]);
}

struct votes {
    struct {
        char code[4];
        size_t cells;
        const char *file;
    } items[32];
    size_t count;
};

static void vote(struct votes *votes, const char *code, size_t cells, const char *file)
{
    size_t at = 0;
    while (at < votes->count && strcmp(votes->items[at].code, code) != 0)
        at++;
    if (at == sizeof votes->items / sizeof *votes->items)
        return;
    if (at == votes->count) {
        votes->count++;
        memcpy(votes->items[at].code, code, 4);
        votes->items[at].file = file;
    }
    votes->items[at].cells += cells;
}

static void ask_column(struct votes *votes, const struct plan *plan,
                       const struct plan_import *import, const struct fit *fit)
{
    const struct values *column = &plan->lists[import->list].list.columns[fit->column];
    const char *file = plan->survey->sheets[import->list].file;
    for (size_t i = 0; i < column->distinct; i++) {
        const char *text = dictionary_get(plan->survey->texts, column->codes[i]).bytes;
        for (size_t m = 0; m < fit->map_count; m++)
            if (fit->from[m] == column->codes[i])
                text = fit->to[m];
        if (is_code(text))
            vote(votes, text, column->counts[i], file);
    }
}

// The mark beside an amount, where it is that of one of these.
static void ask_amounts(struct votes *votes, const struct plan *plan,
                        const struct plan_import *import, const struct fit *fit)
{
    static const char *const codes[] = {"CNY", "USD", "EUR", "GBP", "JPY", "HKD", "CHF", "INR"};
    const struct values *column = &plan->lists[import->list].list.columns[fit->column];
    const char *file = plan->survey->sheets[import->list].file;
    for (size_t i = 0; i < column->distinct; i++) {
        struct text text = dictionary_get(plan->survey->texts, column->codes[i]);
        size_t size;
        uint16_t mark = currency_mark_front(text.bytes, text.length, &size);
        if (!mark)
            mark = currency_mark_back(text.bytes, text.length, &size);
        for (size_t c = 0; mark && c < sizeof codes / sizeof *codes; c++)
            if (currency_mark_fits(mark, codes[c])) {
                vote(votes, codes[c], column->counts[i], file);
                break;
            }
    }
}

static void guess_currency(struct scope_guess *scope, const struct plan *plan)
{
    struct votes votes = {0};
    for (int pass = 0; pass < 2 && votes.count == 0; pass++)
        for (size_t i = 0; i < plan->import_count; i++)
            for (size_t c = 0; c < plan->imports[i].count; c++) {
                const struct plan_import *import = &plan->imports[i];
                const struct fit *fit = import->columns[c].fit;
                const struct field *field =
                    &plan->model->tables[import->table].fields[import->columns[c].field];
                if (fit && pass == 0 && strcmp(field->name, "currency") == 0)
                    ask_column(&votes, plan, import, fit);
                else if (fit && pass == 1 && field->type == TYPE_MONEY)
                    ask_amounts(&votes, plan, import, fit);
            }
    size_t best = 0;
    for (size_t i = 1; i < votes.count; i++)
        if (votes.items[i].cells > votes.items[best].cells)
            best = i;
    const char *otherwise = strcmp(plan->language, "zh") == 0 ? "CNY"
                            : plan->habits.comma              ? "EUR"
                                                              : "USD";
    memcpy(scope->currency, votes.count > 0 ? votes.items[best].code : otherwise, 4);
    scope->currency_from = votes.count > 0 ? votes.items[best].file : NULL;
}

void scope_guess(struct scope_guess *scope, const struct plan *plan, const struct zone *zone)
{
    *scope = (struct scope_guess){.from = 1};
    guess_period(scope, plan, zone);
    guess_currency(scope, plan);
    scope->timezone = strcmp(plan->language, "zh") == 0 ? "Asia/Shanghai" : "UTC";
}
