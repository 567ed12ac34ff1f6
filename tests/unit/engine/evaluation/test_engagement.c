// SPDX-License-Identifier: MIT
#include "engine/evaluation/engagement_inside.h"

#include "adapters/import.h"
#include "tests/unit/engine_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[64], file[100];
static struct engagement *engagement;

static int set_up(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/vouch-XXXXXX", base ? base : "/tmp");
    if (!mkdtemp(folder))
        return -1;
    snprintf(file, sizeof file, "%s/audit.lua", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    engagement_free(engagement);
    engagement = NULL;
    unlink(file);
    return rmdir(folder);
}

static void load_with(const char *text, struct engagement_options options)
{
    FILE *out = fopen(file, "wb");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    struct error error = {0};
    engagement_free(engagement);
    options.rules_folder = VOUCH_RULES;
    options.imports = import_kinds();
    engagement = engagement_load(folder, &options, &error);
    if (!engagement)
        fail_msg("%s: %s", error.where, error.message);
}

static void load(const char *text)
{
    load_with(text, (struct engagement_options){0});
}

static void is_sound(void)
{
    for (int i = 0; i < engagement->diagnostic_count; i++)
        if (engagement->diagnostics[i].is_error)
            fail_msg("%s:%d: %s", engagement->diagnostics[i].file, engagement->diagnostics[i].line,
                     engagement->diagnostics[i].message);
}

static void complains(const char *part)
{
    assert_true(engagement->error_count > 0);
    for (int i = 0; i < engagement->diagnostic_count; i++)
        if (engagement->diagnostics[i].is_error && strstr(engagement->diagnostics[i].message, part))
            return;
    for (int i = 0; i < engagement->diagnostic_count; i++)
        print_error("%s\n", engagement->diagnostics[i].message);
    fail_msg("nothing says \"%s\"", part);
}

static void complains_at(int line, const char *part)
{
    for (int i = 0; i < engagement->diagnostic_count; i++)
        if (engagement->diagnostics[i].is_error && engagement->diagnostics[i].line == line &&
            strstr(engagement->diagnostics[i].message, part))
            return;
    fail_msg("nothing says \"%s\" of line %d", part, line);
}

static void settings_become_a_scope(void **state)
{
    (void)state;
    load("engagement { title = 'October', entity = 'Bearings', period = '2026-10', as_of = "
         "'2026-11-05',\n"
         " currency = 'USD', timezone = 'Europe/Berlin', language = 'zh',\n"
         " holidays = { '2026-10-02', '2026-10-01' }, workdays = { '2026-10-10' } }\n");
    is_sound();
    assert_string_equal(engagement->title, "October");
    assert_string_equal(engagement->language, "zh");
    const struct scope *scope = &engagement->scope;
    assert_int_equal(scope->from, day_at("2026-10-01"));
    assert_int_equal(scope->to, day_at("2026-10-31"));
    assert_int_equal(scope->as_of, day_at("2026-11-05"));
    assert_string_equal(scope->currency, "USD");
    assert_string_equal(zone_name(scope->zone), "Europe/Berlin");
    assert_int_equal(scope->holiday_count, 2);
    assert_int_equal(scope->holidays[0], day_at("2026-10-01"));
    assert_int_equal(scope->workday_count, 1);
    assert_true(engagement->control_count > 0);
    for (int i = 1; i < engagement->control_count; i++)
        assert_true(strcmp(engagement->controls[i - 1].id, engagement->controls[i].id) < 0);
    assert_null(engagement_control(engagement, "NONE-01"));
}

static void as_of_is_the_end_of_the_period(void **state)
{
    (void)state;
    load("engagement { title = 't', period = { from = '2026-10-05', to = '2026-10-20' } }\n");
    is_sound();
    assert_int_equal(engagement->scope.from, day_at("2026-10-05"));
    assert_int_equal(engagement->scope.as_of, day_at("2026-10-20"));
}

static void as_of_is_the_latest_extraction(void **state)
{
    (void)state;
    load("engagement { title = 't', period = '2026-10' }\n"
         "import.csv { folder = 'a', extracted = { at = '2026-11-02T09:00:00' } }\n"
         "import.csv { folder = 'b', extracted = { at = '2026-11-04', to = '2026-11-03' } }\n");
    is_sound();
    assert_int_equal(engagement->scope.as_of, day_at("2026-11-04"));
    load("engagement { title = 't', period = '2026-10', as_of = '2026-11-03' }\n"
         "import.csv { folder = 'a', extracted = { at = '2026-11-04' } }\n");
    assert_int_equal(engagement->scope.as_of, day_at("2026-11-03"));
    load("engagement { title = 't', period = '2026-10' }\n"
         "import.csv { folder = 'a', extracted = { at = '2026-09-04' } }\n");
    assert_int_equal(engagement->scope.as_of, day_at("2026-10-31"));
}

static void the_share_of_a_history_is_a_percentage(void **state)
{
    (void)state;
    load("engagement { title = 't', period = '2026-10' }\n");
    assert_int_equal(engagement->history_pct, 95);
    load("engagement { title = 't', period = '2026-10', history_pct = 80 }\n");
    is_sound();
    assert_int_equal(engagement->history_pct, 80);
    load("engagement { title = 't', period = '2026-10', history_pct = 101 }\n");
    assert_true(engagement->error_count > 0);
}

static void the_command_line_goes_first(void **state)
{
    (void)state;
    load_with(
        "engagement { title = 't', period = '2026-10', as_of = '2026-11-05', language = 'zh' }\n",
        (struct engagement_options){
            .period = "2026-09", .as_of = "2026-10-02", .language = "en", .only = "PRC-01"});
    is_sound();
    assert_int_equal(engagement->scope.from, day_at("2026-09-01"));
    assert_int_equal(engagement->scope.to, day_at("2026-09-30"));
    assert_int_equal(engagement->scope.as_of, day_at("2026-10-02"));
    assert_string_equal(engagement->language, "en");
    int selected = 0;
    for (int i = 0; i < engagement->control_count; i++)
        selected += engagement->controls[i].selected;
    assert_int_equal(selected, 1);
    assert_true(engagement_control(engagement, "PRC-01")->selected);
}

static void mistakes_are_named(void **state)
{
    (void)state;
    load("engagement { title = 't', period = 'October' }\n");
    complains("October");
    load("engagement { title = 't', period = '2026-10', timezone = 'Mars/Base' }\n");
    complains("Mars/Base");
    load("engagement { title = 't', period = '2026-10', holidays = { '2026-02-30' } }\n");
    complains("2026-02-30");
    load("engagement { title = 't', period = '2026-10', colour = 'red' }\n");
    complains("colour");
    load("engagement { title = 't', period = '2026-10' \n");
    complains("\"{\" is never closed");
    load("extend 'sales_ordr' { fields = { { 'x', text } } }\nengagement { title = 't', period = "
         "'2026-10' }\n");
    complains("sales_ordr");
    load("engagement { title = 't', period = '2026-10' }\nwhile true do end\n");
    complains("instructions");
    load(
        "engagement { title = 't', period = '2026-10' }\nwaivers 'waivers.csv'\nno_such_thing()\n");
    complains("no_such_thing");
}

static void what_a_system_may_approve_is_stated_whole(void **state)
{
    (void)state;
    load("engagement { period = '2026-10' }\n"
         "automatic_approval { by = 'JOB', limit = '5000.50', rule = 'R7' }\n"
         "automatic_approval { by = 'NIGHT', limit = 10, rule = 'R8' }\n");
    is_sound();
    const struct scope *scope = &engagement->scope;
    assert_int_equal(scope->automatic_count, 2);
    assert_string_equal(scope->automatic[0].by, "JOB");
    assert_true(scope->automatic[0].limit.coefficient == 50005);
    assert_string_equal(scope->automatic[1].rule, "R8");
    assert_true(scope->automatic[1].limit.coefficient == 10);
    load("engagement { period = '2026-10' }\n"
         "automatic_approval 'JOB'\n"
         "automatic_approval { limit = '1', rule = 'R' }\n"
         "automatic_approval { by = '', limit = '1', rule = 'R' }\n"
         "automatic_approval { by = 'JOB', limit = '1' }\n"
         "automatic_approval { by = 'JOB', rule = 'R' }\n"
         "automatic_approval { by = 'JOB', limit = '-1', rule = 'R' }\n"
         "automatic_approval { by = 'JOB', limit = 'five', rule = 'R' }\n"
         "automatic_approval { by = 'JOB', limit = { 1 }, rule = 'R' }\n"
         "automatic_approval { by = 'JOB', limit = '1', rule = 'R', limits = 3 }\n");
    static const char *const wrong[] = {
        "automatic_approval is a table",
        "by is missing",
        "by is missing",
        "rule is missing",
        "limit is an amount",
        "limit is an amount",
        "limit is an amount",
        "limit is an amount",
        "limits",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        complains_at((int)i + 2, wrong[i]);
}

static void a_rate_is_carried_for_up_to_a_year(void **state)
{
    (void)state;
    load("engagement { period = '2026-10' }\n");
    assert_int_equal(engagement->scope.rate_days, RATE_DAYS);
    load("engagement { period = '2026-10', rate_days = 0 }\n");
    is_sound();
    assert_int_equal(engagement->scope.rate_days, 0);
    static const char *const wrong[] = {"367", "-1", "'31'"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[100];
        snprintf(text, sizeof text, "engagement { period = '2026-10', rate_days = %s }\n",
                 wrong[i]);
        load(text);
        complains("rate_days");
    }
}

static void tables_and_fields_may_be_added(void **state)
{
    (void)state;
    load("table 'pallet' { key = { 'pallet_id' }, fields = { { 'pallet_id', text }, "
         "{ 'order_id', text, to = 'sales_order' } } }\n"
         "extend 'sales_order' { fields = { { 'colour', text } }, "
         "reverse = { pallets = { 'pallet', by = 'order' } } }\n"
         "engagement { title = 't', period = '2026-10' }\n");
    is_sound();
    int table = model_find_table(engagement->model, "pallet");
    assert_true(table >= 0);
    const struct model_table *order =
        &engagement->model->tables[model_find_table(engagement->model, "sales_order")];
    assert_true(model_find_field(order, "colour") >= 0);
    assert_true(model_find_reverse(order, "pallets") >= 0);
    load("table 'sales_order' { key = { 'x' }, fields = { { 'x', text } } }\n"
         "engagement { title = 't', period = '2026-10' }\n");
    complains("declared twice");
    load("extend 'sales_order' { fields = { { 'amount', text } } }\n"
         "engagement { title = 't', period = '2026-10' }\n");
    complains("declared twice");
}

static void what_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct error error = {0};
    struct engagement_options options = {.rules_folder = VOUCH_RULES};
    assert_null(engagement_load("/nowhere/at/all", &options, &error));
    assert_int_equal(error.kind, ERROR_USAGE);
    assert_null(engagement_load(folder, &options, &error)); // no audit.lua in it
}

// Writes a file below the folder, or takes it away again where `text` is NULL.
static void put(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (!text) {
        assert_int_equal(remove(path), 0);
        return;
    }
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

// Loads own controls, the second with a case inside, and these files of cases.
static void load_own(bool with_cases, const char *cases, const char *more)
{
    static const char *const folders[] = {"own", "own/cases"};
    char path[200];
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    put("own/a.lua", "control 'A-1' { title = 't', severity = 'low', population = 'customer',\n"
                     "  test = function(row) end }\n"
                     "control 'A-2' { title = 't', severity = 'low', population = 'customer',\n"
                     "  test = function(row) end, cases = { { 'inside', expect = {} } } }\n");
    put("own/cases/a.lua", cases);
    put("own/cases/b.lua", more);
    load_with("engagement { period = '2026-10' }\ncontrols { folder = 'own' }\n",
              (struct engagement_options){.with_cases = with_cases});
    for (size_t i = 0; i < 5; i++)
        put(((const char *[]){"own/cases/b.lua", "own/cases/a.lua", "own/cases", "own/a.lua",
                              "own"})[i],
            NULL);
}

static int files_of(int kind)
{
    int count = 0;
    for (int i = 0; i < engagement->file_count; i++)
        count += (int)engagement->files[i].kind == kind;
    return count;
}

static void cases_stand_apart_and_only_who_asks_gets_them(void **state)
{
    (void)state;
    load_own(true, "cases 'A-1' { { 'apart', expect = {} }, { 'more', expect = {} } }\n", "\n");
    is_sound();
    assert_int_equal(engagement->diagnostic_count, 0);
    const struct control *control = engagement_control(engagement, "A-1");
    assert_int_equal(control->case_count, 2);
    assert_string_equal(control->cases[1], "more");
    assert_string_equal(engagement->files[control->cases_index].name, "own/cases/a.lua");
    assert_string_equal(control->file, "own/a.lua");
    control = engagement_control(engagement, "A-2");
    assert_int_equal(control->case_count, 1);
    assert_int_equal(control->cases_index, control->file_index);
    assert_true(engagement_control(engagement, "PRC-01")->case_count > 0);
    // What is wrong in them is nobody else's concern, nor that a control has none.
    load_own(false, "this is no Lua", "cases 'NONE-01' {}");
    is_sound();
    assert_int_equal(engagement->diagnostic_count, 0);
    assert_int_equal(files_of(RULE_FILE_CASES), 0);
    assert_int_equal(engagement_control(engagement, "PRC-01")->case_count, 0);
}

static void cases_of_no_control_or_twice_are_errors(void **state)
{
    (void)state;
    load_own(true, "\ncases 'A-3' { { 'one', expect = {} } }\n", "\n");
    complains("cases \"A-3\": there is no such control");
    assert_int_equal(engagement->error_count, 1);
    assert_string_equal(engagement->diagnostics[0].file, "own/cases/a.lua");
    assert_int_equal(engagement->diagnostics[0].line, 2);
    load_own(true, "cases 'A-1' { { 'one', expect = {} } }\n",
             "\n\ncases 'A-1' { { 'two', expect = {} } }\n");
    complains("the control has cases already, in own/cases/a.lua");
    assert_string_equal(engagement->diagnostics[0].file, "own/cases/b.lua");
    assert_int_equal(engagement->diagnostics[0].line, 3);
    load_own(true, "cases 'A-2' { { 'one', expect = {} } }\n", "\n");
    complains("the control has cases already, in own/a.lua");
    load_own(true, "control 'A-3' { }\n", "\n");
    complains("unknown name \"control\"");
    assert_int_equal(engagement->error_count, 1); // cases are not blamed for what others lack
    load_own(true, "\n", "\n");
    is_sound();
    assert_int_equal(engagement->diagnostic_count, 1);
    assert_string_equal(engagement->diagnostics[0].file, "own/a.lua");
    assert_int_equal(engagement->diagnostics[0].line, 1);
    assert_non_null(strstr(engagement->diagnostics[0].message, "control A-1 has no cases"));
}

static void without_an_engagement_the_rules_stand_alone(void **state)
{
    (void)state;
    struct error error = {0};
    struct engagement_options options = {.rules_folder = VOUCH_RULES, .without_engagement = true};
    engagement = engagement_load(NULL, &options, &error);
    assert_non_null(engagement);
    is_sound();
    assert_non_null(engagement_control(engagement, "PRC-01"));
    assert_int_equal(engagement->model->table_count, 112);
}

static void is_period(const char *text, const char *from, const char *to)
{
    int first, last;
    if (calendar_parse_period(text, &first, &last) != 0)
        fail_msg("\"%s\" was not read", text);
    assert_int_equal(first, day_at(from));
    assert_int_equal(last, day_at(to));
}

static void periods_are_months_years_days_and_spans(void **state)
{
    (void)state;
    is_period("2026-10", "2026-10-01", "2026-10-31");
    is_period("2024-02", "2024-02-01", "2024-02-29");
    is_period("2026", "2026-01-01", "2026-12-31");
    is_period("2026-10-05", "2026-10-05", "2026-10-05");
    is_period("2026-10-05..2026-11-04", "2026-10-05", "2026-11-04");
}

static void other_texts_are_no_periods(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "October",
        "2026-13",
        "2026-00",
        "0000",
        "2026-10-32",
        "2026-1",
        "2026-10-",
        "26",
        "2026/10",
        "..",
        "2026-10-05..",
        "..2026-10-05",
        "2026-10-06..2026-10-05",
        "2026-10..2026-11",
        "20261",
        "202610",
        "-026",
    };
    int first, last;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (calendar_parse_period(wrong[i], &first, &last) == 0)
            fail_msg("\"%s\" was read as a period", wrong[i]);
}

static void misplaced_dashes_are_no_periods(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-1-", "20-6", "2-26-10", "2026--1", "2---"};
    int first, last;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (calendar_parse_period(wrong[i], &first, &last) == 0)
            fail_msg("\"%s\" was read as a period", wrong[i]);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(settings_become_a_scope),
        TEST(as_of_is_the_end_of_the_period),
        TEST(as_of_is_the_latest_extraction),
        TEST(the_share_of_a_history_is_a_percentage),
        TEST(the_command_line_goes_first),
        TEST(mistakes_are_named),
        TEST(what_a_system_may_approve_is_stated_whole),
        TEST(a_rate_is_carried_for_up_to_a_year),
        TEST(tables_and_fields_may_be_added),
        TEST(what_is_not_there_is_an_error),
        TEST(cases_stand_apart_and_only_who_asks_gets_them),
        TEST(cases_of_no_control_or_twice_are_errors),
        TEST(without_an_engagement_the_rules_stand_alone),
        TEST(periods_are_months_years_days_and_spans),
        TEST(other_texts_are_no_periods),
        TEST(misplaced_dashes_are_no_periods),
    };
    return cmocka_run_group_tests_name("engagement", tests, NULL, NULL);
}
