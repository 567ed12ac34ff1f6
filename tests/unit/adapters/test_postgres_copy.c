// SPDX-License-Identifier: MIT
// The text format of COPY, and what is kept of a conninfo.
#include "adapters/postgres_copy.h"
#include "adapters/postgres_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { FIELDS_MAX = 8 };

// Splits `row` into as many fields as `expected` has ('|' between them) and compares.
static void splits(const char *row, size_t count, const char *expected)
{
    char copy[200], shown[400] = "";
    struct text fields[FIELDS_MAX];
    snprintf(copy, sizeof copy, "%s", row);
    assert_true(postgres_copy_split(copy, strlen(copy), fields, count));
    for (size_t i = 0; i < count; i++)
        snprintf(shown + strlen(shown), sizeof shown - strlen(shown), "%s%.*s", i ? "|" : "",
                 (int)fields[i].length, fields[i].bytes);
    assert_string_equal(shown, expected);
}

static void refuses(const char *row, size_t count)
{
    char copy[200];
    struct text fields[FIELDS_MAX];
    snprintf(copy, sizeof copy, "%s", row);
    assert_false(postgres_copy_split(copy, strlen(copy), fields, count));
}

static void fields_stand_between_tabs(void **state)
{
    (void)state;
    splits("a\tb\tc", 3, "a|b|c");
    splits("a\t\t", 3, "a||");
    splits("", 1, "");
    splits("轴承\t1.50", 2, "轴承|1.50");
}

static void escapes_are_undone(void **state)
{
    (void)state;
    splits("tab\\there\tline\\nend\t\\r\\b\\f\\v", 3, "tab\there|line\nend|\r\b\f\v");
    splits("back\\\\slash", 1, "back\\slash");
    splits("\\101\\x42\\x4\\8", 1, "AB\0048");
    splits("\\q\\.", 1, "q.");
    splits("ends with \\", 1, "ends with \\");
}

static void a_null_is_a_field_without_bytes(void **state)
{
    (void)state;
    char row[] = "\\N\ta";
    struct text fields[2];
    assert_true(postgres_copy_split(row, sizeof row - 1, fields, 2));
    assert_int_equal(fields[0].length, 0);
    splits("\\\\N\t\\NN", 2, "\\N|NN"); // the text \N, and what only begins like a null
}

static void a_row_of_another_width_is_refused(void **state)
{
    (void)state;
    refuses("a\tb", 3);
    refuses("a\tb\tc", 2);
    refuses("a", 0);
    splits("", 0, "");
}

static void secrets_are_taken_out_of_a_conninfo(void **state)
{
    (void)state;
    static const char *const given[][2] = {
        {"host=db password=secret user=auditor", "user='auditor' host='db'"},
        {"postgresql://auditor:secret@db:5433/erp?sslmode=require&sslpassword=other",
         "user='auditor' dbname='erp' host='db' port='5433' sslmode='require'"},
        {"user='o\\'hara' password=x", "user='o\\'hara'"},
        {"service=erp", NULL},
        {"erp", NULL},
        {"", NULL},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        const char *kept = postgres_conninfo_redact(arena, given[i][0]);
        if (given[i][1])
            assert_string_equal(kept, given[i][1]);
        else
            assert_null(kept);
    }
    arena_free(arena);
}

static void a_conninfo_that_is_not_understood_shows_no_password(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(postgres_conninfo_check("host=db user=auditor", "x", &error), 0);
    assert_int_equal(postgres_conninfo_check("password=my secret", "x", &error), -1);
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_null(strstr(error.message, "secret"));
    assert_int_equal(postgres_conninfo_check("postgresql://auditor:secret@[db/erp", "x", &error),
                     -1);
    assert_null(strstr(error.message, "secret"));
    assert_int_equal(postgres_conninfo_check("hots=db", "x", &error), -1);
    assert_non_null(strstr(error.message, "hots"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_stand_between_tabs),
        cmocka_unit_test(escapes_are_undone),
        cmocka_unit_test(a_null_is_a_field_without_bytes),
        cmocka_unit_test(a_row_of_another_width_is_refused),
        cmocka_unit_test(secrets_are_taken_out_of_a_conninfo),
        cmocka_unit_test(a_conninfo_that_is_not_understood_shows_no_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
