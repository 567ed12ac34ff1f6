// SPDX-License-Identifier: MIT
#include "engine/evaluation/disposition.h"

#include "tests/unit/sample_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct dispositions *dispositions;
static struct sample *sample;

static int begin(void **state)
{
    (void)state;
    sample = sample_new();
    dispositions = dispositions_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    dispositions_free(dispositions);
    sample_free(sample);
    return 0;
}

static void add(int64_t line, const char *exception, const char *status)
{
    const char *cells[] = {exception, "E1", status, "", ""};
    dispositions_add(dispositions, line, cells);
}

static void apply(void)
{
    dispositions_apply(dispositions, &sample->engagement, sample->run.data, &sample->evaluation);
}

static void the_last_line_of_an_exception_counts(void **state)
{
    (void)state;
    add(2, "PRC-01:sale:S1/1", "new");
    add(3, "PRC-01:sale:S9/1", "new");
    add(4, "PRC-01:sale:S1/1", "closed");
    apply();
    assert_string_equal(dispositions_of(dispositions, 0)->status, "closed");
    assert_null(dispositions_of(dispositions, 1));
    assert_int_equal(dispositions->count, 2);
    assert_false(dispositions->items[1].found); // S9/1
}

static void a_line_of_the_file_goes_before_what_was_carried(void **state)
{
    (void)state;
    add(2, "PRC-01:sale:S1/1", "closed");
    dispositions_carry(dispositions, "PRC-01:sale:S1/1", "E2", "new", NULL, NULL);
    dispositions_carry(dispositions, "PRC-01:sale:S2/1#late", "E2", "new", NULL, NULL);
    apply();
    assert_string_equal(dispositions_of(dispositions, 0)->status, "closed");
    assert_string_equal(dispositions_of(dispositions, 1)->owner, "E2");
    assert_string_equal(dispositions_of(dispositions, 1)->cause, "");
    assert_int_equal(dispositions_of(dispositions, 1)->line, 0);
}

static void lines_without_an_exception_are_counted(void **state)
{
    (void)state;
    add(2, "", "closed");
    dispositions_add(dispositions, 3, NULL);
    apply();
    assert_int_equal(dispositions->unreadable, 2);
    assert_null(dispositions_of(dispositions, 0));
    assert_null(dispositions_of(NULL, 0));
}

#define DISPOSITION_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISPOSITION_TEST(the_last_line_of_an_exception_counts),
        DISPOSITION_TEST(a_line_of_the_file_goes_before_what_was_carried),
        DISPOSITION_TEST(lines_without_an_exception_are_counted),
    };
    return cmocka_run_group_tests_name("disposition", tests, NULL, NULL);
}
