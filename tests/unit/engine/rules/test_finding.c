// SPDX-License-Identifier: MIT
#include "engine/rules/finding.h"

#include "tests/unit/engine_fixture.h"

static struct control controls[] = {
    {.id = "PRC-10",
     .message = {"sold at {price} of {amount} {currency}, {key} {label} {none} {", NULL}},
    {.id = "PRC-02", .message = {NULL, "低于{price}"}},
};

static struct finding_value price = {"price", "9"};

static struct finding sample(void)
{
    return (struct finding){.control = 0,
                            .table = table_at("sales_order_line"),
                            .key = "SO1/1",
                            .label = "a",
                            .has_amount = true,
                            .amount = {15, 1},
                            .currency = dictionary_add(data->texts, "CNY", 3),
                            .values = &price,
                            .value_count = 1};
}

static void findings_have_ids(void **state)
{
    (void)state;
    struct finding finding = sample();
    struct buffer text = {0};
    finding_id(data, controls, &finding, &text);
    assert_string_equal(text.data, "PRC-10:sales_order_line:SO1/1#a");
    buffer_clear(&text);
    finding.label = NULL;
    finding_id(data, controls, &finding, &text);
    assert_string_equal(text.data, "PRC-10:sales_order_line:SO1/1");
    buffer_clear(&text);
}

static void values_and_rests_are_kept_in_an_arena(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct finding finding = {.control = 1};
    char text[] = "9.5";
    finding_add_value(arena, &finding, "price", text, 1);
    finding_add_value(arena, &finding, "empty", "", 0);
    finding_add_value(arena, &finding, "floor", text, 3);
    finding_add_rest(arena, &finding, 3);
    finding_add_rest(arena, &finding, 700);
    *text = '?';
    assert_int_equal(finding.value_count, 3);
    assert_string_equal(finding.values[0].name, "price");
    assert_string_equal(finding.values[0].text, "9");
    assert_string_equal(finding.values[1].text, "");
    assert_string_equal(finding.values[2].text, "9.5");
    assert_int_equal(finding.rest_count, 2);
    assert_int_equal(finding.rests[1], 700);
    arena_free(arena);
}

static void messages_show_their_values(void **state)
{
    (void)state;
    struct finding finding = sample();
    struct buffer text = {0};
    finding_message(data, controls, &finding, "en", &text);
    assert_string_equal(text.data, "sold at 9 of 1.50 CNY, SO1/1 a – {");
    buffer_clear(&text);
    finding.control = 1; // only in Chinese
    finding_message(data, controls, &finding, "en", &text);
    assert_string_equal(text.data, "低于9");
    buffer_clear(&text);
}

static void messages_put_values_in_words(void **state)
{
    (void)state;
    struct control control = {
        .message = {"{fault}: {step}", "{step}{fault}"},
        .terms = json_pack("{s:{s:s,s:s}}", "late", "en", "done late", "zh", "逾期"),
    };
    struct finding_value values[] = {
        {"fault", "late"},
        {"step", "sales_order.order_date, sales_order_line.order_id, no.field, x.."}};
    struct finding finding = {.values = values, .value_count = 2};
    struct buffer text = {0};
    finding_message(data, &control, &finding, "en", &text);
    assert_string_equal(
        text.data, "done late: sales_order.order_date, sales_order_line.order_id, no.field, x..");
    buffer_clear(&text);
    finding_message(data, &control, &finding, "zh", &text);
    const struct model_table *order = &data->model->tables[table_at("sales_order")];
    const struct model_table *line = &data->model->tables[table_at("sales_order_line")];
    char expected[256];
    snprintf(expected, sizeof expected, "%s·%s, %s·%s, no.field, x..逾期", order->label,
             order->fields[model_find_field(order, "order_date")].label, line->label,
             line->fields[model_find_field(line, "order_id")].label);
    assert_string_equal(text.data, expected);
    buffer_clear(&text);
    json_decref(control.terms);
}

static void amounts_show_minor_digits(void **state)
{
    (void)state;
    struct finding finding = sample();
    struct buffer text = {0};
    finding_amount(data, &finding, &text);
    assert_string_equal(text.data, "1.50");
    buffer_clear(&text);
    finding.currency = dictionary_add(data->texts, "JPY", 3);
    finding.amount = decimal_from_int(150);
    finding_amount(data, &finding, &text);
    assert_string_equal(text.data, "150");
    buffer_clear(&text);
    finding.has_amount = false;
    finding_amount(data, &finding, &text);
    assert_string_equal(buffer_text(&text), "");
    buffer_clear(&text);
}

static void findings_stand_by_control_table_key_label(void **state)
{
    (void)state;
    struct finding a = sample(), b = sample();
    assert_int_equal(finding_compare(data, controls, &a, &b), 0);
    b.label = "b";
    assert_true(finding_compare(data, controls, &a, &b) < 0);
    a.label = NULL;
    b.label = "a";
    assert_true(finding_compare(data, controls, &a, &b) < 0);
    a.key = "SO2/1";
    assert_true(finding_compare(data, controls, &a, &b) > 0);
    b.table = table_at("sales_order"); // by name before the key
    assert_true(finding_compare(data, controls, &a, &b) > 0);
    b.control = 1; // by id, not by number
    assert_true(finding_compare(data, controls, &a, &b) > 0);
}

// Seals and tells whether the fingerprint is another than that of the sample.
static bool differs(struct finding finding)
{
    struct finding other = sample();
    finding_seal(data, controls, &other);
    finding_seal(data, controls, &finding);
    assert_int_equal(strlen(finding.fingerprint), 64);
    return strcmp(finding.fingerprint, other.fingerprint) != 0;
}

static void the_fingerprint_covers_the_facts(void **state)
{
    (void)state;
    struct finding finding = sample();
    assert_false(differs(finding));
    finding.row = 99; // where it stands does not decide
    finding.severity = SEVERITY_CRITICAL;
    finding.amount = (struct decimal){150, 2};
    assert_false(differs(finding));
    finding.amount = (struct decimal){151, 2};
    assert_true(differs(finding));
    finding = sample();
    finding.currency = dictionary_add(data->texts, "USD", 3);
    assert_true(differs(finding));
    finding = sample();
    finding.label = NULL;
    assert_true(differs(finding));
    finding = sample();
    finding.key = "SO1/2";
    assert_true(differs(finding));
    struct finding_value other = {"price", "9.5"};
    finding = sample();
    finding.values = &other;
    assert_true(differs(finding));
    finding = sample();
    finding.value_count = 0;
    assert_true(differs(finding));
}

static void values_cannot_be_made_to_look_like_others(void **state)
{
    (void)state;
    struct finding_value one[] = {{"a", "1\nb=1:2"}}, two[] = {{"a", "1"}, {"b", "2"}};
    struct finding x = sample(), y = sample();
    x.values = one;
    y.values = two;
    y.value_count = 2;
    finding_seal(data, controls, &x);
    finding_seal(data, controls, &y);
    assert_string_not_equal(x.fingerprint, y.fingerprint);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(findings_have_ids),
        TRADE_TEST(values_and_rests_are_kept_in_an_arena),
        TRADE_TEST(messages_show_their_values),
        TRADE_TEST(messages_put_values_in_words),
        TRADE_TEST(amounts_show_minor_digits),
        TRADE_TEST(findings_stand_by_control_table_key_label),
        TRADE_TEST(the_fingerprint_covers_the_facts),
        TRADE_TEST(values_cannot_be_made_to_look_like_others),
    };
    return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
