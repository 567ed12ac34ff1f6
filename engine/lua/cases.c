// SPDX-License-Identifier: MIT
// A case is a world of its own: data made of its `given` and sealed like imported ones, in which
// all counts as imported but what `absent` names, and the control with the parameters that it
// declares, not those of the engagement. Rows are tested one at a time, so that a reason can be
// told with its row. The cases of one file run in one child; what kills it costs the cases of that
// file.
#include "engine/lua/cases.h"

#include "engine/base/buffer.h"
#include "engine/base/buffer_json.h"
#include "engine/base/calendar.h"
#include "engine/base/memory.h"
#include "engine/base/process.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/data/extent.h"
#include "engine/data/statement.h"
#include "engine/language/rule_places.h"
#include "engine/lua/cases_inside.h"
#include "engine/lua/passing.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_json.h"
#include "engine/lua/tester.h"
#include "engine/lua/vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What testing a case came to: exceptions, and rows that could not be tested.
struct outcome {
    struct arena *arena; // of the keys and reasons
    struct block findings;
    struct untested {
        const char *key, *reason;
        bool is_error;
        bool expected;
    } * untested;
    size_t untested_count;
};

// ---- the data of a case

static int set_scope(struct scope *scope, const json_t *settings, struct error *error)
{
    const char *currency = json_string_value(json_object_get(settings, "currency"));
    const char *period = json_string_value(json_object_get(settings, "period"));
    const char *as_of = json_string_value(json_object_get(settings, "as_of"));
    const char *zone = json_string_value(json_object_get(settings, "timezone"));
    *scope = (struct scope){.from = CALENDAR_DAY_MIN,
                            .to = CALENDAR_DAY_MAX,
                            .as_of = CALENDAR_DAY_MAX,
                            .currency = currency ? currency : "CNY",
                            .zone = zone_new(zone ? zone : "Asia/Shanghai"),
                            .period_text = period ? period : "",
                            .rate_days = RATE_DAYS};
    if (!scope->zone)
        scope->zone = zone_new("UTC");
    const json_t *automatic = json_object_get(settings, "automatic_approval");
    const char *by = json_string_value(json_object_get(automatic, "by"));
    const char *limit = json_string_value(json_object_get(automatic, "limit"));
    struct decimal amount;
    if (by && limit && decimal_parse(limit, strlen(limit), &amount) == 0)
        scope_add_automatic(scope, by, amount, "");
    else if (automatic)
        return error_set(error, ERROR_USAGE, "",
                         "automatic_approval is { by = \"user\", limit = \"5000\" }");
    const char *people = json_string_value(json_object_get(settings, "people"));
    while (people && people_names[scope->people] &&
           strcmp(people_names[scope->people], people) != 0)
        scope->people++;
    if (!people_names[scope->people])
        return error_set(error, ERROR_USAGE, "", "people '%s' is not known", people);
    if (period && calendar_parse_period(period, &scope->from, &scope->to) != 0)
        return error_set(error, ERROR_USAGE, "", "period '%s' is none", period);
    if (as_of && calendar_parse_day(as_of, strlen(as_of), &scope->as_of) != 0)
        return error_set(error, ERROR_USAGE, "", "as_of '%s' is no day", as_of);
    return 0;
}

// Fields that any row of the table names, each as a column of the part.
static int declare_columns(struct part *part, const struct model_table *table, const json_t *rows,
                           int *columns, struct error *error)
{
    const json_t *row;
    size_t at;
    for (int field = 0; field < table->field_count; field++)
        columns[field] = table->fields[field].key
                             ? part_add_column(part, field, NULL, table->fields[field].name)
                             : -1;
    json_array_foreach(rows, at, row)
    {
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)row, name, value)
        {
            int field = model_find_field(table, name);
            if (field < 0)
                return error_set(error, ERROR_USAGE, "", "given: %s has no field '%s'", table->name,
                                 name);
            if (columns[field] < 0)
                columns[field] = part_add_column(part, field, NULL, name);
        }
    }
    return 0;
}

