// SPDX-License-Identifier: MIT
#include "engine/base/currency.h"
#include "engine/data/cell.h"
#include "tests/unit/said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct cell_value value;
static struct buffer reason;
static struct zone *zone;

static const struct field number = {.name = "amount", .type = TYPE_MONEY};
static const struct field whole = {.name = "line_no", .type = TYPE_INT};
static const struct field text = {.name = "note", .type = TYPE_TEXT};
static const struct field date = {.name = "order_date", .type = TYPE_DATE};
static const struct field timestamp = {.name = "approved_at", .type = TYPE_TIMESTAMP};
static const struct field boolean = {.name = "is_rush", .type = TYPE_BOOL};
static char *statuses[] = {"draft", "approved", "cancelled"};
static const struct field status = {
    .name = "status", .type = TYPE_ENUM, .values = statuses, .value_count = 3};

static const char *said_now(void)
{
    return said(buffer_text(&reason));
}

static int parse_n(const struct cell_format *format, const struct field *field, const char *cell,
                   size_t length)
{
    memset(&value, 0xAA, sizeof value);
    buffer_reset(&reason);
    // At the end of a buffer of its own, so that a read past the cell is found.
    char *copy = test_malloc(length ? length : 1);
    memcpy(copy, cell, length);
    int result = cell_parse(format, field, zone, copy, length, &value, &reason);
    if (result == 0 && value.is == CELL_IS_TEXT)
        assert_memory_equal(value.text.bytes, cell, length);
    test_free(copy);
    return result;
}

static int parse(const struct cell_format *format, const struct field *field, const char *cell)
{
    return parse_n(format, field, cell, strlen(cell));
}

static void is_number(const struct cell_format *format, const char *cell, const char *expected)
{
    if (parse(format, &number, cell) != 0)
        fail_msg("\"%s\": %s", cell, said_now());
    char shown[DECIMAL_TEXT_MAX];
    assert_int_equal(value.is, CELL_IS_NUMBER);
    decimal_format(value.number, 0, shown);
    if (strcmp(shown, expected) != 0)
        fail_msg("\"%s\" became %s, not %s", cell, shown, expected);
}

static void is_invalid(const struct cell_format *format, const struct field *field,
                       const char *cell, const char *expected)
{
    if (parse(format, field, cell) == 0)
        fail_msg("\"%s\" was read; expected: %s", cell, expected);
    if (!strstr(said_now(), expected))
        fail_msg("\"%s\": \"%s\" does not say \"%s\"", cell, said_now(), expected);
}

static void is_day(const struct cell_format *format, const char *cell, const char *expected)
{
    if (parse(format, &date, cell) != 0)
        fail_msg("\"%s\": %s", cell, said_now());
    char shown[CALENDAR_TEXT_MAX];
    assert_int_equal(value.is, CELL_IS_WORD);
    calendar_format_day((int)value.word, shown);
    assert_string_equal(shown, expected);
}

static void is_moment(const struct cell_format *format, const char *cell, const char *expected)
{
    if (parse(format, &timestamp, cell) != 0)
        fail_msg("\"%s\": %s", cell, said_now());
    char shown[CALENDAR_TEXT_MAX];
    assert_int_equal(value.word & 1, 0);
    zone_format(zone, value.word >> 1, shown);
    assert_string_equal(shown, expected);
}

static void numbers_as_they_are_written(void **state)
{
    (void)state;
    is_number(NULL, "0", "0");
    is_number(NULL, "-0.00", "0");
    is_number(NULL, "1234.5", "1234.5");
    is_number(NULL, "-1234.50", "-1234.5");
    is_number(NULL, "+7", "7");
    is_number(NULL, ".5", "0.5");
    is_number(NULL, "5.", "5");
    is_number(NULL, "  12 ", "12");
    is_number(NULL, "1,234.50", "1234.5");
    is_number(NULL, "12,345,678", "12345678");
    is_number(NULL, "(1,234.00)", "-1234");
    is_number(NULL, "1234.00-", "-1234");
    is_number(NULL, "- 5", "-5");
    is_number(NULL, "￥1,234.50", "1234.5");
    is_number(NULL, "¥-3", "-3");
    is_number(NULL, "-¥3", "-3");
    is_number(NULL, "¥(1,234.00)", "-1234");
    is_number(NULL, "$ 9", "9");
    is_number(NULL, "€9", "9");
    is_number(NULL, "12.5元", "12.5");
    is_number(NULL, "１，２３４．５０", "1234.5");
    is_number(NULL, "（１２）", "-12");
    is_number(NULL, "－１２", "-12");
    is_number(NULL, "\u22125", "-5");
    is_number(NULL, "\u00A05\u3000", "5");
}

