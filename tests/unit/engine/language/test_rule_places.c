// SPDX-License-Identifier: MIT
#include "engine/language/rule_places.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char text[] = "local function test_of() return function(row) end end\n"   // 1
                           "control \"A-1\" {\n"                                       // 2
                           "  test = function(row)\n"                                  // 3
                           "    local one\n"                                           // 4
                           "    local two =\n"                                         // 5
                           "      row.field\n"                                         // 6
                           "    while true do\n"                                       // 7
                           "      if two then break\n"                                 // 8
                           "      elseif row.other then one = 1\n"                     // 9
                           "      end\n"                                               // 10
                           "    end\n"                                                 // 11
                           "    return one\n"                                          // 12
                           "  end,\n"                                                  // 13
                           "  group = function(row) return row.id end,\n"              // 14
                           "  cases = {\n"                                             // 15
                           "    { \"first\" },\n"                                      // 16
                           "    made(\"second\"), note = \"no case\",\n"               // 17
                           "    {\n"                                                   // 18
                           "      \"third\" } } }\n"                                   // 19
                           "control(\"A-2\", { test = test_of(), cases = made() })\n"; // 20

static void cases_have_lines(void **state)
{
    (void)state;
    struct rule_places *places = rule_places_new(text, strlen(text));
    assert_non_null(places);
    static const uint32_t expected[] = {16, 17, 18, 0};
    for (size_t n = 0; n < 4; n++)
        assert_int_equal(rule_places_case(places, "A-1", n), expected[n]);
    assert_int_equal(rule_places_case(places, "A-2", 0), 0);
    assert_int_equal(rule_places_case(places, "A-3", 0), 0);
    rule_places_free(places);
    assert_null(rule_places_new("control {", 9));
}

static void cases_apart_have_lines_too(void **state)
{
    (void)state;
    static const char apart[] = "local made = { \"made\" }\n"
                                "cases \"A-1\" {\n"
                                "  { \"first\" },\n"
                                "  made,\n"
                                "}\n"
                                "cases(\"A-2\", made)\n";
    struct rule_places *places = rule_places_new(apart, sizeof apart - 1);
    static const uint32_t expected[] = {3, 4, 0};
    for (size_t n = 0; n < 3; n++)
        assert_int_equal(rule_places_case(places, "A-1", n), expected[n]);
    assert_int_equal(rule_places_case(places, "A-2", 0), 0);
    rule_places_free(places);
}

// The lines that did not run when these did, as "5,8".
static void misses(const char *control, const char *ran, uint32_t count, const char *missed)
{
    struct rule_places *places = rule_places_new(text, strlen(text));
    bool *lines = calloc(rule_places_line_count(places) + 1, sizeof *lines);
    struct rule_lines found;
    char told[100] = "";
    for (const char *at = ran; *at; at += strcspn(at, ",") + (strchr(at, ',') != NULL))
        lines[atoi(at)] = true;
    rule_places_lines(places, control, lines, &found);
    for (uint32_t i = 0; i < found.missed_count; i++)
        snprintf(told + strlen(told), sizeof told - strlen(told), "%s%u", i ? "," : "",
                 found.missed[i]);
    assert_int_equal(found.count, count);
    assert_string_equal(told, missed);
    rule_lines_clear(&found);
    free(lines);
    rule_places_free(places);
}

static void lines_of_functions_are_counted(void **state)
{
    (void)state;
    // Neither a local without a value nor a loop without a condition is anything that runs.
    misses("A-1", "", 5, "5,8,9,12,14");
    misses("A-1", "6,8,12", 5, "9,14"); // a statement ran when any of its lines did
    misses("A-1", "5,8,9,12,14", 5, "");
    misses("A-1", "1,2,3,4,7,13,20", 5, "5,8,9,12,14");
    misses("A-2", "1,20", 0, "");
    misses("A-3", "", 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_have_lines),
        cmocka_unit_test(cases_apart_have_lines_too),
        cmocka_unit_test(lines_of_functions_are_counted),
    };
    return cmocka_run_group_tests_name("rule_places", tests, NULL, NULL);
}
