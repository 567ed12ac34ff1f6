// SPDX-License-Identifier: MIT
// Headers, and the rows that tell their whole story.
#include "engine/base/reason.h"
#include "engine/data/history.h"
#include "engine/data/statement.h"
#include "tests/unit/engine_fixture.h"

static const char books[] =
    "{'tables':["
    "{'name':'bill','key':['bill_id'],'fields':[{'name':'bill_id','type':'text'},"
    "  {'name':'passed_at','type':'timestamp'},{'name':'passed_by','type':'text'}],"
    " 'reverse':[{'name':'votes','table':'vote','by':'document'}],"
    " 'history':{'list':'votes','kind':'sort','kinds':['passing'],'at':'passed_at',"
    "  'by':'passed_by'}},"
    "{'name':'vote','key':['vote_id'],'fields':[{'name':'vote_id','type':'text'},"
    "  {'name':'doc_kind','type':'text'},{'name':'doc_id','type':'text'},"
    "  {'name':'sort','type':'text'}],"
    " 'references':[{'name':'document','kind':'doc_kind','id':'doc_id'}]},"
    "{'name':'employee','key':['employee_id'],'fields':[{'name':'employee_id','type':'text'}]},"
    "{'name':'user_account','key':['user_id'],'fields':[{'name':'user_id','type':'text'},"
    "  {'name':'employee_id','type':'text'},{'name':'is_system','type':'bool'}]}]}";

static int set_up(void **state)
{
    (void)state;
    world_start(model_of(books));
    return 0;
}

// Bills passed in the period, of which so many have a vote; then `more` rows of bills.
static void put_bills(int count, int voted, const char *more)
{
    struct buffer bills = {0}, votes = {0};
    buffer_add_text(&bills, "bill_id,passed_at,passed_by\n");
    buffer_add_text(&votes, "vote_id,doc_kind,doc_id,sort\n");
    for (int i = 0; i < count; i++)
        buffer_printf(&bills, "B%d,2026-10-05T10:00:00,E1\n", i);
    for (int i = 0; i < voted; i++)
        buffer_printf(&votes, "V%d,bill,B%d,passing\n", i, i);
    if (count > 0)
        buffer_add_text(&votes, "X,bill,B19,reading\n"); // of another sort
    buffer_add_text(&bills, more);
    put_rows("bill", buffer_text(&bills));
    put_rows("vote", buffer_text(&votes));
    buffer_clear(&bills);
    buffer_clear(&votes);
}

static const struct history_share *share(void)
{
    return &data->tables[table_at("bill")].history;
}

static void from_a_share_on_the_history_decides(void **state)
{
    (void)state;
    put_bills(20, 19, "OLD,2026-09-05T10:00:00,E1\nNEW,2026-11-04T10:00:00,E1\nNONE,,\n");
    seal();
    assert_int_equal(share()->headers, 20);
    assert_int_equal(share()->recorded, 19);
    assert_true(share()->decides);
    int bills = table_at("bill");
    assert_true(history_decides(data, bills, 19));
    assert_false(
        history_decides(data, bills, 20)); // before the period: the share says nothing of it
    assert_false(history_decides(data, bills, 21));
    assert_true(history_has_header(data, bills, 21));
    assert_false(history_has_header(data, bills, 22));
    assert_int_equal(problems_of(PROBLEM_NOT_IN_HISTORY), 1);
    const struct problem *problem = problem_at(PROBLEM_NOT_IN_HISTORY, 21);
    assert_string_equal(problem->column, "passed_at");
    assert_string_equal(said(problem->reason), "approved in the header, not in the history");
    assert_int_equal(problems_of(PROBLEM_PARTIAL_EXTRACT), 0);
}

