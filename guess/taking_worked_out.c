// SPDX-License-Identifier: MIT
#include "guess/lua_text.h"
#include "guess/phrase.h"
#include "guess/taking.h"

#include <string.h>

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

const char *taking_name(const struct taking *taking, const struct fit *fit)
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
void taking_rate(struct taking *taking, struct plan_import *import, const struct fits *fits,
                 const struct fit *fit)
{
    const struct fit *quantity = fits_named(fits, taking->plan->model, "quantity");
    const struct fit *price = fits_named(fits, taking->plan->model, "unit_price");
    struct buffer text = {0};
    if (!quantity || !price || !are_plain(taking, quantity) || !are_plain(taking, price) ||
        !are_plain(taking, fit))
        return;
    buffer_add_text(&text, "source[");
    lua_text_add(taking_name(taking, price), &text);
    buffer_add_text(&text, "] * source[");
    lua_text_add(taking_name(taking, quantity), &text);
    buffer_add_text(&text, "] * source[");
    lua_text_add(taking_name(taking, fit), &text);
    buffer_add_text(&text, "]");
    add_expression(taking, import, fit->field, fit, &text, PHRASE_RATE);
}

bool taking_has_meaning(const struct term *term, const char *meaning)
{
    return term->meaning && strcmp(term->meaning, meaning) == 0;
}

// First and last names stand apart: together they are the name.
bool taking_full_name(struct taking *taking, struct plan_import *import, const struct fit *fit)
{
    const char *other = taking_has_meaning(fit->term, "first") ? "last" : "first";
    const struct list *list = taking->list;
    for (size_t c = 0; c < list->frame.columns; c++)
        for (size_t i = 0; i < list->terms[c].count; i++) {
            const struct term *term = list->terms[c].items[i];
            struct buffer text = {0};
            if (c == fit->column || !taking_has_meaning(term, other) ||
                term_field(term, taking->plan->model, import->table) != fit->field ||
                list->columns[c].filled < list->columns[c].records)
                continue;
            bool first = taking_has_meaning(fit->term, "first");
            buffer_add_text(&text, "source[");
            lua_text_add(list->frame.names[first ? fit->column : c], &text);
            buffer_add_text(&text, "] .. \" \" .. source[");
            lua_text_add(list->frame.names[first ? c : fit->column], &text);
            buffer_add_text(&text, "]");
            add_expression(taking, import, fit->field, fit, &text, PHRASE_FULL_NAME);
            taking->plan->lists[taking->number].used[c] = true;
            return true;
        }
    return false;
}

// Without a price, amount and quantity give one; the amount is then not imported beside it, since
// comparing the two would test nothing.
bool taking_price(struct taking *taking, struct plan_import *import)
{
    const struct plan *plan = taking->plan;
    int price = model_find_field(taking_table(taking, import->table), "unit_price");
    const struct fit *quantity = fits_named(&taking->lines, plan->model, "quantity");
    const struct fit *amount = fits_named(&taking->lines, plan->model, "amount");
    if (!amount)
        amount = fits_named(&taking->lines, plan->model, "net_amount");
    if (price < 0 || fits_field(&taking->lines, price) || !quantity || !amount ||
        !are_plain(taking, quantity) || !are_plain(taking, amount))
        return false;
    struct buffer text = {0};
    buffer_add_text(&text, "div(decimal(source[");
    lua_text_add(taking_name(taking, amount), &text);
    buffer_add_text(&text, "]), decimal(source[");
    lua_text_add(taking_name(taking, quantity), &text);
    buffer_add_text(&text, "]), 4, \"half_up\")");
    add_expression(taking, import, price, amount, &text, PHRASE_PRICE_WORKED_OUT)->doubt = true;
    return true;
}
