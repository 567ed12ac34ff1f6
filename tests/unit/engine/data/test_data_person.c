// SPDX-License-Identifier: MIT
#include "tests/unit/engine_fixture.h"

static int64_t person(const char *id)
{
    uint32_t code = dictionary_find(data->texts, id, strlen(id));
    if (code == DICTIONARY_NONE)
        fail_msg("%s stands nowhere", id);
    return data_person(data, code);
}

static bool is_system(const char *id)
{
    return data_is_system(data, dictionary_find(data->texts, id, strlen(id)));
}

static void ids_of_users_and_employees(void **state)
{
    (void)state;
    put_rows("employee", "employee_id,name\nE1,Chen\nE2,Zhou\n");
    put_rows("user_account",
             "user_id,employee_id,is_system\nchen,E1,\nchen2,E1,false\nbatch,,true\n"
             "robot,E1,true\nlost,E9,\nnobody,,\nE2,E1,\n");
    seal();
    assert_int_equal(person("E1"), 0);
    assert_int_equal(person("chen"), 0);
    assert_int_equal(person("chen2"), 0);
    assert_int_equal(person("batch"), ROW_NONE);
    assert_int_equal(person("robot"), ROW_NONE); // a system user, whoever owns it
    assert_int_equal(person("lost"), ROW_NONE);
    assert_int_equal(person("nobody"), ROW_NONE);
    assert_int_equal(person("E2"), ROW_AMBIGUOUS); // an account of E1 and an employee
    assert_int_equal(person("Chen"), 0);           // the account chen
    data->scope.people = PEOPLE_USERS;
    assert_int_equal(person("E2"), 0);
    data->scope.people = PEOPLE_EMPLOYEES;
    assert_int_equal(person("E2"), 1);
    data->scope.people = PEOPLE_EITHER;
    assert_true(is_system("batch"));
    assert_true(is_system("robot"));
    assert_false(is_system("chen"));
    assert_false(is_system("nobody"));
    assert_false(is_system("E1"));
}

static bool same(const char *a, const char *b)
{
    return data_same_person(data, dictionary_find(data->texts, a, strlen(a)),
                            dictionary_find(data->texts, b, strlen(b)));
}

static void one_person_behind_two_ids(void **state)
{
    (void)state;
    put_rows("employee", "employee_id,name\nE1,Chen\nE2,Zhou\n");
    put_rows("user_account", "user_id,employee_id,is_system\nchen,E1,\nbatch,,true\nzhou,E2,\n");
    put_rows("sales_order", "order_id,entered_by\nSO1,guest\n");
    seal();
    assert_true(same("chen", "E1"));
    assert_false(same("chen", "zhou"));
    assert_true(same("guest", "guest"));
    assert_false(same("batch", "batch"));
    assert_false(same("nowhere", "nowhere"));
}

static void without_accounts_or_employees(void **state)
{
    (void)state;
    put_rows("employee", "employee_id\nE1\n");
    seal();
    assert_int_equal(person("E1"), 0);
    assert_false(is_system("E1"));
    world_start(model_of(trade_model));
    put_rows("user_account", "user_id,is_system\nsys,true\nu1,\n");
    seal();
    assert_int_equal(person("u1"), ROW_NONE);
    assert_true(is_system("sys"));
}

static void without_the_column_nobody_is_a_system(void **state)
{
    (void)state;
    put_rows("employee", "employee_id\nE1\n");
    put_rows("user_account", "user_id,employee_id\nu1,E1\n");
    seal();
    assert_int_equal(person("u1"), 0);
    assert_false(is_system("u1"));
}

static void accounts_of_one_employee_whom_no_list_has(void **state)
{
    (void)state;
    put_rows("employee", "employee_id\nE1\n");
    put_rows("user_account", "user_id,employee_id\nu1,E9\nu2,e9\nu3,E8\n");
    seal();
    assert_true(same("u1", "u2"));
    assert_false(same("u1", "u3"));
}

static void what_a_system_may_approve(void **state)
{
    (void)state;
    struct decimal limit;
    put_rows("user_account", "user_id,is_system\nJOB,true\nu1,\n");
    seal();
    uint32_t job = dictionary_find(data->texts, "JOB", 3);
    assert_true(data_has_systems(data));
    assert_false(data_automatic_limit(data, job, &limit));
    scope_add_automatic(&data->scope, "job", decimal_from_int(50), "R1");
    scope_add_automatic(&data->scope, "JOB", decimal_from_int(80), "R2");
    assert_true(data_automatic_limit(data, job, &limit));
    assert_int_equal(decimal_compare(limit, decimal_from_int(80)), 0);
    assert_false(data_automatic_limit(data, dictionary_find(data->texts, "u1", 2), &limit));
}

static void a_model_without_people(void **state)
{
    (void)state;
    world_start(model_of("{'tables':[{'name':'t','key':['a'],'fields':["
                         "{'name':'a','type':'text'}]}]}"));
    put_rows("t", "a\nx\n");
    seal();
    assert_int_equal(person("x"), ROW_NONE);
    assert_false(is_system("x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(ids_of_users_and_employees),
        TRADE_TEST(one_person_behind_two_ids),
        TRADE_TEST(without_accounts_or_employees),
        TRADE_TEST(without_the_column_nobody_is_a_system),
        TRADE_TEST(accounts_of_one_employee_whom_no_list_has),
        TRADE_TEST(what_a_system_may_approve),
        TRADE_TEST(a_model_without_people),
    };
    return cmocka_run_group_tests_name("data_person", tests, NULL, NULL);
}
