// SPDX-License-Identifier: MIT
// What systems did in the period, by user and act.
#include "reports/figures/system_actors.h"

#include "tests/unit/engine_fixture.h"
#include "tests/unit/total_text.h"

static struct system_acts acts;

// "JOB sales_order.entered_by 2 CNY 3.50, ..." of all that was found.
static void did(const char *expected)
{
    struct buffer text = {0};
    struct arena *arena = arena_new();
    system_acts_init(&acts, arena, data);
    for (size_t i = 0; i < acts.count; i++) {
        const struct system_act *it = &acts.items[i];
        buffer_printf(&text, "%s%s ", i ? ", " : "", it->user);
        model_add_name(model, it->table, it->field, &text);
        buffer_printf(&text, " %zu", it->documents);
        for (size_t sum = 0; sum < it->amounts.count; sum++) {
            struct buffer amount = {0};
            total_format(it->amounts.items[sum].total, 2, false, &amount);
            buffer_printf(&text, " %s %s", it->amounts.items[sum].currency, buffer_text(&amount));
            buffer_clear(&amount);
        }
    }
    if (strcmp(buffer_text(&text), expected) != 0)
        fail_msg("\"%s\", expected \"%s\"", buffer_text(&text), expected);
    buffer_clear(&text);
    arena_free(arena);
}

static void put_people(void)
{
    put_rows("employee", "employee_id,name\nE1,Chen\n");
    put_rows("user_account", "user_id,employee_id,is_system\nu1,E1,\nJOB,,true\nAUTO,,true\n");
}

static void acts_are_totalled_by_user_act_and_currency(void **state)
{
    (void)state;
    put_people();
    put_rows("sales_order", "order_id,order_date,currency,amount,entered_by,approved_by\n"
                            "SO1,2026-10-05,,1.50,JOB,u1\nSO2,2026-10-06,,2,JOB,AUTO\n"
                            "SO3,2026-10-06,USD,-3,JOB,AUTO\nSO4,2026-10-06,,4,E1,u1\n"
                            "SO5,2026-10-06,,,AUTO,E9\n");
    put_rows("approval",
             "approval_id,approver_id,decided_at\nA1,JOB,2026-10-05\nA2,u1,2026-10-05\n");
    seal();
    did("AUTO sales_order.approved_by 2 CNY 2.00 USD -3.00, AUTO sales_order.entered_by 1, "
        "JOB approval.approver_id 1, JOB sales_order.entered_by 3 CNY 3.50 USD -3.00");
}

static void only_those_of_the_period_or_of_no_day(void **state)
{
    (void)state;
    put_people();
    put_rows("sales_order", "order_id,order_date,amount,entered_by\nSO1,2026-09-30,1,JOB\n"
                            "SO2,2026-10-01,2,JOB\nSO3,2026-10-31,3,JOB\nSO4,2026-11-01,4,JOB\n"
                            "SO5,2026-11-06,5,JOB\nSO6,,6,JOB\n");
    seal();
    did("JOB sales_order.entered_by 3 CNY 11.00");
}

static void without_accounts_of_systems_there_are_none(void **state)
{
    (void)state;
    put_rows("employee", "employee_id,name\nE1,Chen\n");
    put_rows("user_account", "user_id,employee_id\nu1,E1\nJOB,\n");
    put_rows("sales_order", "order_id,order_date,entered_by\nSO1,2026-10-05,JOB\n");
    seal();
    did("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(acts_are_totalled_by_user_act_and_currency),
        TRADE_TEST(only_those_of_the_period_or_of_no_day),
        TRADE_TEST(without_accounts_of_systems_there_are_none),
    };
    return cmocka_run_group_tests_name("system_actors", tests, NULL, NULL);
}
