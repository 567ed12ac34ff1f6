// SPDX-License-Identifier: MIT
#include "engine/base/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *meant(const char *name)
{
    static const char *const names[] = {"order_id", "order_date", "amount", "hired_on", "订单日期"};
    return nearest_name(name, names, sizeof names / sizeof *names);
}

static void names_that_are_near(void **state)
{
    (void)state;
    assert_string_equal(meant("ordr_id"), "order_id");
    assert_string_equal(meant("Order_Date"), "order_date");
    assert_string_equal(meant("amuont"), "amount");  // neighbours exchanged
    assert_string_equal(meant("hired"), "hired_on"); // cut off
    assert_string_equal(meant("订单曰期"), "订单日期");
    assert_string_equal(meant("amount"), "amount");
}

static void names_that_are_not(void **state)
{
    (void)state;
    char text[200];
    assert_null(meant("customer"));
    assert_null(meant("xy"));
    assert_null(meant(""));
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_null(meant(text));
    assert_null(nearest_name("amount", NULL, 0));
}

static void the_hint_names_the_first_of_the_nearest(void **state)
{
    (void)state;
    char room[96];
    struct nearest nearest = nearest_start((struct text){"prise", 5});
    assert_string_equal(nearest_hint(&nearest, room), "");
    nearest_try(&nearest, "price");
    nearest_try(&nearest, "prize");
    nearest_try(&nearest, "surprise");
    assert_string_equal(nearest_hint(&nearest, room), "; did you mean \"price\"?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_are_near),
        cmocka_unit_test(names_that_are_not),
        cmocka_unit_test(the_hint_names_the_first_of_the_nearest),
    };
    return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}