static void put_value(struct part *part, int column, const json_t *value)
{
    char digits[32];
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        text = digits;
    } else if (json_is_boolean(value)) {
        text = json_is_true(value) ? "true" : "false";
    }
    if (text)
        part_put(part, column, text, strlen(text), false);
}

static int put_row(struct part *part, const struct model_table *table, const int *columns,
                   const json_t *row, size_t number, struct error *error)
{
    char digits[32];
    for (int field = 0; field < table->field_count; field++) {
        const json_t *value = json_object_get(row, table->fields[field].name);
        enum type type = table->fields[field].type;
        if (value) {
            put_value(part, columns[field], value);
        } else if (table->fields[field].key && !table->fields[field].nullable &&
                   (type == TYPE_TEXT || type == TYPE_INT)) {
            snprintf(digits, sizeof digits, "%zu", number);
            part_put(part, columns[field], digits, strlen(digits), false);
        }
    }
    if (part_end_row(part, (int64_t)number) == 0)
        return 0;
    return error_set(error, ERROR_USAGE, "",
                     "given: row %zu of %s lacks a key that is no number or text", number,
                     table->name);
}

static int put_table(struct data *data, int source, const char *name, const json_t *rows,
                     struct error *error)
{
    int index = model_find_table(data->model, name);
    if (index < 0)
        return error_set(error, ERROR_USAGE, "", "given: the model has no table '%s'", name);
    if (!json_is_array(rows) && json_object_size(rows) > 0)
        return error_set(error, ERROR_USAGE, "",
                         "given: the rows of %s stand in a list, { { ... } }", name);
    const struct model_table *table = &data->model->tables[index];
    struct part *part = part_new(data->model, index, source, data->scope.zone);
    int *columns = memory_new((size_t)table->field_count, sizeof *columns);
    int result = declare_columns(part, table, rows, columns, error);
    for (size_t i = 0; i < json_array_size(rows) && result == 0; i++)
        result = put_row(part, table, columns, json_array_get(rows, i), i + 1, error);
    data_add_part(data, part);
    free(columns);
    return result;
}

static void mark_imported(struct data *data)
{
    for (int i = 0; i < data->model->table_count; i++) {
        struct table *table = &data->tables[i];
        table->imported = true;
        for (int field = 0; field < table->definition->field_count; field++)
            table->columns[field].imported = true;
    }
}

static void drop_column(struct column *column)
{
    column_clear(column);
    *column = (struct column){0};
}

static void drop_table(struct table *table)
{
    table->imported = false;
    table->rows = 0;
    for (int field = 0; field < table->definition->field_count; field++)
        drop_column(&table->columns[field]);
}

static int mark_absent(struct data *data, const json_t *absent, struct error *error)
{
    const json_t *item;
    size_t at;
    json_array_foreach(absent, at, item)
    {
        const char *name = json_string_value(item), *part;
        int table = model_find_table_of(data->model, name ? name : "", &part);
        int field = table < 0 || !part ? -1 : model_find_field(&data->model->tables[table], part);
        if (table < 0 || (part && field < 0))
            return error_set(error, ERROR_USAGE, "", "absent: there is no %s", name);
        if (part)
            drop_column(&data->tables[table].columns[field]);
        else
            drop_table(&data->tables[table]);
    }
    return 0;
}