static void below_it_the_header_stands_and_the_share_is_told(void **state)
{
    (void)state;
    put_bills(20, 18, "");
    seal();
    assert_false(share()->decides);
    assert_false(history_decides(data, table_at("bill"), 19));
    assert_int_equal(problems_of(PROBLEM_NOT_IN_HISTORY), 0);
    assert_int_equal(problems_of(PROBLEM_PARTIAL_EXTRACT), 1);
    assert_non_null(
        strstr(said(problem_at(PROBLEM_PARTIAL_EXTRACT, 0)->reason),
               "the history is partial: 18 of 20 bill approved in the period have a row "
               "in vote"));
    struct buffer name = {0}, sentence = {0};
    assumption_name(data, share()->header, &name);
    assert_string_equal(buffer_text(&name), "bill.passed_at=without history");
    assumption_sentence(data, share()->header, "en", &sentence);
    assert_non_null(strstr(buffer_text(&sentence), "has 18 of 20 of the period (from 95 percent"));
    buffer_clear(&name);
    buffer_clear(&sentence);
}

static void the_share_can_be_set(void **state)
{
    (void)state;
    put_bills(20, 18, "");
    data->history_pct = 90;
    seal();
    assert_true(share()->decides);
}

static void headers_of_the_system_and_later_ones_do_not_count(void **state)
{
    (void)state;
    put_rows("user_account", "user_id,is_system\nJOB,true\n");
    put_bills(19, 19,
              "S1,2026-10-05T10:00:00,JOB\nS2,2026-10-06T10:00:00,JOB\n"
              "S3,2026-10-31T23:59:59,E1\n");
    seal();
    assert_int_equal(share()->headers, 20);
    assert_true(share()->decides);
}

static void a_history_that_is_stated_to_be_complete_decides_for_all(void **state)
{
    (void)state;
    put_bills(20, 2, "OLD,2026-09-05T10:00:00,E1\n");
    statement_add(data, STATE_COMPLETE, table_at("vote"), -1, NULL);
    seal();
    assert_true(history_decides(data, table_at("bill"), 20));
    assert_int_equal(problems_of(PROBLEM_NOT_IN_HISTORY), 19);
    assert_int_equal(problems_of(PROBLEM_PARTIAL_EXTRACT), 0);
    assert_int_equal(share()->header, 0);
}

static void without_headers_of_the_period_nothing_decides(void **state)
{
    (void)state;
    put_bills(0, 0, "OLD,2026-09-05T10:00:00,E1\n");
    seal();
    assert_false(share()->decides);
    assert_int_equal(problems_of(PROBLEM_PARTIAL_EXTRACT), 0);
}

static void nothing_may_be_assumed(void **state)
{
    (void)state;
    put_bills(20, 2, "");
    data->refuses_all = true;
    seal();
    assert_true(data->assumptions[share()->header].refused);
    struct buffer reason = {0};
    assumption_explain_header(data, share()->header, &reason);
    assert_string_equal(said(buffer_text(&reason)),
                        "vote has no row of it, and nothing may be assumed from bill.passed_at");
    buffer_clear(&reason);
}

static void a_declaration_names_a_list_and_a_field_of_its_rows(void **state)
{
    (void)state;
    struct error error = {0};
    char *text = memory_text(books), *list = strstr(text, "'list':'votes'");
    memcpy(list, "'list':'votez'", strlen("'list':'votez'"));
    json_t *declaration = json_of(text);
    assert_null(model_new(declaration, &error));
    assert_non_null(strstr(error.message, "history wants { list = a list of the table"));
    json_decref(declaration);
    free(text);
}

#define BOOKS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, trade_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOOKS_TEST(from_a_share_on_the_history_decides),
        BOOKS_TEST(below_it_the_header_stands_and_the_share_is_told),
        BOOKS_TEST(the_share_can_be_set),
        BOOKS_TEST(headers_of_the_system_and_later_ones_do_not_count),
        BOOKS_TEST(a_history_that_is_stated_to_be_complete_decides_for_all),
        BOOKS_TEST(without_headers_of_the_period_nothing_decides),
        BOOKS_TEST(nothing_may_be_assumed),
        BOOKS_TEST(a_declaration_names_a_list_and_a_field_of_its_rows),
    };
    return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