static void numbers_at_their_limits(void **state)
{
    (void)state;
    is_number(NULL, "9223372036854775807", "9223372036854775807");
    is_invalid(NULL, &number, "9223372036854775808", "needs more than 64 bits");
    is_invalid(NULL, &number, "123456789012345678901234567890", "needs more than 64 bits");
    is_number(NULL, "0.12345678", "0.12345678");
    is_invalid(NULL, &number, "0.123456789", "more than 8 decimal places");
    is_number(NULL, "1.5000000000000", "1.5");
    is_number(NULL, "1000000000000.00000000", "1000000000000");
    is_number(NULL, "000000000000000000000000000001", "1");
    is_invalid(NULL, &number, "92233720368.54775808", "needs more than 64 bits");
}

static void appended_zeros_do_not_make_a_column_finer(void **state)
{
    (void)state;
    assert_int_equal(parse(NULL, &number, "100.00000000"), 0);
    assert_true(value.number.scale <= 2);
    assert_int_equal(parse(NULL, &number, "1.23400000"), 0);
    assert_int_equal(value.number.scale, 3);
}

static void numbers_that_are_none(void **state)
{
    (void)state;
    is_invalid(NULL, &number, "1.2.3", "two decimal points");
    is_invalid(NULL, &number, "1,234.5.6", "two decimal points");
    is_invalid(NULL, &number, "1.234,56", "give `decimal` and `group`");
    is_invalid(NULL, &number, "1,23", "groups of three");
    is_invalid(NULL, &number, "1234,567", "groups of three");
    is_invalid(NULL, &number, "0,123", "groups of three");
    is_invalid(NULL, &number, "1,,234", "without digits");
    is_invalid(NULL, &number, ",234", "without digits");
    is_invalid(NULL, &number, "1,234,", "without digits");
    is_invalid(NULL, &number, "1.2E+05", "exponents");
    is_invalid(NULL, &number, "5%", "percent");
    is_invalid(NULL, &number, "-", "no digits");
    is_invalid(NULL, &number, ".", "no digits");
    is_invalid(NULL, &number, "--5", "two minus signs");
    is_invalid(NULL, &number, "(-5)", "two minus signs");
    is_invalid(NULL, &number, "-5-", "two minus signs");
    is_invalid(NULL, &number, "$5元", "two currency signs");
    is_invalid(NULL, &number, "12 34", "not a number");
    is_invalid(NULL, &number, "abc", "not a number");
    is_invalid(NULL, &number, "NaN", "not a number");
    is_invalid(NULL, &number, "5²", "\"²\" is not part");
    is_invalid(NULL, &number, "½", "not a number");
    is_invalid(NULL, &number, "①", "not a number");
    is_invalid(NULL, &number, "0x1F", "not a number");
}

static void numbers_of_a_declared_form(void **state)
{
    (void)state;
    struct cell_format comma = {.decimal = ','};
    is_number(&comma, "1234,5", "1234.5");
    is_number(&comma, "1.234,50", "1234.5");
    is_invalid(&comma, &number, "1,234.50", "after the decimal sign");
    is_invalid(&comma, &number, "1.23", "groups of three");
    struct cell_format points = {.decimal = ',', .group = '.'};
    is_number(&points, "1.234.567,8", "1234567.8");
    struct cell_format blanks = {.decimal = ',', .group = ' '};
    is_number(&blanks, "1 234,5", "1234.5");
    is_number(&blanks, "1\u00A0234,5", "1234.5");
    struct cell_format lakhs = {.group = ','};
    is_number(&lakhs, "1,00,000.25", "100000.25");
    struct cell_format opposite = {.negate = true};
    is_number(&opposite, "5.5", "-5.5");
    is_number(&opposite, "(5)", "5");
}