// complete = { "approval" }, extracted = { voucher = "2026-10-31" }: what an engagement says of its
// data.
static int state(struct data *data, const json_t *settings, struct error *error)
{
    const json_t *complete = json_object_get(settings, "complete"), *day;
    const char *name;
    int to;
    for (size_t i = 0; i < json_array_size(complete); i++) {
        name = json_string_value(json_array_get(complete, i));
        int table = model_find_table(data->model, name ? name : "");
        if (table < 0)
            return error_set(error, ERROR_USAGE, "", "complete: there is no table %s",
                             name ? name : "");
        statement_add(data, STATE_COMPLETE, table, -1, NULL);
    }
    json_object_foreach((json_t *)json_object_get(settings, "extracted"), name, day)
    {
        int table = model_find_table(data->model, name);
        const char *text = json_string_value(day);
        if (table < 0 || !text || calendar_parse_day(text, strlen(text), &to) != 0)
            return error_set(error, ERROR_USAGE, "",
                             "extracted: write { table = \"2026-10-31\" }, not %s", name);
        extent_declare(data, table, CALENDAR_DAY_MIN, to);
    }
    return 0;
}

// Problems that a case can hardly want: cells that cannot be read. Dangling references are normal
// in a world of a few rows.
static int refuse_problems(const struct data *data, struct error *error)
{
    for (size_t i = 0; i < data->problems.count; i++) {
        const struct problem *item = &data->problems.items[i];
        if (item->kind != PROBLEM_DUPLICATE_KEY && item->kind != PROBLEM_REJECTED_RECORD)
            continue;
        return error_set_reason(error, ERROR_USAGE, "", item->reason, "given: row %lld of %s",
                                (long long)item->line, data->model->tables[item->table].name);
    }
    return 0;
}

// The sealed data of a case; NULL with `error` when it does not say what they are.
static struct data *make_data(const struct model *model, const json_t *settings,
                              struct error *error)
{
    struct scope scope;
    int result = set_scope(&scope, settings, error);
    struct data *data = data_new(model, scope);
    data->all_recorded = true;
    int source = data_add_source(data, "case", NULL, 0, NULL);
    const char *name;
    json_t *rows;
    json_object_foreach(json_object_get(settings, "given"), name, rows)
    {
        if (result == 0)
            result = put_table(data, source, name, rows, error);
    }
    data_join(data);
    mark_imported(data);
    if (result == 0)
        result = mark_absent(data, json_object_get(settings, "absent"), error);
    if (result == 0)
        result = state(data, settings, error);
    data_seal(data);
    if (result == 0 && refuse_problems(data, error) == 0)
        return data;
    data_free(data);
    return NULL;
}

// ---- testing

static void note_untested(struct outcome *outcome, const struct data *data, int table, uint32_t row,
                          const char *group, const struct block *block)
{
    for (int i = 0; i < block->reason_count; i++) {
        struct buffer key = {0};
        if (group)
            buffer_add_text(&key, group);
        else
            data_key(data, table, row, &key);
        outcome->untested = arena_extend(outcome->arena, outcome->untested, outcome->untested_count,
                                         sizeof *outcome->untested);
        outcome->untested[outcome->untested_count++] = (struct untested){
            arena_text(outcome->arena, buffer_text(&key)),
            arena_text(outcome->arena, block->reasons[i].words), block->errors > 0, false};
        buffer_clear(&key);
    }
}

static void test_case(struct tester *test, const struct data *data, const struct control *control,
                      int number, struct outcome *outcome, struct buffer *wrong)
{
    struct block members = {0};
    for (int i = 0; i < control->population_count; i++) {
        int table = control->populations[i];
        for (uint32_t row = 0; row < data->tables[table].rows; row++) {
            struct block block = {0};
            tester_rows(test, table, row, row + 1, &block);
            note_untested(outcome, data, table, row, NULL, &block);
            if (block.failure) {
                buffer_add_text(wrong, "failed: ");
                reason_add(block.failure, NULL, wrong);
            }
            for (size_t member = 0; member < block.member_count; member++)
                block_add_member(&members, block.members[member].key,
                                 strlen(block.members[member].key), block.members[member].reason,
                                 table, row);
            rests_add_all(block_arena(&members), &members.grouping, &block.grouping);
            block_merge(&outcome->findings, &block);
        }
    }
    block_sort_members(&members, data);
    for (size_t from = 0, to; from < members.member_count; from = to) {
        struct block block = {0};
        to = block_group_end(&members, from);
        struct block group = {.members = members.members + from,
                              .member_count = to - from,
                              .grouping = members.grouping};
        tester_groups(test, &group, &block);
        note_untested(outcome, data, group.members[0].table, group.members[0].row,
                      group.members[0].key, &block);
        if (block.failure) {
            buffer_add_text(wrong, "failed: ");
            reason_add(block.failure, NULL, wrong);
        }
        block_merge(&outcome->findings, &block);
    }
    passing_report_people(data, number, &outcome->findings);
    block_clear(&members);
}

