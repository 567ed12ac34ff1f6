// SPDX-License-Identifier: MIT
// Rows that pass only because both moments are of one day: counted, told, or not passed; and the
// person who has many.
#include "engine/lua/passing.h"

#include "tests/unit/evaluation_fixture.h"

#define SAME_DAY                                                                                   \
    "test = function(row) passed_same_day { by = row.entered_by, amount = row.amount } end"

// Three orders that one person entered, under the employee's id and under two accounts with roles
// of their own, and one that somebody else did, all on one day; and one that a system did.
static void enter(void)
{
    put_rows("employee", "employee_id,name\nE1,Chen\nE2,Zhou\n");
    put_rows("user_account", "user_id,employee_id,is_system\nclerk,E1,\nmanager,E1,\nJOB,,true\n");
    put_rows("sales_order", "order_id,order_date,currency,amount,entered_by\n"
                            "SO1,2026-10-05,,1.50,E1\nSO2,2026-10-05,,2,clerk\n"
                            "SO3,2026-10-05,USD,3,manager\nSO4,2026-10-05,,4,E2\n"
                            "SO5,2026-10-05,,5,JOB\n");
    seal();
}

static const char *value_of(const struct finding *finding, const char *name)
{
    for (int i = 0; i < finding->value_count; i++)
        if (strcmp(finding->values[i].name, name) == 0)
            return finding->values[i].text;
    return "";
}

static void they_are_counted_with_their_amounts(void **state)
{
    (void)state;
    enter();
    run_control(ORDERS SAME_DAY);
    has_status("OWN-01", STATUS_CLEAN);
    const struct noted_rows *notes = &result_of("OWN-01")->notes[PASS_SAME_DAY];
    assert_int_equal(notes->rows, 5);
    finds("");
}

static void one_person_with_many_is_one_exception_whatever_the_id(void **state)
{
    (void)state;
    enter();
    run_control(ORDERS "parameters = { same_day_many = { 3, origin = 'default' } }, " SAME_DAY);
    has_status("OWN-01", STATUS_EXCEPTIONS);
    finds("OWN-01:sales_order:E1##same-day");
    const struct finding *finding = &evaluation->findings[0];
    assert_int_equal(finding->severity, SEVERITY_LOW); // the control's is high
    assert_string_equal(value_of(finding, "person"), "E1");
    assert_string_equal(value_of(finding, "rows"), "3");
    assert_false(finding->has_amount); // of two currencies
    assert_string_equal(value_of(finding, "amount_CNY"), "3.50");
    assert_string_equal(value_of(finding, "amount_USD"), "3.00");
}

static void one_fewer_is_none(void **state)
{
    (void)state;
    enter();
    run_control(ORDERS "parameters = { same_day_many = { 4, origin = 'default' } }, " SAME_DAY);
    finds("");
    run_control(ORDERS "parameters = { same_day_many = { 0, origin = 'default' } }, " SAME_DAY);
    finds(""); // 0: never
}

static void each_may_be_told_or_not_pass(void **state)
{
    (void)state;
    enter();
    run_control(ORDERS "parameters = { same_day = { 'low', origin = 'default' } }, " SAME_DAY);
    finds("OWN-01:sales_order:SO1##same-day OWN-01:sales_order:SO2##same-day "
          "OWN-01:sales_order:SO3##same-day OWN-01:sales_order:SO4##same-day "
          "OWN-01:sales_order:SO5##same-day");
    run_control(ORDERS
                "parameters = { same_day = { 'untestable', origin = 'default' } }, " SAME_DAY);
    counts("5 5 0 0 0 5 0 0 0");
    has_reason("which came first was not recorded");
}

// A row that is an exception has no note beside it; one said twice is one.
static void a_row_counts_once(void **state)
{
    (void)state;
    enter();
    run_control(ORDERS "test = function(row) passed_same_day { by = row.entered_by } "
                       "passed_same_day { by = row.entered_by } "
                       "if row.order_id == 'SO1' then return exception {} end end");
    assert_int_equal(result_of("OWN-01")->notes[PASS_SAME_DAY].rows, 4);
    finds("OWN-01:sales_order:SO1");
}

// What the note only tells may be missing: the row passes all the same.
static void what_a_note_shows_does_not_decide(void **state)
{
    (void)state;
    put_rows("sales_order", "order_id,order_date\nSO1,2026-10-05\n");
    seal();
    run_control(ORDERS SAME_DAY);
    counts("1 1 0 1 1 0 0 0 0");
    assert_int_equal(result_of("OWN-01")->notes[PASS_SAME_DAY].rows, 1);
}

// Two workers see different rows of one person.
static void people_are_added_up_over_blocks(void **state)
{
    (void)state;
    enum { ROWS = 3000 };
    struct buffer rows = {0};
    buffer_add_text(&rows, "order_id,order_date,amount,entered_by\n");
    for (int i = 0; i < ROWS; i++)
        buffer_printf(&rows, "S%05d,2026-10-05,1,%s\n", i, i % 2 ? "E1" : "clerk");
    put_rows("employee", "employee_id,name\nE1,Chen\n");
    put_rows("user_account", "user_id,employee_id,is_system\nclerk,E1,\n");
    put_rows("sales_order", buffer_text(&rows));
    buffer_clear(&rows);
    seal();
    run_control(ORDERS "parameters = { same_day_many = { 3000, origin = 'default' } }, " SAME_DAY);
    finds("OWN-01:sales_order:E1##same-day");
    assert_string_equal(value_of(&evaluation->findings[0], "rows"), "3000");
    assert_true(evaluation->findings[0].amount.coefficient == ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVALUATION_TEST(they_are_counted_with_their_amounts),
        EVALUATION_TEST(one_person_with_many_is_one_exception_whatever_the_id),
        EVALUATION_TEST(one_fewer_is_none),
        EVALUATION_TEST(each_may_be_told_or_not_pass),
        EVALUATION_TEST(a_row_counts_once),
        EVALUATION_TEST(what_a_note_shows_does_not_decide),
        EVALUATION_TEST(people_are_added_up_over_blocks),
    };
    return cmocka_run_group_tests_name("passing", tests, NULL, NULL);
}