static void whole_numbers(void **state)
{
    (void)state;
    assert_int_equal(parse(NULL, &whole, "42"), 0);
    assert_int_equal(value.is, CELL_IS_WORD);
    assert_int_equal(value.word, 42);
    assert_int_equal(parse(NULL, &whole, "3.00"), 0);
    assert_int_equal(value.word, 3);
    assert_int_equal(parse(NULL, &whole, "1,000"), 0);
    assert_int_equal(value.word, 1000);
    assert_int_equal(parse(NULL, &whole, "-9007199254740992"), 0);
    assert_true(value.word == -9007199254740992);
    is_invalid(NULL, &whole, "9007199254740993", "2^53");
    is_invalid(NULL, &whole, "1.5", "not a whole number");
}

static void dates_as_they_are_written(void **state)
{
    (void)state;
    is_day(NULL, "2026-10-05", "2026-10-05");
    is_day(NULL, "2026/10/5", "2026-10-05");
    is_day(NULL, "2026.1.5", "2026-01-05");
    is_day(NULL, "20261005", "2026-10-05");
    is_day(NULL, "2026年10月5日", "2026-10-05");
    is_day(NULL, "２０２６年１０月５日", "2026-10-05");
    is_day(NULL, " 2026-10-05 ", "2026-10-05");
    is_day(NULL, "2026-10-05 00:00:00", "2026-10-05");
    is_day(NULL, "2026-10-05T00:00:00.000", "2026-10-05");
    is_day(NULL, "2026/10/5 0:00", "2026-10-05");
    is_day(NULL, "2028-02-29", "2028-02-29");
    is_day(NULL, "0001-01-01", "0001-01-01");
    is_day(NULL, "9999-12-31", "9999-12-31");
}

static void dates_that_are_none(void **state)
{
    (void)state;
    is_invalid(NULL, &date, "2026-02-31", "31 February does not exist");
    is_invalid(NULL, &date, "2026年2月31日", "31 February does not exist");
    is_invalid(NULL, &date, "2026-02-29", "29 February 2026 does not exist");
    is_invalid(NULL, &date, "2026-04-31", "31 April does not exist");
    is_invalid(NULL, &date, "2026-13-01", "month 13 does not exist");
    is_invalid(NULL, &date, "2026-00-01", "month 0 does not exist");
    is_invalid(NULL, &date, "2026-10-00", "0 October does not exist");
    is_invalid(NULL, &date, "0000-01-01", "year 0");
    is_invalid(NULL, &date, "5/10/2026", "5/10/2026 can mean two dates; give `format`");
    is_invalid(NULL, &date, "25/10/2026", "give `format`");
    is_invalid(NULL, &date, "26-10-05", "year of two digits; give `format`");
    is_invalid(NULL, &date, "46300", "spreadsheet");
    is_invalid(NULL, &date, "2026-10/05", "not a date");
    is_invalid(NULL, &date, "2026-10", "not a date");
    is_invalid(NULL, &date, "2026年10月5", "not a date");
    is_invalid(NULL, &date, "tomorrow", "not a date");
    is_invalid(NULL, &date, "2026-10-05x", "not a date");
    is_invalid(NULL, &date, "2026-10-05 09:30:00", "has a time of day");
    is_invalid(NULL, &date, "2026-10-05 25:00", "hour 25");
}

static void dates_of_a_declared_form(void **state)
{
    (void)state;
    struct cell_format form = {.date = "%d/%m/%Y"};
    is_day(&form, "5/10/2026", "2026-10-05");
    is_invalid(&form, &date, "2026-10-05", "does not have the form \"%d/%m/%Y\"");
    is_invalid(&form, &date, "31/2/2026", "31 February");
    is_invalid(&form, &date, "5/10/2026 ok", "does not have the form");
    form.date = "%Y年%m月%d日";
    is_day(&form, "2026年10月5日", "2026-10-05");
    form.date = "%y%m%d";
    is_day(&form, "261005", "2026-10-05");
    is_day(&form, "991231", "1999-12-31");
    is_invalid(&form, &date, "26105", "does not have the form");
    form.date = "%d-%b-%Y";
    is_day(&form, "05-OCT-2026", "2026-10-05");
    is_day(&form, "5-October-2026", "2026-10-05");
    form.date = "%Y-%m-%d %H:%M:%S";
    is_day(&form, "2026-10-05 09:30:00", "2026-10-05");
    is_invalid(&form, &date, "2026-10-05 24:30:00", "hour 24");
    form.date = "100%% %Y-%m-%d";
    is_day(&form, "100% 2026-10-05", "2026-10-05");
    form.date = "%Y/%m/%d";
    is_day(&form, "２０２６／１０／０５", "2026-10-05");
}

