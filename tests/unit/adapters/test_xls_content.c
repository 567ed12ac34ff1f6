// SPDX-License-Identifier: MIT
// old.xls was written with python3-xlwt, formulas.xls by LibreOffice.
#include "adapters/xls_content.h"
#include "tests/unit/import_fixture.h"

#define FILES "tests/golden/workbooks/data/"

static struct error problem;

// "发货单 1: 0=SO1 2=5" of each sheet and row that has cells.
static int show(const struct file_bytes *file, struct buffer *out)
{
    struct buffer content = {0};
    struct xls_item item = {0};
    size_t at = 0;
    int64_t row = 0;
    int result = xls_content_read(file, "a.xls", &content, &problem);
    while (result == 0 && item.thing != XLS_END) {
        assert_true(xls_content_next(&content, &at, &item));
        if (item.thing == XLS_SHEET)
            buffer_printf(out, "%.*s", (int)item.length, item.text);
        if (item.thing == XLS_ROW)
            row = item.number;
        if (item.thing != XLS_CELL)
            continue;
        const char *text = item.text;
        size_t length = item.length;
        bool none = cell_unmark(&text, &length);
        buffer_printf(out, " %lld.%lld=%s%.*s", (long long)row, (long long)item.number,
                      none ? "!" : "", (int)length, text);
    }
    buffer_clear(&content);
    return result;
}

static void load(const char *name, struct file_bytes *file)
{
    struct error error;
    if (file_bytes_read(file, name, name, &error) != 0)
        fail_msg("%s: %s", error.where, error.message);
}

static void holds(const char *name, const char *expected)
{
    struct file_bytes file;
    struct buffer shown = {0};
    load(name, &file);
    if (show(&file, &shown) != 0)
        fail_msg("%s: %s", problem.where, problem.message);
    assert_string_equal(buffer_text(&shown), expected);
    buffer_clear(&shown);
    file_bytes_clear(&file);
}

static void cells_come_as_what_they_mean(void **state)
{
    (void)state;
    holds(FILES "old.xls", "发货单 1.0=单号 1.1=日期 1.2=金额 1.3=中文日期 1.4=时间 1.5=比例 "
                           "1.6=勾 1.7=备注 2.0=SO1 2.1=2026-10-05 "
                           "2.2=133.8 2.3=2026-10-05 2.4=2026-10-05 08:30:00 2.5=0.13 2.6=1 2.7==x "
                           "4.0=SO2 4.1=2026/10/6 "
                           "4.4=2026100500001234 5.0=1.23456789012346E+17 5.2=0.3 5.5=1200customer "
                           "1.0=customer_id 2.0=C1");
}

static void formulas_have_their_results(void **state)
{
    (void)state;
    holds(FILES "formulas.xls", "S 1.0=2 1.1=5 1.2=!#DIV/0! 1.3=ab");
}

// Whatever byte is another, this process reads something or says something.
static void damaged_files_break_nothing(void **state)
{
    (void)state;
    struct file_bytes file;
    load(FILES "formulas.xls", &file);
    size_t length = file.length;
    for (size_t at = 0; at < length; at += length / 40) {
        struct buffer shown = {0};
        file.bytes[at] ^= 0x5A;
        if (show(&file, &shown) != 0)
            assert_int_equal(problem.kind, ERROR_SOURCE);
        file.bytes[at] ^= 0x5A;
        buffer_clear(&shown);
    }
    struct buffer shown = {0};
    file.length = 700;
    assert_int_equal(show(&file, &shown), -1);
    assert_int_equal(problem.kind, ERROR_SOURCE);
    assert_string_equal(problem.where, "a.xls");
    file.length = length;
    file_bytes_clear(&file);
    buffer_clear(&shown);
}

static void half_a_content_is_none(void **state)
{
    (void)state;
    struct buffer content = {0};
    struct xls_item item;
    size_t at = 0;
    assert_false(xls_content_next(&content, &at, &item));
    const uint32_t wrong[] = {XLS_CELL, 0, 100};
    buffer_add(&content, wrong, sizeof wrong);
    assert_false(xls_content_next(&content, &at, &item));
    buffer_clear(&content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_come_as_what_they_mean),
        cmocka_unit_test(formulas_have_their_results),
        cmocka_unit_test(damaged_files_break_nothing),
        cmocka_unit_test(half_a_content_is_none),
    };
    return cmocka_run_group_tests_name("xls_content", tests, NULL, NULL);
}
