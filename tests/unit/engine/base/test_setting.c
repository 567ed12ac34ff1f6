// SPDX-License-Identifier: MIT
#include "engine/base/setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const levels[] = {"low", "high", NULL};
static const struct {
    int weight;
    const char *name;
} shapes[] = {{1, "row"}, {2, "group"}, {0, NULL}};

static const struct setting settings[] = {
    {"title", .type = SETTING_TEXT, .required = true},
    {"level", .type = SETTING_RANK, .words = levels},
    {"shape", .type = SETTING_WORD, .words = &shapes[0].name, .word_step = sizeof shapes[0]},
    {0},
};

static void a_setting_is_found_by_its_whole_name(void **state)
{
    (void)state;
    assert_ptr_equal(setting_find(settings, "level"), &settings[1]);
    assert_null(setting_find(settings, "leve"));
    assert_null(setting_find(settings, "levels"));
    assert_null(setting_find(settings, ""));
    assert_ptr_equal(setting_find_text(settings, (struct text){"title", 5}), &settings[0]);
    assert_null(setting_find_text(settings, (struct text){"title\0", 6}));
}

static void an_unknown_name_is_told_what_was_meant(void **state)
{
    (void)state;
    char room[96];
    assert_string_equal(setting_hint(settings, (struct text){"tilte", 5}, room),
                        "; did you mean \"title\"?");
    assert_string_equal(setting_hint(settings, (struct text){"customer", 8}, room), "");
}

static void names_stand_in_a_list(void **state)
{
    (void)state;
    struct buffer names = {0};
    setting_add_names(settings, &names);
    assert_string_equal(buffer_text(&names), "title, level, shape");
    buffer_clear(&names);
}

static void words_have_numbers(void **state)
{
    (void)state;
    assert_string_equal(setting_word(&settings[1], 0), "low");
    assert_string_equal(setting_word(&settings[1], 1), "high");
    assert_null(setting_word(&settings[1], 2));
    assert_int_equal(setting_word_number(&settings[1], "high"), 1);
    assert_int_equal(setting_word_number(&settings[1], "High"), -1);
    assert_string_equal(setting_word(&settings[2], 1), "group"); // in a larger table
    assert_int_equal(setting_word_number(&settings[2], "row"), 0);
    assert_int_equal(setting_word_number(&settings[2], "column"), -1);
}

static void some_settings_take_functions(void **state)
{
    (void)state;
    assert_true(setting_takes_function(&(struct setting){.type = SETTING_FUNCTION}));
    assert_true(setting_takes_function(&(struct setting){.type = SETTING_GROUPING}));
    assert_false(setting_takes_function(&(struct setting){.type = SETTING_DATA}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_is_found_by_its_whole_name),
        cmocka_unit_test(an_unknown_name_is_told_what_was_meant),
        cmocka_unit_test(names_stand_in_a_list),
        cmocka_unit_test(words_have_numbers),
        cmocka_unit_test(some_settings_take_functions),
    };
    return cmocka_run_group_tests_name("setting", tests, NULL, NULL);
}