static void moments(void **state)
{
    (void)state;
    is_moment(NULL, "2026-10-05T09:30:00", "2026-10-05T09:30:00");
    is_moment(NULL, "2026-10-05 09:30", "2026-10-05T09:30:00");
    is_moment(NULL, "2026/10/5 9:30:05.25", "2026-10-05T09:30:05.25");
    is_moment(NULL, "20261005093000", "2026-10-05T09:30:00");
    is_moment(NULL, "2026-10-05T01:30:00Z", "2026-10-05T09:30:00");
    is_moment(NULL, "2026-10-05T09:30:00+08:00", "2026-10-05T09:30:00");
    is_moment(NULL, "2026-10-05 03:30:00.123456+0200", "2026-10-05T09:30:00.123456");
    is_moment(NULL, "2026-10-05 09:30:00.1230000", "2026-10-05T09:30:00.123");
    is_moment(NULL, "2026-10-05 00:00:00", "2026-10-05T00:00:00");
    struct cell_format form = {.date = "%d.%m.%Y %H:%M"};
    is_moment(&form, "5.10.2026 9:30", "2026-10-05T09:30:00");
    is_invalid(NULL, &timestamp, "2026-10-05 09:60", "minute 60");
    is_invalid(NULL, &timestamp, "2026-10-05 09:30:60", "second 60");
    is_invalid(NULL, &timestamp, "2026-10-05 24:00:00", "hour 24");
    is_invalid(NULL, &timestamp, "2026-10-05 09:30 PM", "not a time");
    is_invalid(NULL, &timestamp, "2026-10-05 9", "not a time of day");
    is_invalid(NULL, &timestamp, "2026-10-05 09:30:00.1234567", "more than 6 decimal places");
    is_invalid(NULL, &timestamp, "2026-02-31 09:30", "31 February");
    is_invalid(NULL, &timestamp, "2026-10-05 09:30:00+99:00", "not a time");
}

static void a_moment_without_a_time_stands_for_its_day(void **state)
{
    (void)state;
    assert_int_equal(parse(NULL, &timestamp, "2026-10-05"), 0);
    assert_int_equal(value.word & 1, 1);
    int day;
    assert_int_equal(calendar_parse_day("2026-10-05", 10, &day), 0);
    assert_int_equal(zone_day(zone, value.word >> 1), day);
}

static void booleans(void **state)
{
    (void)state;
    static const char *const yes[] = {"true", "TRUE", "t", "yes", "Y", "1", "是", " 1 ", "１"};
    static const char *const no[] = {"false", "F", "no", "n", "0", "否"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        assert_int_equal(parse(NULL, &boolean, yes[i]), 0);
        assert_int_equal(value.word, 1);
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        assert_int_equal(parse(NULL, &boolean, no[i]), 0);
        assert_int_equal(value.word, 0);
    }
    is_invalid(NULL, &boolean, "2", "not one of: true");
    is_invalid(NULL, &boolean, "maybe", "not one of: true");
}

static void values_of_a_list(void **state)
{
    (void)state;
    assert_int_equal(parse(NULL, &status, "cancelled"), 0);
    assert_int_equal(value.word, 2);
    assert_int_equal(parse(NULL, &status, " draft "), 0);
    assert_int_equal(value.word, 0);
    is_invalid(NULL, &status, "approve", "not one of: draft, approved, cancelled");
    is_invalid(NULL, &status, "approvedx", "not one of");
    is_invalid(NULL, &status, "Draft", "not one of");
}

