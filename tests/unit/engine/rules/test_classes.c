// SPDX-License-Identifier: MIT
#include "engine/rules/classes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void severities_have_names(void **state)
{
    (void)state;
    enum severity severity;
    for (int i = SEVERITY_LOW; i <= SEVERITY_CRITICAL; i++) {
        assert_int_equal(severity_from_name(severity_name((enum severity)i), &severity), 0);
        assert_int_equal(severity, i);
    }
    assert_string_equal(severity_name(SEVERITY_CRITICAL), "critical");
    assert_int_equal(severity_from_name("", &severity), -1);
    assert_int_equal(severity_from_name("High", &severity), -1);
    assert_int_equal(severity_from_name(NULL, &severity), -1);
}

static void statuses_have_names(void **state)
{
    (void)state;
    enum control_status status;
    for (int i = STATUS_EXCEPTIONS; i <= STATUS_DISABLED; i++) {
        assert_int_equal(status_from_name(status_name((enum control_status)i), &status), 0);
        assert_int_equal(status, i);
    }
    assert_string_equal(status_name(STATUS_NOT_RUN), "not_run");
    assert_int_equal(status_from_name("passed", &status), -1);
    assert_true(status_is_run(STATUS_PARTIAL));
    assert_false(status_is_run(STATUS_NOT_RUN));
    assert_false(status_is_run(STATUS_FAILED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(severities_have_names),
        cmocka_unit_test(statuses_have_names),
    };
    return cmocka_run_group_tests_name("classes", tests, NULL, NULL);
}
