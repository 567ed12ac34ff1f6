// SPDX-License-Identifier: MIT
#include "engine/base/buffer_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void json_is_added_behind_what_is_there(void **state)
{
    (void)state;
    struct buffer text = {0};
    json_t *value = json_pack("{s:i,s:[s,n]}", "b", 1, "a", "x\"y");
    buffer_add_text(&text, "expected ");
    buffer_add_json(&text, value, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(buffer_text(&text), "expected {\"a\":[\"x\\\"y\",null],\"b\":1}");
    buffer_clear(&text);
    json_decref(value);
}

static void a_bare_value_needs_its_flag(void **state)
{
    (void)state;
    struct buffer text = {0};
    json_t *value = json_true();
    buffer_add_json(&text, value, JSON_ENCODE_ANY);
    assert_string_equal(buffer_text(&text), "true");
    buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_added_behind_what_is_there),
        cmocka_unit_test(a_bare_value_needs_its_flag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