static void a_long_list_is_cut_in_its_reason(void **state)
{
    (void)state;
    char *values[60];
    for (size_t i = 0; i < 60; i++)
        values[i] = i == 59 ? "last" : "credit_controller";
    struct field roles = {.name = "role", .type = TYPE_ENUM, .values = values, .value_count = 60};
    is_invalid(NULL, &roles, "king", "credit_controller, …");
    assert_true(strlen(said_now()) < 256);
}

static void nulls_and_maps(void **state)
{
    (void)state;
    char *nulls[] = {"-", "无"};
    char *from[] = {"已审核", "作废", "未知"}, *to[] = {"approved", "cancelled", ""};
    struct cell_format format = {.nulls = nulls, .null_count = 2, .map = {from, to, 3}};
    assert_int_equal(parse(NULL, &text, ""), 0);
    assert_int_equal(value.is, CELL_IS_NULL);
    assert_int_equal(parse(NULL, &number, "   "), 0);
    assert_int_equal(value.is, CELL_IS_NULL);
    assert_int_equal(parse(&format, &number, "-"), 0);
    assert_int_equal(value.is, CELL_IS_NULL);
    assert_int_equal(parse(&format, &number, " 无 "), 0);
    assert_int_equal(value.is, CELL_IS_NULL);
    assert_int_equal(parse(&format, &status, "已审核"), 0);
    assert_int_equal(value.word, 1);
    assert_int_equal(parse(&format, &status, "未知"), 0);
    assert_int_equal(value.is, CELL_IS_NULL);
    assert_int_equal(parse(&format, &status, "draft"), 0);
    assert_int_equal(value.word, 0);
    is_invalid(&format, &status, "已审", "not one of");
}

static void text_stays_as_it_stands(void **state)
{
    (void)state;
    static const char *const kept[] = {"a b", "1,234", "销售订单",  "a\nb",
                                       "\"",  "=1+1",  "\U0001F600"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        assert_int_equal(parse(NULL, &text, kept[i]), 0);
        assert_int_equal(value.is, CELL_IS_TEXT);
        assert_int_equal(value.text.length, strlen(kept[i]));
    }
}

// As a text that outlives the reading.
static int read_text(const struct field *field, const char *given)
{
    return cell_parse(NULL, field, zone, given, strlen(given), &value, &reason);
}

static void is_text(const char *given, const char *expected)
{
    assert_int_equal(read_text(&text, given), 0);
    assert_int_equal(value.is, CELL_IS_TEXT);
    if (value.text.length != strlen(expected) ||
        memcmp(value.text.bytes, expected, value.text.length) != 0)
        fail_msg("%s: %.*s, expected %s", given, (int)value.text.length, value.text.bytes,
                 expected);
}

static void blanks_and_guards_are_no_part_of_a_text(void **state)
{
    (void)state;
    is_text(" a ", "a");
    is_text("\ta\n", "a");
    is_text("\u00A0a\u3000", "a");
    is_text("=\"0012345\"", "0012345");
    is_text("=\" 001 \"", "001");
    is_text("'0012345", "0012345");
    is_text("'=1+1", "=1+1");
    is_text("'tis", "'tis"); // no digit and no sign behind it
    is_text("=\"", "=\"");
    is_text("'", "'");
    is_text("=SUM(A1)", "=SUM(A1)");
    assert_int_equal(read_text(&text, "   "), 0);
    assert_int_equal(value.is, CELL_IS_NULL);
    assert_int_equal(read_text(&text, "=\"\""), 0);
    assert_int_equal(value.is, CELL_IS_NULL);
    is_number(NULL, "=\"54000.00\"", "54000");
    is_number(NULL, "'-12", "-12");
    is_day(NULL, "=\"2026-10-08\"", "2026-10-08");
}

