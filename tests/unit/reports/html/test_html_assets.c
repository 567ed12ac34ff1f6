// SPDX-License-Identifier: MIT
#include "reports/html/html_assets.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool holds(struct text text, const char *part)
{
    return memmem(text.bytes, text.length, part, strlen(part)) != NULL;
}

// What would end a script or style early, wherever in it that stands.
static void test_no_file_ends_its_element(void **state)
{
    (void)state;
    static const char *const ends[] = {"</script", "</SCRIPT", "<!--", "</style"};
    for (int asset = HTML_STYLE; asset <= HTML_SCRIPT; asset++) {
        struct text text = html_asset((enum html_asset)asset);
        assert_true(text.length > 500);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            assert_false(holds(text, ends[i]));
    }
}

static void test_the_libraries_come_with_their_licence_and_in_order(void **state)
{
    (void)state;
    struct buffer out = {0};
    html_libraries_add(&out);
    const char *licence = strstr(buffer_text(&out), "Permission is hereby granted");
    const char *jquery = strstr(buffer_text(&out), "jQuery v3");
    const char *datatables = strstr(buffer_text(&out), "var DataTable=");
    assert_non_null(licence);
    assert_true(jquery > licence);
    assert_true(datatables > jquery);
    buffer_clear(&out);
}

static void test_the_style_loads_nothing(void **state)
{
    (void)state;
    assert_false(holds(html_asset(HTML_STYLE), "url("));
    assert_false(holds(html_asset(HTML_STYLE), "@import"));
}

static void test_a_policy_names_content_by_its_hash(void **state)
{
    (void)state;
    struct buffer out = {0};
    html_policy_add(&out, (struct text){"", 0});
    assert_string_equal(buffer_text(&out), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_file_ends_its_element),
        cmocka_unit_test(test_the_libraries_come_with_their_licence_and_in_order),
        cmocka_unit_test(test_the_style_loads_nothing),
        cmocka_unit_test(test_a_policy_names_content_by_its_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
