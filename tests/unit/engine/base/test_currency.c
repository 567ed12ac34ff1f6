// SPDX-License-Identifier: MIT
#include "engine/base/currency.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void currencies_have_their_minor_digits(void **state)
{
    (void)state;
    assert_int_equal(currency_digits("CNY"), 2);
    assert_int_equal(currency_digits("USD"), 2);
    assert_int_equal(currency_digits("JPY"), 0);
    assert_int_equal(currency_digits("KRW"), 0);
    assert_int_equal(currency_digits("BHD"), 3);
    assert_int_equal(currency_digits("CLF"), 4);
    assert_int_equal(currency_digits(""), 2);
    assert_int_equal(currency_digits("人民币"), 2);
    assert_int_equal(currency_digits("P X"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currencies_have_their_minor_digits),
    };
    return cmocka_run_group_tests_name("currency", tests, NULL, NULL);
}