static void rounded_ids_are_damaged(void **state)
{
    (void)state;
    static const struct field key = {.name = "k", .type = TYPE_TEXT, .key = true};
    static const struct field reference = {.name = "r", .type = TYPE_TEXT, .refers = true};
    is_invalid(NULL, &key, "2.02610E+17", "that a spreadsheet has rounded");
    is_invalid(NULL, &reference, " 1E+11 ", "that a spreadsheet has rounded");
    is_invalid(NULL, &key, "2,0261E+17", "that a spreadsheet has rounded");
    is_invalid(NULL, &key, "2.0261e+17", "that a spreadsheet has rounded");
    static const char *const sound[] = {"12E+11", "E+17", "A.2E+17", "2.E17", "2.1E+1", "2.1E+1x"};
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
        assert_int_equal(read_text(&key, sound[i]), 0);
    is_text("2.02610E+17", "2.02610E+17"); // no id
}

static void periods_are_months_however_they_are_written(void **state)
{
    (void)state;
    static const struct field period = {.name = "p", .type = TYPE_TEXT, .period = true};
    static const char *const october[] = {
        "2026-10",    "202610",       "2026/10", "2026.10",    "10/2026",
        "2026年10月", "2026年第10期", "Oct-26",  "Oct 2026",   "2026 Oct",
        "20261001",   "2026M10",      "2026010", "2026-10-31", "２０２６－１０",
        " 2026-10 ",  "october 2026", "10.2026", "2026P10",    "2026-10-01 00:00:00"};
    static const char *const others[] = {"10",   "202613",     "2026014", "26-Oct",
                                         "2026", "2026-10-32", "13/2026", "Q4 2026"};
    for (size_t i = 0; i < sizeof october / sizeof *october; i++)
        if (read_text(&period, october[i]) != 0 || value.text.length != 7 ||
            memcmp(value.text.bytes, "2026-10", 7) != 0)
            fail_msg("%s: %.*s", october[i], (int)value.text.length, value.text.bytes);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(read_text(&period, others[i]), 0);
        assert_int_equal(value.text.length, strlen(others[i])); // as it stands
    }
}

static void currency_marks_on_either_side(void **state)
{
    (void)state;
    is_number(NULL, "60,000.00 €", "60000");
    is_number(NULL, "EUR 12.50", "12.5");
    is_number(NULL, "-US$12", "-12");
    is_number(NULL, "12 CNY", "12");
    is_invalid(NULL, &number, "人民币12元", "two currency signs");
    is_invalid(NULL, &number, "12 PCS", "not a number"); // a unit
    parse(NULL, &number, "12 €");
    assert_true(value.mark != 0 && currency_mark_fits(value.mark, "EUR"));
    assert_false(currency_mark_fits(value.mark, "CNY"));
    parse(NULL, &number, "12");
    assert_int_equal(value.mark, 0);
}

static void percentages_are_hundredths(void **state)
{
    (void)state;
    static const struct field rate = {.name = "tax_rate", .type = TYPE_DECIMAL};
    static const struct field percent = {.name = "discount_pct", .type = TYPE_DECIMAL};
    assert_int_equal(parse(NULL, &rate, "13 %"), 0);
    assert_int_equal(value.number.coefficient, 13);
    assert_int_equal(value.number.scale, 2);
    assert_int_equal(parse(NULL, &rate, "-0.5%"), 0);
    assert_int_equal(value.number.coefficient, -5);
    assert_int_equal(value.number.scale, 3);
    assert_int_equal(parse(NULL, &percent, "13%"), 0);
    assert_int_equal(value.number.coefficient, 13);
    assert_int_equal(value.number.scale, 0);
    is_invalid(NULL, &whole, "13%", "percent");
}