// ---- comparing

static bool same_text_or_number(const char *found, const char *expected)
{
    struct decimal a, b;
    return strcmp(found, expected) == 0 ||
           (decimal_parse(found, strlen(found), &a) == 0 &&
            decimal_parse(expected, strlen(expected), &b) == 0 && decimal_compare(a, b) == 0);
}

// The expectation's value as text; integers and booleans may be written bare.
static const char *expected_text(const json_t *value, char scratch[32])
{
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_integer(value))
        snprintf(scratch, 32, "%lld", (long long)json_integer_value(value));
    else
        snprintf(scratch, 32, "%s", json_is_true(value) ? "true" : "false");
    return scratch;
}

static bool is_unknown(const struct finding *finding, const char *name)
{
    for (int i = 0; i < finding->unknown_count; i++)
        if (strcmp(finding->unknowns[i].name, name) == 0)
            return true;
    return false;
}

// Whether a finding rests on just these tables and columns: { "approval", "delivery.kind" }.
static bool rests_on(const struct data *data, const struct finding *finding, const json_t *names)
{
    size_t at;
    json_t *name;
    // An empty table is no array to JSON.
    bool matches = (int)json_array_size(names) == finding->rest_count;
    json_array_foreach((json_t *)names, at, name)
    {
        bool found = false;
        const char *text = json_string_value(name);
        for (int i = 0; i < finding->rest_count && text; i++) {
            const struct assumption *it = &data->assumptions[finding->rests[i]];
            struct buffer own = {0};
            buffer_add_text(&own, data->model->tables[it->table].name);
            if (it->field >= 0)
                buffer_printf(&own, ".%s", data->model->tables[it->table].fields[it->field].name);
            found |= strcmp(buffer_text(&own), text) == 0;
            buffer_clear(&own);
        }
        matches = matches && found;
    }
    return matches;
}

static const char *finding_text(const struct data *data, const struct finding *finding,
                                const char *name, struct buffer *scratch)
{
    buffer_reset(scratch);
    if (strcmp(name, "key") == 0)
        return finding->key;
    if (strcmp(name, "label") == 0)
        return finding->label;
    if (strcmp(name, "table") == 0)
        return data->model->tables[finding->table].name;
    if (strcmp(name, "severity") == 0)
        return severity_name(finding->severity);
    if (strcmp(name, "amount") == 0) {
        finding_amount(data, finding, scratch);
        return finding->has_amount         ? buffer_text(scratch)
               : is_unknown(finding, name) ? "unknown"
                                           : "none";
    }
    if (strcmp(name, "currency") == 0) {
        uint32_t code = finding->currency != DICTIONARY_NONE
                            ? finding->currency
                            : data_currency(data, finding->table, finding->row);
        return dictionary_get(data->texts, code).bytes;
    }
    for (int i = 0; i < finding->value_count; i++)
        if (strcmp(finding->values[i].name, name) == 0)
            return finding->values[i].text;
    return NULL;
}

static bool matches_finding(const struct data *data, const struct finding *finding,
                            const json_t *expected)
{
    const char *name;
    json_t *value;
    struct buffer scratch = {0};
    bool matches = true;
    json_object_foreach((json_t *)expected, name, value)
    {
        char text[32];
        if (strcmp(name, "assumed") == 0) {
            matches = matches && rests_on(data, finding, value);
            continue;
        }
        const char *found = finding_text(data, finding, name, &scratch);
        matches = matches && found && same_text_or_number(found, expected_text(value, text));
    }
    buffer_clear(&scratch);
    return matches;
}

