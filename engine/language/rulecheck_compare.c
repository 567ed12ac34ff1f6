// SPDX-License-Identifier: MIT
// Comparisons and sums of values of unlike kinds: most are not errors in Lua but silently false.
// Only what is certain is refused: a value that may be anything compares with everything.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/calendar.h"
#include "engine/base/decimal.h"

#include <stdio.h>

struct operand {
    const struct node *node; // without parentheses
    struct value_type type;
    struct snippet source;
    bool written; // a constant of the source: a text or a whole number, perhaps negative
};

static struct operand operand_of(struct check *check, struct node *node)
{
    struct operand operand = {.type = typing_of(check->typing, node)};
    operand.source = check_source(check, node);
    operand.node = node_bare(node);
    const struct node *number = operand.node;
    if (number->kind == NODE_UNARY && number->op == OPERATOR_NEGATE)
        number = number->first;
    operand.written = number->kind == NODE_INTEGER || operand.node->kind == NODE_STRING;
    return operand;
}

static bool is_kind(const struct operand *operand, enum value_kind kind)
{
    return operand->type.kind == kind;
}

static bool is_text(const struct operand *operand)
{
    return is_kind(operand, VALUE_TEXT) || is_kind(operand, VALUE_ENUM);
}

static bool is_whole(const struct operand *operand)
{
    return is_kind(operand, VALUE_INT) || is_kind(operand, VALUE_ZERO);
}

static bool is_number(const struct operand *operand)
{
    return is_whole(operand) || is_kind(operand, VALUE_DECIMAL);
}

static bool is_time(const struct operand *operand)
{
    return is_kind(operand, VALUE_DATE) || is_kind(operand, VALUE_TIMESTAMP);
}

// Kinds of which we can be certain; the others compare with anything.
static bool is_certain(const struct operand *operand)
{
    return operand->type.kind > VALUE_NIL && operand->type.kind < VALUE_PARAMETERS;
}

static bool share_table(struct value_type a, struct value_type b)
{
    for (int i = 0; i < a.tables->count; i++)
        for (int j = 0; j < b.tables->count; j++)
            if (a.tables->tables[i] == b.tables->tables[j])
                return true;
    return false;
}

// "write decimal "140"" for a constant that stands beside a value of another kind.
static void advise(const struct operand *value, const struct operand *other, bool equality,
                   char out[200])
{
    const char *text = other->node->kind == NODE_STRING ? other->node->text.bytes : NULL;
    out[0] = '\0';
    if (is_kind(value, VALUE_DECIMAL) && text)
        snprintf(out, 200, mistake_words(mistake_ADVISE_DECIMAL), text);
    else if (is_kind(value, VALUE_INT) && text)
        snprintf(out, 200, mistake_words(mistake_ADVISE_NO_QUOTES), text);
    else if (is_kind(value, VALUE_DATE) && text)
        snprintf(out, 200, mistake_words(mistake_ADVISE_DATE), text);
    else if (is_kind(value, VALUE_TIMESTAMP) && text && !equality)
        snprintf(out, 200, mistake_words(mistake_ADVISE_MOMENT), text);
    else if (is_kind(value, VALUE_TIMESTAMP) && text)
        snprintf(out, 200, mistake_words(mistake_ADVISE_DAY), value->source.text, text);
    else if (is_text(value) && other->written)
        snprintf(out, 200, mistake_words(mistake_ADVISE_QUOTES), other->source.text);
    else if (is_kind(value, VALUE_ROW))
        snprintf(out, 200, mistake_words(mistake_ADVISE_FIELD));
    else if (is_kind(value, VALUE_LIST))
        snprintf(out, 200, mistake_words(mistake_ADVISE_LENGTH), value->source.text);
    else if (is_kind(value, VALUE_BOOL) && value->node->kind == NODE_UNARY)
        snprintf(out, 200, mistake_words(mistake_ADVISE_NOT));
    else if (is_kind(value, VALUE_BOOL) && other->written)
        snprintf(out, 200, mistake_words(mistake_ADVISE_BY_ITSELF), value->source.text);
}

static void report_unlike(struct check *check, const struct node *node, const struct operand *left,
                          const struct operand *right)
{
    char left_kind[120], right_kind[120], advice[200];
    bool equality = node->op == OPERATOR_EQ || node->op == OPERATOR_NE;
    advise(left, right, equality, advice);
    if (!advice[0])
        advise(right, left, equality, advice);
    value_describe(check->typing, left->type, left_kind);
    value_describe(check->typing, right->type, right_kind);
    check_error(check, node, equality ? mistake_NEVER_EQUAL : mistake_NOT_COMPARED,
                left->source.text, left_kind, right->source.text, right_kind, advice);
}

static void check_enum(struct check *check, const struct operand *field,
                       const struct operand *constant)
{
    const struct field *definition = field->type.field;
    struct nearest nearest = nearest_start(constant->node->text);
    for (int i = 0; i < definition->value_count; i++) {
        if (text_is(constant->node->text, definition->values[i]))
            return;
        nearest_try(&nearest, definition->values[i]);
    }
    struct buffer values = {0};
    for (int i = 0; i < definition->value_count && values.length < 300; i++)
        buffer_printf(&values, "%s%s", i ? ", " : "", definition->values[i]);
    char hint[96];
    check_error(check, constant->node, mistake_NEVER_VALUE, field->source.text,
                constant->node->text.bytes, nearest_hint(&nearest, hint), buffer_text(&values),
                values.length < 300 ? "" : ", ...");
    buffer_clear(&values);
}