static void hours_of_twelve_and_offsets(void **state)
{
    (void)state;
    struct cell_format twelve = {.date = "%m/%d/%Y %I:%M:%S %p"};
    is_moment(&twelve, "10/5/2026 3:21:05 PM", "2026-10-05T15:21:05");
    is_moment(&twelve, "10/6/2026 12:05:00 AM", "2026-10-06T00:05:00");
    is_moment(&twelve, "10/6/2026 12:05:00 p.m.", "2026-10-06T12:05:00");
    is_moment(&twelve, "10/6/2026 1:05:00 下午", "2026-10-06T13:05:00");
    is_invalid(&twelve, &timestamp, "10/6/2026 13:05:00 PM", "does not have the form");
    is_day(&twelve, "10/5/2026 3:21:05 PM", "2026-10-05");
    struct cell_format offset = {.date = "%Y-%m-%d %H:%M %z"};
    is_moment(&offset, "2026-10-31 16:30 +0000", "2026-11-01T00:30:00");
    is_moment(&offset, "2026-10-31 16:30 -01:00", "2026-11-01T01:30:00");
    is_moment(&offset, "2026-10-31 16:30 Z", "2026-11-01T00:30:00");
    is_day(&offset, "2026-10-31 16:30 +0000", "2026-11-01");
    is_day(&offset, "2026-10-31 16:30 +0800", "2026-10-31");
    struct cell_format zulu = {.date = "%Y-%m-%dT%H:%M:%SZ"};
    is_day(&zulu, "2026-10-31T16:30:00Z", "2026-11-01");
    is_moment(&zulu, "2026-10-31T16:30:00Z", "2026-11-01T00:30:00");
    struct cell_format named = {.date = "%d %b %Y %H:%M:%S.%f %Z"};
    is_moment(&named, "31 Oct 2026 16:30:00.250 UTC", "2026-11-01T00:30:00.25");
    is_invalid(&named, &timestamp, "31 Oct 2026 16:30:00.250 CET", "does not have the form");
    is_day(NULL, "2026-10-31T16:30:00Z", "2026-11-01"); // without a format too
    is_day(NULL, "2026-10-31T16:30:00+08:00", "2026-10-31");
}

static void serials_of_a_spreadsheet(void **state)
{
    (void)state;
    struct cell_format excel = {.date = "excel"}, apple = {.date = "excel1904"};
    is_day(&excel, "46300", "2026-10-05");
    is_day(&excel, "46300.64", "2026-10-05");
    is_day(&excel, "2026-10-07", "2026-10-07"); // a cell that was text
    is_moment(&excel, "46300.6395833333", "2026-10-05T15:21:00");
    is_day(&excel, "46300.9999999999", "2026-10-06"); // midnight, to the millisecond
    is_day(&excel, "1", "1900-01-01");
    is_day(&excel, "59", "1900-02-28");
    is_day(&excel, "61", "1900-03-01");
    is_invalid(&excel, &date, "60", "29 February 1900");
    is_invalid(&excel, &date, "0", "not the day number");
    is_invalid(&excel, &date, "abc", "not the day number");
    is_invalid(&excel, &date, "99999999", "not the day number");
    is_day(&apple, "44838", "2026-10-05");
    is_day(&apple, "0", "1904-01-01");
    is_invalid(NULL, &date, "46300", "format = \"excel\"");
}

static void numbers_are_rounded_however_long(void **state)
{
    (void)state;
    struct cell_format format = {.rounded = true, .places = 2, .rounding = ROUND_HALF_UP};
    is_number(&format, "51000.00000000001", "51000");
    is_number(&format, "1358640412.6999999990684979", "1358640412.7");
    is_number(&format, "0.005", "0.01");
    is_number(&format, "-0.005", "-0.01");
    is_number(&format, "99.995", "100");
    is_number(&format, "-999.999", "-1000");
    is_number(&format, "1.2", "1.2");
    format.rounding = ROUND_HALF_EVEN;
    is_number(&format, "0.125", "0.12");
    is_number(&format, "0.1250001", "0.13");
    is_number(&format, "0.135", "0.14");
    format.rounding = ROUND_DOWN;
    is_number(&format, "0.999", "0.99");
    format.rounding = ROUND_FLOOR;
    is_number(&format, "-0.991", "-1");
    format.rounding = ROUND_CEILING;
    is_number(&format, "-0.999", "-0.99");
    format = (struct cell_format){.rounded = true, .places = 0, .rounding = ROUND_UP};
    is_number(&format, "9.01", "10");
}

static void numbers_that_mean_two_are_not_read_in_doubt(void **state)
{
    (void)state;
    struct cell_format format = {.doubtful = true};
    is_invalid(&format, &number, "61.500", "can mean two numbers");
    is_invalid(&format, &number, "-12,345", "can mean two numbers");
    is_number(&format, "1234.5", "1234.5");
    is_number(&format, "0.500", "0.5");
    is_number(&format, "1,234.50", "1234.5");
    is_number(&format, "61500", "61500");
}