static void describe_finding(const struct data *data, const struct finding *finding,
                             struct buffer *out)
{
    buffer_printf(out, "%s %s", data->model->tables[finding->table].name, finding->key);
    if (finding->label)
        buffer_printf(out, "#%s", finding->label);
    if (finding->has_amount) {
        buffer_add_text(out, " amount ");
        finding_amount(data, finding, out);
    }
    for (int i = 0; i < finding->value_count; i++)
        buffer_printf(out, " %s=%s", finding->values[i].name, finding->values[i].text);
    if (finding->rest_count > 0) {
        buffer_add_text(out, " assumed ");
        finding_assumptions(data, finding, out);
    }
}

// Adds to `wrong` what was expected and not found, and what was found and not expected.
static void compare(const struct data *data, struct outcome *outcome, const json_t *expectations,
                    struct buffer *wrong)
{
    const json_t *expected;
    size_t at;
    bool *taken = arena_take(outcome->arena, outcome->findings.finding_count, sizeof *taken);
    json_array_foreach(expectations, at, expected)
    {
        const char *reason = json_string_value(json_object_get(expected, "untestable"));
        const char *key = json_string_value(json_object_get(expected, "key"));
        bool found = false;
        for (size_t item = 0; reason && item < outcome->untested_count && !found; item++) {
            struct untested *untested = &outcome->untested[item];
            found = !untested->expected && !untested->is_error &&
                    strstr(untested->reason, reason) && (!key || strcmp(key, untested->key) == 0);
            untested->expected |= found;
        }
        for (size_t item = 0; !reason && item < outcome->findings.finding_count && !found; item++) {
            found =
                !taken[item] && matches_finding(data, &outcome->findings.findings[item], expected);
            taken[item] |= found;
        }
        if (!found) {
            buffer_printf(wrong, "%sexpected ", wrong->length ? "; " : "");
            buffer_add_json(wrong, expected, JSON_COMPACT | JSON_SORT_KEYS);
        }
    }
    for (size_t item = 0; item < outcome->findings.finding_count; item++)
        if (!taken[item]) {
            buffer_printf(wrong, "%sfound ", wrong->length ? "; " : "");
            describe_finding(data, &outcome->findings.findings[item], wrong);
        }
    for (size_t item = 0; item < outcome->untested_count; item++)
        if (!outcome->untested[item].expected)
            buffer_printf(wrong, "%s%s %s: %s", wrong->length ? "; " : "",
                          outcome->untested[item].is_error ? "error on" : "untestable",
                          outcome->untested[item].key, outcome->untested[item].reason);
}

// Adds to `wrong` where other rows passed with a note than expected: noted = { same_day = 2 }, or
// with their amounts { same_day = { 2, "100.00" } }.
static void compare_notes(const struct data *data, const struct outcome *outcome,
                          const json_t *expected, struct buffer *wrong)
{
    for (int kind = 0; expected && kind < PASS_NOTE_KINDS; kind++) {
        const struct pass_count *count = &outcome->findings.notes[kind];
        const json_t *value = json_object_get(expected, pass_note_name(kind));
        const json_t *rows = json_is_array(value) ? json_array_get(value, 0) : value;
        const char *amount = json_string_value(json_array_get(value, 1));
        struct buffer sums = {0};
        for (int i = 0; i < count->sum_count; i++) {
            const char *currency = dictionary_get(data->texts, count->sums[i].currency).bytes;
            buffer_add_text(&sums, i ? "; " : "");
            amount_format(count->sums[i].total, currency, false, &sums);
        }
        if (json_integer_value(rows) != (json_int_t)count->rows ||
            (amount && !same_text_or_number(buffer_text(&sums), amount)))
            buffer_printf(wrong, "%snoted %s: %zu %s", wrong->length ? "; " : "",
                          pass_note_name(kind), count->rows, buffer_text(&sums));
        buffer_clear(&sums);
    }
}

