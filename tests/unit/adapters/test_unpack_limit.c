// SPDX-License-Identifier: MIT
#include "adapters/unpack_limit.h"
#include "tests/unit/import_fixture.h"

static struct error problem;

static void small_files_may_be_packed_as_they_like(void **state)
{
    (void)state;
    struct unpack_limit limit = {.packed = 100};
    assert_int_equal(unpack_limit_add(&limit, 60 << 20, "a.gz", &problem), 0);
}

static void large_ones_shrink_as_lists_do(void **state)
{
    (void)state;
    struct unpack_limit limit = {.packed = 1 << 20};
    assert_int_equal(unpack_limit_add(&limit, 200 << 20, "a.gz", &problem), 0);
    assert_int_equal(unpack_limit_add(&limit, 1 << 20, "a.gz", &problem), -1);
    assert_int_equal(problem.kind, ERROR_SOURCE);
    assert_string_equal(problem.where, "a.gz");
    assert_non_null(strstr(problem.message, "unpacked_cap"));
}

static void a_declared_limit_is_the_only_one(void **state)
{
    (void)state;
    json_t *declaration = json_pack("{s:i}", "unpacked_cap", 1000);
    struct unpack_limit limit = unpack_limit_of(declaration), larger = {.declared = INT64_MAX};
    assert_int_equal(unpack_limit_add(&limit, 1000, "a.gz", &problem), 0);
    assert_int_equal(unpack_limit_add(&limit, 1, "a.gz", &problem), -1);
    assert_non_null(strstr(problem.message, "more than 1000 bytes"));
    assert_int_equal(unpack_limit_add(&larger, (size_t)9 << 30, "a.gz", &problem), 0);
    json_decref(declaration);
}

static void there_is_an_end_to_everything(void **state)
{
    (void)state;
    struct unpack_limit limit = {.packed = INT64_MAX};
    assert_int_equal(unpack_limit_add(&limit, (size_t)4 << 30, "a.gz", &problem), 0);
    assert_int_equal(unpack_limit_add(&limit, 1, "a.gz", &problem), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_files_may_be_packed_as_they_like),
        cmocka_unit_test(large_ones_shrink_as_lists_do),
        cmocka_unit_test(a_declared_limit_is_the_only_one),
        cmocka_unit_test(there_is_an_end_to_everything),
    };
    return cmocka_run_group_tests_name("unpack_limit", tests, NULL, NULL);
}
