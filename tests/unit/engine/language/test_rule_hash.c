// SPDX-License-Identifier: MIT
// What changes the hash of a rule, and what does not.
#include "engine/language/rule_hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LIBRARY = 2 };
static const char *const library[LIBRARY] = {
    "local limit = 5\n"
    "local none = {}\n"
    "function above(x) return x > limit end\n"
    "function fine(x) return not above(x) end\n"
    "function other(x) return none[x] end\n",
    "kinds = { 'a', 'b' }\n"
    "table.insert(kinds, 'c')\n"
    "function of_kind(x) return kinds[x] ~= nil end\n",
};
static const char file[] =
    "-- Rules.\n"
    "local roles, spare = { 'boss' }, 1\n"
    "roles[2] = 'deputy'\n"
    "local function decided(row) return above(row.amount) and roles end\n"
    "local function unused(row) return spare end\n"
    "control 'A-1' { title = 't', parameters = { n = { 5 } },\n"
    "  test = function(row) return decided(row) end }\n"
    "control 'A-2' { title = 'u', test = function(row) return of_kind(row) end }\n";

static char *replaced(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    assert_non_null(at);
    char *result = calloc(1, strlen(text) + strlen(new) + 1);
    memcpy(result, text, (size_t)(at - text));
    strcat(result, new);
    return strcat(result, at + strlen(old));
}

static void hash_of(const char *const texts[LIBRARY], const char *rules, const char *control,
                    char digest[HASH_TEXT])
{
    struct text all[LIBRARY];
    for (int i = 0; i < LIBRARY; i++)
        all[i] = (struct text){texts[i], strlen(texts[i])};
    struct rule_hash *hash = rule_hash_new(all, LIBRARY);
    // What another file puts into the library's values ends with that file.
    static const char before[] = "table.insert(kinds, 'z')\nlocal roles = {}\n";
    rule_hash_open(hash, (struct text){before, sizeof before - 1});
    rule_hash_get(hash, "A-1", digest);
    rule_hash_open(hash, (struct text){rules, strlen(rules)});
    rule_hash_get(hash, control, digest);
    rule_hash_free(hash);
}

// Whether the hash of a control is another one when `old` becomes `new` in the file, or, with
// `number`, in one of the library.
static bool differs(int number, const char *control, const char *old, const char *new)
{
    const char *texts[LIBRARY] = {library[0], library[1]};
    char before[HASH_TEXT], after[HASH_TEXT];
    char *changed = replaced(number < 0 ? file : library[number], old, new);
    hash_of(texts, file, control, before);
    assert_int_equal(strlen(before), HASH_TEXT - 1);
    if (number >= 0)
        texts[number] = changed;
    hash_of(texts, number < 0 ? changed : file, control, after);
    free(changed);
    return strcmp(before, after) != 0;
}

static void what_a_rule_does_not_reach_changes_nothing(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"-- Rules.", "-- Other words.\n\n\n--[[ many ]]"},
        {"title = 't', ", "title = 't',\n    -- why\n    "},
        {"return decided(row) end }",
         "return decided(row) end,\n  cases = { { 'one', expect = {} } },\n}"},
        {"return decided(row) end }", "return decided(row) end; cases = more(unused), }"},
        {"{ n = { 5 } }", "{ n = { 5, }, }"},
        {"local function unused(row) return spare end", ""},
        {"title = 'u'", "title = 'something else'"},
        {"control 'A-2'", "control 'A-0' { title = 'new', test = unused }\ncontrol 'A-2'"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (differs(-1, "A-1", same[i][0], same[i][1]))
            fail_msg("%s", same[i][1]);
    assert_false(differs(0, "A-1", "return not above(x)", "return true"));
    assert_false(differs(0, "A-1", "local none = {}", "local none = { 1 }"));
    assert_false(differs(1, "A-1", "'a'", "'z'"));
    assert_false(differs(0, "A-2", "5", "6"));
    assert_false(differs(0, "A-1", "function above", "-- It was five.\nfunction  above"));
}

static void what_it_reaches_changes_its_hash(void **state)
{
    (void)state;
    static const char *const other[][2] = {
        {"title = 't'", "title = 'tt'"},
        {"{ n = { 5 } }", "{ n = { 6 } }"},
        {"row.amount", "row.quantity"},
        {"'boss'", "'bosses'"},
        {"roles[2] = 'deputy'", "roles[2] = 'nobody'"},
        {"roles[2] = 'deputy'\n", ""},
        {"roles[2] = 'deputy'", "roles[2] = 'deputy' table.insert(roles, 'third')"},
        {"roles[2] = 'deputy'", "roles[2] = 'deputy' if as_of then roles.third = 1 end"},
        {"roles[2] = 'deputy'", "roles[2] = 'deputy' local n = append(roles, 'third')"},
        {"roles[2] = 'deputy'", "roles[2] = 'deputy' local roles = {}"}, // another local now
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (!differs(-1, "A-1", other[i][0], other[i][1]))
            fail_msg("%s", other[i][1]);
    assert_true(differs(0, "A-1", "x > limit", "x >= limit"));
    assert_true(differs(0, "A-1", "limit = 5", "limit = 6")); // a local of the library's file
    assert_true(differs(1, "A-2", "'a'", "'z'"));             // a constant of the library
    assert_true(differs(1, "A-2", "'c'", "'z'"));             // and what is put into it
    assert_true(differs(-1, "A-2", "local roles", "table.insert(kinds, 'd')\nlocal roles"));
    assert_false(differs(-1, "A-1", "local roles", "table.insert(kinds, 'd')\nlocal roles"));
}

static void a_control_made_elsewhere_has_the_hash_of_its_file(void **state)
{
    (void)state;
    assert_true(differs(-1, "A-3", "spare", "spared"));
    assert_true(differs(-1, "A-3", "title = 'u'", "title = 'v'"));
    assert_true(differs(0, "A-3", "x > limit", "x >= limit"));
    assert_false(differs(-1, "A-3", "-- Rules.", "-- Others."));
}

static void two_rules_with_one_text_have_hashes_of_their_own(void **state)
{
    (void)state;
    char one[HASH_TEXT], two[HASH_TEXT];
    static const char rules[] = "control 'A-1' { title = 't' } control('A-2', { title = 't' })";
    hash_of(library, rules, "A-1", one);
    hash_of(library, rules, "A-2", two);
    assert_string_not_equal(one, two);
    // However it is written, and where no library is Lua.
    static const char *const broken[LIBRARY] = {"function (", ""};
    hash_of(broken, "control('A-1', { title = 't', })", "A-1", two);
    assert_string_equal(one, two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_rule_does_not_reach_changes_nothing),
        cmocka_unit_test(what_it_reaches_changes_its_hash),
        cmocka_unit_test(a_control_made_elsewhere_has_the_hash_of_its_file),
        cmocka_unit_test(two_rules_with_one_text_have_hashes_of_their_own),
    };
    return cmocka_run_group_tests_name("rule_hash", tests, NULL, NULL);
}