static void outcome_clear(struct outcome *outcome)
{
    arena_free(outcome->arena);
    block_clear(&outcome->findings);
}

static int check_names(const json_t *settings, struct error *error)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)settings, name, value)
    {
        if (!setting_find(case_settings, name))
            return error_set(error, ERROR_USAGE, "", "a case has no setting '%s'", name);
    }
    if (!json_object_get(settings, "expect"))
        return error_set(error, ERROR_USAGE, "", "a case says what to expect: expect = { ... }");
    return 0;
}

static int set_parameters(struct tester *test, const json_t *parameters, struct error *error)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)parameters, name, value)
    {
        if (tester_set_parameter(test, name, value) != 0)
            return error_set(error, ERROR_USAGE, "",
                             "the control has no parameter '%s' that takes this value", name);
    }
    return 0;
}

// Runs one case and adds to `wrong` what came out otherwise than it expects. -1 with `error` when
// it cannot be run.
static int run_case(const struct engagement *engagement, int number, const json_t *settings,
                    struct line_watch *watch, struct buffer *wrong, struct error *error)
{
    struct tester_limits limits = {.declared_parameters = true, .watch = watch};
    if (check_names(settings, error) != 0)
        return -1;
    struct data *data = make_data(engagement->model, settings, error);
    if (!data)
        return -1;
    struct tester *test = tester_new(engagement, data, number, &limits, error);
    struct outcome outcome = {.arena = arena_new()};
    int result = test ? set_parameters(test, json_object_get(settings, "parameters"), error) : -1;
    if (result == 0) {
        test_case(test, data, &engagement->controls[number], number, &outcome, wrong);
        compare(data, &outcome, json_object_get(settings, "expect"), wrong);
        compare_notes(data, &outcome, json_object_get(settings, "noted"), wrong);
    }
    outcome_clear(&outcome);
    tester_free(test);
    data_free(data);
    return result;
}

// ---- in the child: all cases of a file

struct job {
    const struct engagement *engagement;
    int file;  // that holds the cases
    int rules; // the controls of this rule file only; -1: of every one
    bool coverage;
};

// Whether the cases of a control are run in this job.
static bool in_job(const struct job *job, const struct control *control)
{
    return control->selected && control->cases_index == job->file &&
           (job->rules < 0 || control->file_index == job->rules);
}

// What the process of a file works with.
struct file_run {
    const struct job *job;
    lua_State *L;
    struct rule_places *places; // of the cases
    int tested_file;            // the file that `tested` and `watch` are about; -1: none yet
    struct rule_places *tested; // of the controls, which may stand in another file
    struct line_watch watch;
    json_t *results, *coverage;
};

static void add_result(struct file_run *run, const struct control *control, const char *name,
                       size_t number, const struct buffer *wrong)
{
    uint32_t line = run->places ? rule_places_case(run->places, control->id, number) : 0;
    json_t *result = json_pack("{s:s,s:s,s:i}", "control", control->id, "name", name, "line",
                               line ? (int)line : control->line);
    if (wrong->length)
        json_object_set_new(result, "message", json_string(buffer_text(wrong)));
    json_array_append_new(run->results, result);
}

// Makes ready to note which lines of a control run; false where its file cannot be read.
static bool watch_control(struct file_run *run, const struct control *control)
{
    const struct rule_file *file = &run->job->engagement->files[control->file_index];
    if (run->tested_file != control->file_index) {
        rule_places_free(run->tested);
        free(run->watch.ran);
        run->tested_file = control->file_index;
        run->tested = rule_places_new(file->text, file->length);
        run->watch = (struct line_watch){.line_count =
                                             run->tested ? rule_places_line_count(run->tested) : 0};
        snprintf(run->watch.chunk, sizeof run->watch.chunk, "=%s", file->name);
        run->watch.ran = memory_new((size_t)run->watch.line_count + 1, sizeof *run->watch.ran);
    }
    memset(run->watch.ran, 0, run->watch.line_count + 1);
    return run->tested != NULL;
}