static void bytes_that_are_no_text(void **state)
{
    (void)state;
    is_invalid(NULL, &text, "abcdef\xB5", "invalid UTF-8 byte 0xB5 at byte 7 of the cell");
    is_invalid(NULL, &text, "\xC3", "invalid UTF-8 byte 0xC3 at byte 1");
    is_invalid(NULL, &text, "abcdefgh\xED\xA0\x80", "invalid UTF-8 byte 0xED at byte 9");
    is_invalid(NULL, &text, "\xC0\xAF", "invalid UTF-8 byte 0xC0");
    is_invalid(NULL, &text, "ab\xFF", "byte 3 of the cell is no text in the encoding");
    is_invalid(NULL, &number, "12\xB5", "invalid UTF-8 byte 0xB5 at byte 3");
    is_invalid(NULL, &status, "draft\x80", "invalid UTF-8 byte 0x80 at byte 6");
    for (size_t i = 0; i < 20; i++) { // wherever it stands, among the words that are read at once
        char cell[20];
        memset(cell, 'x', sizeof cell);
        cell[i] = '\0';
        assert_int_equal(parse_n(NULL, &text, cell, sizeof cell), -1);
        assert_non_null(strstr(said_now(), "NUL byte at byte "));
        cell[i] = (char)0x80;
        assert_int_equal(parse_n(NULL, &text, cell, sizeof cell), -1);
        cell[i] = 0x7F;
        assert_int_equal(parse_n(NULL, &text, cell, sizeof cell), 0);
    }
    assert_int_equal(parse_n(NULL, &number, "1\0", 2), -1);
    assert_non_null(strstr(said_now(), "NUL byte"));
    assert_int_equal(parse_n(NULL, &status, "approved\0\0\0\0", 12), -1);
    assert_non_null(strstr(said_now(), "NUL byte at byte 9"));
}

static void long_cells_are_no_numbers_and_no_dates(void **state)
{
    (void)state;
    char cell[5000];
    memset(cell, '1', sizeof cell - 1);
    cell[sizeof cell - 1] = '\0';
    is_invalid(NULL, &number, cell, "too long");
    is_invalid(NULL, &date, cell, "not a date");
    is_invalid(NULL, &timestamp, cell, "not a date");
    is_invalid(NULL, &boolean, cell, "not one of");
    memset(cell, ' ', sizeof cell - 3);
    memcpy(cell + sizeof cell - 3, "7", 2);
    is_number(NULL, cell, "7");
}

static int set_up(void **state)
{
    (void)state;
    zone = zone_new("Asia/Shanghai");
    return zone ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    zone_free(zone);
    buffer_clear(&reason);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_as_they_are_written),
        cmocka_unit_test(numbers_at_their_limits),
        cmocka_unit_test(appended_zeros_do_not_make_a_column_finer),
        cmocka_unit_test(numbers_that_are_none),
        cmocka_unit_test(numbers_of_a_declared_form),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(dates_as_they_are_written),
        cmocka_unit_test(dates_that_are_none),
        cmocka_unit_test(dates_of_a_declared_form),
        cmocka_unit_test(moments),
        cmocka_unit_test(a_moment_without_a_time_stands_for_its_day),
        cmocka_unit_test(booleans),
        cmocka_unit_test(values_of_a_list),
        cmocka_unit_test(a_long_list_is_cut_in_its_reason),
        cmocka_unit_test(nulls_and_maps),
        cmocka_unit_test(text_stays_as_it_stands),
        cmocka_unit_test(blanks_and_guards_are_no_part_of_a_text),
        cmocka_unit_test(rounded_ids_are_damaged),
        cmocka_unit_test(periods_are_months_however_they_are_written),
        cmocka_unit_test(currency_marks_on_either_side),
        cmocka_unit_test(percentages_are_hundredths),
        cmocka_unit_test(hours_of_twelve_and_offsets),
        cmocka_unit_test(serials_of_a_spreadsheet),
        cmocka_unit_test(numbers_are_rounded_however_long),
        cmocka_unit_test(numbers_that_mean_two_are_not_read_in_doubt),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(long_cells_are_no_numbers_and_no_dates),
    };
    return cmocka_run_group_tests_name("cell", tests, set_up, tear_down);
}