// A decimal beside a whole number that is not certain to be 0.
static void check_decimal_equality(struct check *check, const struct node *node,
                                   const struct operand *decimal, const struct operand *whole)
{
    if (is_kind(whole, VALUE_ZERO))
        return;
    if (whole->written)
        check_error(check, node, mistake_DECIMAL_AND_WHOLE, decimal->source.text,
                    whole->source.text, whole->source.text);
    else
        check_error(check, node, mistake_DECIMAL_AND_ANY_WHOLE, decimal->source.text,
                    whole->source.text, decimal->source.text, whole->source.text,
                    operator_text(node->op));
}

static void check_equality(struct check *check, const struct node *node, const struct operand *left,
                           const struct operand *right)
{
    // x == false asks whether something was found at all, whatever its kind.
    if (left->node->kind == NODE_FALSE || right->node->kind == NODE_FALSE)
        return;
    if (is_kind(left, VALUE_ENUM) && right->node->kind == NODE_STRING)
        check_enum(check, left, right);
    else if (is_kind(right, VALUE_ENUM) && left->node->kind == NODE_STRING)
        check_enum(check, right, left);
    else if (is_text(left) && is_text(right))
        return;
    else if (is_kind(left, VALUE_DECIMAL) && is_whole(right))
        check_decimal_equality(check, node, left, right);
    else if (is_whole(left) && is_kind(right, VALUE_DECIMAL))
        check_decimal_equality(check, node, right, left);
    else if (is_number(left) && is_number(right))
        return;
    else if (is_time(left) && is_time(right)) {
        const struct operand *moment = is_kind(left, VALUE_TIMESTAMP) ? left : right;
        if (left->type.kind != right->type.kind)
            check_error(check, node, mistake_TIMESTAMP_AND_DATE, moment->source.text,
                        moment->source.text);
    } else if (is_kind(left, VALUE_ROW) && is_kind(right, VALUE_ROW)) {
        if (!share_table(left->type, right->type))
            report_unlike(check, node, left, right);
    } else if (left->type.kind != right->type.kind) {
        report_unlike(check, node, left, right);
    }
}

static void check_order(struct check *check, const struct node *node, const struct operand *left,
                        const struct operand *right)
{
    bool alike = (is_number(left) && is_number(right)) || (is_time(left) && is_time(right)) ||
                 (is_text(left) && is_text(right));
    if (!alike)
        report_unlike(check, node, left, right);
}

// A text that holds a day or a number was meant as one.
static void advise_sum(const struct operand *side, enum operator op, char out[200])
{
    struct decimal number;
    int day;
    const struct node *node = side->node;
    out[0] = '\0';
    if (!is_text(side))
        return;
    bool written = node->kind == NODE_STRING;
    if (written && calendar_parse_day(node->text.bytes, node->text.length, &day) == 0)
        snprintf(out, 200, mistake_words(mistake_ADVISE_DATE), node->text.bytes);
    else if (written && decimal_parse(node->text.bytes, node->text.length, &number) == 0)
        snprintf(out, 200, mistake_words(mistake_ADVISE_DECIMAL), node->text.bytes);
    else if (op == OPERATOR_ADD)
        snprintf(out, 200, "%s", mistake_words(mistake_ADVISE_JOIN));
}

// Lua would turn a text into a binary floating point number without a word.
static void check_sum(struct check *check, const struct node *node, const struct operand *left,
                      const struct operand *right)
{
    const struct operand *sides[] = {left, right};
    for (int i = 0; i < 2; i++) {
        const struct operand *side = sides[i];
        bool wrong = is_text(side) || is_kind(side, VALUE_BOOL) || is_kind(side, VALUE_ROW) ||
                     is_kind(side, VALUE_LIST);
        if (!wrong)
            continue;
        char kind[120], advice[200];
        value_describe(check->typing, side->type, kind);
        advise_sum(side, node->op, advice);
        check_error(check, node, mistake_NOT_CALCULATED, side->source.text, kind, advice);
        return;
    }
}

void check_comparison(struct check *check, struct node *node)
{
    bool compares = node->op >= OPERATOR_LT && node->op <= OPERATOR_EQ;
    bool sums = node->op >= OPERATOR_ADD && node->op <= OPERATOR_MULTIPLY;
    if ((!compares && !sums) || check_full(check))
        return;
    struct operand left = operand_of(check, node->first), right = operand_of(check, node->last);
    if (sums) {
        check_sum(check, node, &left, &right);
        return;
    }
    if (!is_certain(&left) || !is_certain(&right))
        return;
    if (node->op == OPERATOR_EQ || node->op == OPERATOR_NE)
        check_equality(check, node, &left, &right);
    else
        check_order(check, node, &left, &right);
}