static void add_coverage(struct file_run *run, const struct control *control)
{
    struct rule_lines lines;
    json_t *missed = json_array();
    rule_places_lines(run->tested, control->id, run->watch.ran, &lines);
    for (uint32_t i = 0; i < lines.missed_count; i++)
        json_array_append_new(missed, json_integer(lines.missed[i]));
    json_array_append_new(run->coverage,
                          json_pack("{s:s,s:s,s:i,s:o}", "control", control->id, "file",
                                    control->file, "lines", (int)lines.count, "missed", missed));
    rule_lines_clear(&lines);
}

json_t *cases_settings(lua_State *L, struct error *error)
{
    const char *wrong;
    json_t *settings = json_object();
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        json_t *value = script_to_json(L, -1, &wrong);
        if (!value) {
            error_set(error, ERROR_USAGE, "", "%s holds a %s", lua_tostring(L, -2), wrong);
            json_decref(settings);
            return NULL;
        }
        json_object_set_new(settings, lua_tostring(L, -2), value);
    }
    return settings;
}

static void run_control(struct file_run *run, int number)
{
    const struct control *control = &run->job->engagement->controls[number];
    lua_State *L = run->L;
    lua_settop(L, 0);
    bool watched = run->job->coverage && watch_control(run, control);
    vocabulary_push_cases(L, control->id);
    for (lua_Integer i = 1; lua_istable(L, 1) && lua_rawgeti(L, 1, i) == LUA_TTABLE; i++) {
        struct buffer wrong = {0};
        struct error error = {0};
        lua_rawgeti(L, 2, 1);
        const char *name = lua_type(L, 3) == LUA_TSTRING ? lua_tostring(L, 3) : "unnamed";
        lua_pushvalue(L, 2);
        json_t *settings = cases_settings(L, &error);
        if (!settings || run_case(run->job->engagement, number, settings,
                                  watched ? &run->watch : NULL, &wrong, &error) != 0)
            buffer_printf(&wrong, "%s%s%s", error.where, *error.where ? ": " : "", error.message);
        add_result(run, control, name, (size_t)i - 1, &wrong);
        json_decref(settings);
        buffer_clear(&wrong);
        lua_settop(L, 1);
    }
    if (watched)
        add_coverage(run, control);
}

lua_State *cases_load(const struct engagement *engagement, int number, struct error *error)
{
    lua_State *L = sandbox_new(NULL, 0, TESTER_BYTES, error);
    if (!L)
        return NULL;
    bool apart = engagement->files[number].kind == RULE_FILE_CASES;
    (apart ? vocabulary_cases : vocabulary_controls)(L);
    for (int i = 0; i < engagement->file_count; i++) {
        const struct rule_file *file = &engagement->files[i];
        if ((file->kind == RULE_FILE_LIBRARY || i == number) &&
            sandbox_run(L, file->name, file->text, file->length, error) != 0)
            return NULL;
    }
    return L;
}

static int run_file(void *context, struct buffer *out, struct error *error)
{
    const struct job *job = context;
    const struct engagement *engagement = job->engagement;
    const struct rule_file *file = &engagement->files[job->file];
    struct file_run run = {.job = job,
                           .tested_file = -1,
                           .L = cases_load(engagement, job->file, error),
                           .places = rule_places_new(file->text, file->length),
                           .results = json_array(),
                           .coverage = json_array()};
    if (!run.L)
        return -1;
    for (int i = 0; i < engagement->control_count; i++)
        if (in_job(job, &engagement->controls[i]))
            run_control(&run, i);
    buffer_add_json(out, json_pack("{s:o,s:o}", "results", run.results, "coverage", run.coverage),
                    JSON_COMPACT);
    return 0;
}

// ---- in the parent

static const char *keep(struct cases_report *report, const json_t *object, const char *name)
{
    return arena_text(report->arena, json_string_value(json_object_get(object, name)));
}

static void take_result(struct cases_report *report, const char *file, const json_t *result)
{
    const char *message = keep(report, result, "message");
    report->items = memory_resize(report->items, (size_t)report->count + 1, sizeof *report->items);
    report->items[report->count++] =
        (struct case_result){.control = keep(report, result, "control"),
                             .name = keep(report, result, "name"),
                             .file = arena_text(report->arena, file),
                             .line = (int)json_integer_value(json_object_get(result, "line")),
                             .passed = !message,
                             .message = message};
    report->failed += message != NULL;
}

static void take_coverage(struct cases_report *report, const json_t *item)
{
    const json_t *missed = json_object_get(item, "missed");
    size_t count = json_array_size(missed);
    report->coverage = memory_resize(report->coverage, (size_t)report->coverage_count + 1,
                                     sizeof *report->coverage);
    struct case_coverage *coverage = &report->coverage[report->coverage_count++];
    *coverage =
        (struct case_coverage){.control = keep(report, item, "control"),
                               .file = keep(report, item, "file"),
                               .lines = (int)json_integer_value(json_object_get(item, "lines")),
                               .missed = arena_take(report->arena, count, sizeof *coverage->missed),
                               .missed_count = (int)count};
    for (size_t i = 0; i < count; i++)
        coverage->missed[i] = (int)json_integer_value(json_array_get(missed, i));
}

static void run_in_child(const struct job *job, struct cases_report *report)
{
    static const struct limits limits = {
        .cpu_seconds = 600, .wall_seconds = 900, .bytes = (size_t)2 << 30};
    const char *file = job->engagement->files[job->file].name;
    struct buffer text = {0};
    struct error error = {0};
    json_t *all = NULL, *item;
    size_t at;
    if (process_run(run_file, (void *)job, &limits, file, &text, &error) == 0)
        all = json_loadb(buffer_text(&text), text.length, 0, NULL);
    buffer_clear(&text);
    if (!all)
        all = json_pack("{s:[{s:s,s:s,s:s}]}", "results", "control", file, "name", "all cases",
                        "message", error.message[0] ? error.message : "came back damaged");
    json_array_foreach(json_object_get(all, "results"), at, item) take_result(report, file, item);
    json_array_foreach(json_object_get(all, "coverage"), at, item) take_coverage(report, item);
    json_decref(all);
}

// The file of the engagement that has this path, or -1.
static int find_file(const struct engagement *engagement, const char *path)
{
    for (int i = 0; path && i < engagement->file_count; i++)
        if (strcmp(engagement->files[i].path, path) == 0)
            return i;
    return -1;
}

void cases_run(const struct engagement *engagement, const char *file, bool coverage,
               struct cases_report *report)
{
    *report = (struct cases_report){.arena = arena_new()};
    int only = find_file(engagement, file);
    bool of_rules = only >= 0 && engagement->files[only].kind == RULE_FILE_CONTROLS;
    for (int i = 0; i < engagement->file_count; i++) {
        struct job job = {engagement, i, of_rules ? only : -1, coverage};
        bool any = false;
        if (file && !of_rules && i != only)
            continue;
        for (int number = 0; number < engagement->control_count; number++) {
            const struct control *control = &engagement->controls[number];
            if (!in_job(&job, control))
                continue;
            any |= control->case_count > 0 || coverage;
            report->without += control->case_count == 0;
        }
        if (any)
            run_in_child(&job, report);
    }
}

void cases_report_clear(struct cases_report *report)
{
    free(report->items);
    free(report->coverage);
    arena_free(report->arena);
    *report = (struct cases_report){0};
}
