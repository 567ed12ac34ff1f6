// SPDX-License-Identifier: MIT
// What goes into "deterministic" comes from the input and the settings: no clock, no number of
// jobs, no folder of the results; its members are added in one order, since its hash is over its
// text. Everything else is "times" or "places".
#include "reports/files/run_record.h"

#include "engine/base/buffer_json.h"
#include "engine/base/calendar.h"
#include "engine/base/currency.h"
#include "engine/base/memory.h"
#include "engine/data/statement.h"
#include "reports/figures/coverage.h"
#include "reports/figures/documents.h"
#include "reports/figures/grading.h"
#include "reports/figures/risk.h"
#include "reports/figures/system_actors.h"
#include "reports/files/json_text.h"
#include "reports/files/version.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static json_t *texts_json(char *const *texts)
{
    json_t *array = json_array();
    for (; texts && *texts; texts++)
        json_append(array, json_text(*texts));
    return array;
}

static json_t *formats_json(void)
{
    json_t *formats = json_object();
    json_set(formats, "run.json", json_integer(RUN_RECORD_FORMAT));
    json_set(formats, "jsonl", json_integer(EXCEPTIONS_JSONL_FORMAT));
    json_set(formats, "csv", json_integer(CSV_FILES_FORMAT));
    json_set(formats, "xlsx", json_integer(XLSX_FORMAT));
    json_set(formats, "html", json_integer(HTML_FORMAT));
    return formats;
}

static json_t *engagement_json(const struct engagement *engagement)
{
    const char *slash = strrchr(engagement->file, '/');
    json_t *object = json_object();
    json_set(object, "file", json_text(slash ? slash + 1 : engagement->file));
    json_set(object, "title", json_text(engagement->title));
    json_set(object, "entity", json_text(engagement->entity));
    return object;
}

static json_t *command_line_json(const struct run *run)
{
    json_t *object = json_object();
    json_set(object, "language", json_text(run->language));
    json_set(object, "only", json_text(run->only));
    json_set(object, "parameters", texts_json(run->overrides));
    json_set(object, "formats", texts_json((char *const *)run->formats));
    json_set(object, "mask", mask_json(run->mask));
    json_set(object, "no_assumptions", json_boolean(run->data->refuses_all));
    return object;
}

static json_t *scope_json(const struct scope *scope)
{
    json_t *object = json_object();
    json_set(object, "period", json_text(scope->period_text));
    json_set(object, "from", json_day(scope->from));
    json_set(object, "to", json_day(scope->to));
    json_set(object, "as_of", json_day(scope->as_of));
    json_set(object, "currency", json_text(scope->currency));
    json_set(object, "timezone", json_text(scope->zone ? zone_name(scope->zone) : NULL));
    return object;
}

static json_t *sources_json(const struct data *data)
{
    json_t *array = json_array();
    for (size_t i = 0; i < data->source_count; i++) {
        const struct source *source = &data->sources[i];
        json_t *object = json_object();
        json_set(object, "name", json_text(source->name));
        json_set(object, "sha256", json_text(source->sha256));
        json_set(object, "bytes", json_integer(source->bytes));
        if (source->details)
            json_set(object, "details", json_incref(source->details));
        json_append(array, object);
    }
    return array;
}

// The part of `path` below `folder`, or NULL.
static const char *below(const char *path, const char *folder)
{
    size_t length = folder ? strlen(folder) : 0;
    while (length > 0 && folder[length - 1] == '/')
        length--;
    return length > 0 && strncmp(path, folder, length) == 0 && path[length] == '/'
               ? path + length + 1
               : NULL;
}

static json_t *rule_file_json(const struct run *run, const struct rule_file *file)
{
    static const char *const kinds[] = {
        [RULE_FILE_MODEL] = "model",           [RULE_FILE_LIBRARY] = "library",
        [RULE_FILE_ENGAGEMENT] = "engagement", [RULE_FILE_CONTROLS] = "controls",
        [RULE_FILE_CASES] = "cases",
    };
    // The engagement file lies in its folder, however the two were named.
    const char *slash = strrchr(file->path, '/');
    const char *in_engagement = file->kind == RULE_FILE_ENGAGEMENT
                                    ? (slash ? slash + 1 : file->path)
                                    : below(file->path, run->engagement->folder);
    const char *in_rules = below(file->path, run->rules_folder);
    json_t *object = json_object();
    json_set(object, "name", json_text(file->name));
    json_set(object, "kind", json_text(kinds[file->kind]));
    json_set(object, "sha256", json_text(file->sha256));
    json_set(object, "base", json_text(in_rules ? "rules" : in_engagement ? "engagement" : ""));
    json_set(object, "path",
             json_text(in_rules        ? in_rules
                       : in_engagement ? in_engagement
                                       : file->path));
    return object;
}

static json_t *rule_files_json(const struct run *run)
{
    json_t *array = json_array();
    for (int i = 0; i < run->engagement->file_count; i++)
        json_append(array, rule_file_json(run, &run->engagement->files[i]));
    return array;
}

static json_t *tables_json(const struct data *data)
{
    json_t *object = json_object();
    for (int i = 0; i < data->model->table_count; i++) {
        const struct table *table = &data->tables[i];
        if (!table->imported)
            continue;
        json_t *counts = json_object();
        json_set(counts, "records_read", json_integer((json_int_t)table->records_read));
        json_set(counts, "loaded", json_integer(table->rows));
        json_set(counts, "rejected", json_integer((json_int_t)table->records_rejected));
        json_set(counts, "left_out",
                 json_integer((json_int_t)table->records_left_out[LEFT_OUT_CONDITION]));
        json_set(counts, "footers",
                 json_integer((json_int_t)table->records_left_out[LEFT_OUT_FOOTER]));
        json_set(counts, "repeated", json_integer((json_int_t)table->records_repeated));
        json_set(counts, "merged", json_integer((json_int_t)table->records_merged));
        json_set(object, table->definition->name, counts);
    }
    return object;
}

static json_t *total_json(struct total total, int places)
{
    struct buffer text = {0};
    total_format(total, places, false, &text);
    json_t *json = total.beyond ? json_null() : json_text(buffer_text(&text));
    buffer_clear(&text);
    return json;
}

static json_t *expectations_json(const struct data *data)
{
    json_t *array = json_array();
    for (size_t i = 0; i < data->expectation_count; i++) {
        const struct expectation *expectation = &data->expectations[i];
        const struct model_table *table = &data->model->tables[expectation->table];
        json_t *object = json_object();
        json_set(object, "table", json_text(table->name));
        json_set(object, "column",
                 json_text(expectation->field < 0 ? NULL : table->fields[expectation->field].name));
        json_set(object, "expected", json_text(expectation->expected));
        json_set(object, "actual", total_json(expectation->actual, 0));
        json_t *sources = json_array();
        for (int source = 0; source < expectation->sources; source++)
            json_append(sources, json_text(data->sources[expectation->source + source].name));
        json_set(object, "sources", sources);
        json_set(object, "met", json_boolean(expectation->met));
        json_append(array, object);
    }
    return array;
}

static json_t *counts_json(const struct run *run)
{
    const struct verdict *verdict = &run->verdict;
    json_t *problems = json_object(), *controls = json_object(), *exceptions = json_object(),
           *waived = json_object();
    for (int i = 0; i < PROBLEM_KINDS; i++)
        json_set(problems, problem_kind_name((enum problem_kind)i),
                 json_integer((json_int_t)verdict->problems[i]));
    for (int i = 0; i <= STATUS_DISABLED; i++)
        json_set(controls, status_name((enum control_status)i),
                 json_integer((json_int_t)verdict->statuses[i]));
    for (int i = SEVERITY_CRITICAL; i >= SEVERITY_LOW; i--) {
        json_set(exceptions, severity_name((enum severity)i),
                 json_integer((json_int_t)verdict->exceptions[i]));
        json_set(waived, severity_name((enum severity)i),
                 json_integer((json_int_t)verdict->waived[i]));
    }
    json_t *object = json_object();
    json_set(object, "evaluated_rows", json_integer((json_int_t)run->evaluation->evaluated_rows));
    json_set(object, "controls", controls);
    json_set(object, "exceptions", exceptions);
    json_set(object, "waived", waived);
    json_set(object, "waiver_warnings", json_integer((json_int_t)verdict->waiver_warnings));
    json_set(object, "data_problems", problems);
    json_set(object, "missed_expectations", json_integer((json_int_t)verdict->missed_expectations));
    json_set(object, "required_not_fully_tested", json_integer((json_int_t)verdict->required_open));
    return object;
}

// What the engagement states about data that are not there, and who stated it.
static json_t *statements_json(const struct run *run)
{
    json_t *array = json_array();
    for (size_t i = 0; i < run->engagement->statement_count; i++) {
        const struct statement *it = &run->data->statements[i];
        const struct stating *by = &run->engagement->statings[i];
        const char *against = statement_contradiction(run->data, it);
        struct buffer subject = {0};
        json_t *object = json_object();
        statement_subject(run->data, it, &subject);
        json_set(object, "kind", json_text(statement_name(it->kind)));
        json_set(object, "subject", json_text(buffer_text(&subject)));
        json_set(object, "by", json_text(by->by));
        json_set(object, "on", json_text(by->on));
        json_set(object, "because", json_text(by->because));
        json_set(object, "reference", json_text(by->reference));
        json_set(object, "standing", json_text(standing_name(statement_standing(run->data, it))));
        json_set(object, "contradicted_by", json_text(against));
        json_append(array, object);
        buffer_clear(&subject);
    }
    return array;
}

static json_t *assumption_json(const struct run *run, const struct coverage_rest *rest)
{
    const struct assumption *it = &run->data->assumptions[rest->assumption];
    struct buffer text = {0};
    json_t *object = json_object();
    assumption_name(run->data, rest->assumption, &text);
    json_set(object, "assumption", json_text(buffer_text(&text)));
    buffer_reset(&text);
    assumption_sentence(run->data, rest->assumption, "en", &text);
    json_set(object, "sentence", json_text(buffer_text(&text)));
    buffer_clear(&text);
    json_set(object, "accuses", json_boolean(it->accuses));
    json_set(object, "acquits", json_boolean(it->acquits));
    json_set(object, "origin", json_text(assumption_origin_name(it->origin)));
    json_set(object, "controls", json_integer((json_int_t)rest->controls));
    json_set(object, "exception_rows", json_integer((json_int_t)rest->exceptions));
    json_set(object, "passed_rows", json_integer((json_int_t)rest->passed));
    return object;
}

static json_t *lack_json(const struct run *run, const struct coverage_lack *lack)
{
    struct buffer name = {0};
    json_t *object = json_object();
    lack_name(run->data, &lack->lack, &name);
    json_set(object, "name", json_text(buffer_text(&name)));
    json_set(object, "controls", json_integer((json_int_t)lack->controls));
    json_set(object, "alone", json_integer((json_int_t)lack->alone));
    buffer_clear(&name);
    return object;
}

// What system users did.
static json_t *systems_json(const struct run *run)
{
    struct system_acts acts;
    json_t *array = json_array();
    system_acts_init(&acts, run->arena, run->data);
    for (size_t i = 0; i < acts.count; i++) {
        const struct system_act *it = &acts.items[i];
        const struct model_table *table = &run->data->model->tables[it->table];
        json_t *object = json_object(), *amounts = json_object();
        struct buffer act = {0};
        buffer_printf(&act, "%s.%s", table->name, table->fields[it->field].name);
        for (size_t sum = 0; sum < it->amounts.count; sum++)
            json_set(amounts, it->amounts.items[sum].currency,
                     total_json(it->amounts.items[sum].total,
                                currency_digits(it->amounts.items[sum].currency)));
        json_set(object, "user", json_text(it->user));
        json_set(object, "act", json_text(buffer_text(&act)));
        json_set(object, "documents", json_integer((json_int_t)it->documents));
        json_set(object, "amounts", amounts);
        json_append(array, object);
        buffer_clear(&act);
    }
    return array;
}

// How much was tested, what it rests on, what is missing.
static void set_coverage(json_t *object, const struct run *run)
{
    struct coverage coverage;
    json_t *counts = json_object(), *assumptions = json_array(), *missing = json_array();
    coverage_init(&coverage, run);
    json_set(counts, "controls", json_integer((json_int_t)coverage.controls));
    json_set(counts, "controls_tested", json_integer((json_int_t)coverage.tested));
    json_set(counts, "controls_resting", json_integer((json_int_t)coverage.resting));
    json_set(counts, "rows_tested", json_integer((json_int_t)coverage.rows));
    json_set(counts, "rows_untestable", json_integer((json_int_t)coverage.untestable));
    json_set(counts, "exceptions_established", json_integer((json_int_t)coverage.established));
    json_set(counts, "exceptions_assumed", json_integer((json_int_t)coverage.assumed));
    for (size_t i = 0; i < coverage.rest_count; i++)
        json_append(assumptions, assumption_json(run, &coverage.rests[i]));
    for (size_t i = 0; i < coverage.lack_count; i++)
        json_append(missing, lack_json(run, &coverage.lacks[i]));
    json_set(object, "coverage", counts);
    json_set(object, "assumptions", assumptions);
    json_set(object, "statements", statements_json(run));
    json_set(object, "missing", missing);
    json_set(object, "system_actors", systems_json(run));
}

static json_t *parameters_json(const struct control *control)
{
    json_t *object = json_object();
    for (int i = 0; i < control->parameter_count; i++)
        json_set(object, control->parameters[i].name, json_incref(control->parameters[i].value));
    return object;
}

// Of the rows that passed, those of one day and those within a tolerance, with their amounts.
static void add_notes(json_t *object, const struct control_result *result)
{
    for (int kind = 0; kind < PASS_NOTE_KINDS; kind++) {
        const struct noted_rows *noted = &result->notes[kind];
        if (noted->rows == 0)
            continue;
        struct buffer name = {0};
        json_t *about = json_object(), *amounts = json_object();
        for (size_t i = 0; i < noted->amounts.count; i++) {
            const struct sum *sum = &noted->amounts.items[i];
            json_set(amounts, sum->currency,
                     total_json(sum->total, currency_digits(sum->currency)));
        }
        json_set(about, "rows", json_integer((json_int_t)noted->rows));
        json_set(about, "amounts", amounts);
        buffer_printf(&name, "passed_%s", pass_note_name((enum pass_note_kind)kind));
        json_set(object, buffer_text(&name), about);
        buffer_clear(&name);
    }
}

// What another run is compared with.
static json_t *controls_json(const struct run *run)
{
    static const char *const scopes[] = {
        [SCOPE_PERIOD] = "period", [SCOPE_OPEN] = "open", [SCOPE_ALL] = "all"};
    json_t *controls = json_object();
    for (int i = 0; i < run->engagement->control_count; i++) {
        const struct control *control = &run->engagement->controls[i];
        const struct control_result *result = &run->evaluation->results[i];
        if (!run_has_control(run, i))
            continue;
        json_t *object = json_object();
        json_set(object, "status", json_text(status_name(result->status)));
        json_set(object, "scope", json_text(scopes[control->scope]));
        json_set(object, "tested", json_integer((json_int_t)result->tested));
        json_set(object, "passed_assumed", json_integer((json_int_t)result->passed_assumed));
        add_notes(object, result);
        json_set(object, "untestable", json_integer((json_int_t)result->untestable));
        json_set(object, "errors", json_integer((json_int_t)result->errors));
        json_set(object, "rule", json_text(control->hash));
        json_set(object, "parameters", parameters_json(control));
        json_set(controls, control->id, object);
    }
    return controls;
}

static json_t *kind_json(enum amount_kind kind)
{
    return json_text(kind == AMOUNT_UNSTATED ? "" : amount_kind_name(kind));
}

// What is at risk, before and after waivers.
static json_t *amounts_json(const struct run *run)
{
    struct risks risks;
    json_t *array = json_array();
    risks_init(&risks, run);
    for (size_t i = 0; i < risks.count; i++) {
        const struct risk *it = &risks.items[i];
        int digits = currency_digits(it->currency);
        json_t *object = json_object();
        json_set(object, "kind", kind_json(it->kind));
        json_set(object, "currency", json_text(it->currency));
        json_set(object, "assumed", json_boolean(it->assumed));
        json_set(object, "negative", json_boolean(it->negative));
        json_set(object, "exceptions", json_integer((json_int_t)it->exceptions));
        json_set(object, "amount", total_json(it->all, digits));
        json_set(object, "open_amount", total_json(it->open, digits));
        json_append(array, object);
    }
    return array;
}

// Each document once.
static json_t *document_amounts_json(const struct documents *documents)
{
    json_t *array = json_array();
    for (size_t i = 0; i < documents->totals.count; i++) {
        const struct sum *it = &documents->totals.items[i];
        json_t *object = json_object();
        json_set(object, "kind", kind_json(it->kind));
        json_set(object, "currency", json_text(it->currency));
        json_set(object, "negative", json_boolean(it->negative));
        json_set(object, "documents", json_integer((json_int_t)it->count));
        json_set(object, "amount", total_json(it->total, currency_digits(it->currency)));
        json_append(array, object);
    }
    return array;
}

// A suggestion, with the thresholds that it rests on.
static json_t *grading_json(const struct run *run)
{
    const struct materiality *materiality = &run->engagement->materiality;
    struct grading grading;
    if (!materiality->stated)
        return json_null();
    json_t *object = json_object(), *controls = json_object();
    grading_init(&grading, run);
    json_set(object, "suggestion", json_true());
    json_set(object, "currency", json_text(run->data->scope.currency));
    json_set(object, "material_from", json_decimal(materiality->amount));
    json_set(object, "significant_from", json_decimal(materiality->significant));
    json_set(object, "material_count", json_integer((json_int_t)materiality->material_count));
    json_set(object, "significant_count", json_integer((json_int_t)materiality->significant_count));
    for (int i = 0; i < grading.count; i++)
        if (grading.controls[i].grade != GRADE_NONE)
            json_set(controls, run->engagement->controls[i].id,
                     json_text(grade_name(grading.controls[i].grade)));
    json_set(object, "controls", controls);
    return object;
}

static void set_documents(json_t *object, const struct run *run)
{
    struct documents documents;
    json_t *counts = json_object();
    documents_init(&documents, run);
    json_set(counts, "distinct", json_integer((json_int_t)documents.count));
    json_set(counts, "of_several_controls", json_integer((json_int_t)documents.shared));
    json_set(object, "documents", counts);
    json_set(counts, "amounts", document_amounts_json(&documents));
    json_set(object, "amounts", amounts_json(run));
    documents_clear(&documents);
}

// Files beside the engagement that are neither sources nor rules.
static json_t *lists_json(const struct run *run)
{
    json_t *array = json_array();
    for (size_t i = 0; i < run->list_count; i++) {
        json_t *object = json_object();
        json_set(object, "name", json_text(run->lists[i].name));
        json_set(object, "kind", json_text(run->lists[i].kind));
        json_set(object, "sha256", json_text(run->lists[i].sha256));
        json_set(object, "bytes", json_integer(run->lists[i].bytes));
        json_append(array, object);
    }
    return array;
}

json_t *run_record_stated(const struct run *run, const struct output *output)
{
    json_t *object = json_object();
    json_set(object, "version", json_text(VOUCH_VERSION));
    json_set(object, "formats", formats_json());
    json_set(object, "engagement", engagement_json(run->engagement));
    json_set(object, "command_line", command_line_json(run));
    json_set(object, "scope", scope_json(&run->data->scope));
    if (run->engagement->settings)
        json_set(object, "settings", json_incref(run->engagement->settings));
    json_set(object, "previous", json_text(run->previous_sha256));
    json_set(object, "sources", sources_json(run->data));
    json_set(object, "rule_files", rule_files_json(run));
    json_set(object, "lists", lists_json(run));
    json_set(object, "results", json_files(output));
    json_set(object, "tables", tables_json(run->data));
    json_set(object, "expectations", expectations_json(run->data));
    json_set(object, "controls", controls_json(run));
    json_set(object, "counts", counts_json(run));
    set_coverage(object, run);
    set_documents(object, run);
    json_set(object, "grading", grading_json(run));
    json_set(object, "complete", json_boolean(!run->verdict.incomplete));
    json_set(object, "notes", run->import_notes ? json_incref(run->import_notes) : json_array());
    return object;
}

static int64_t milliseconds(struct timespec from, struct timespec to)
{
    return (int64_t)(to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
}

bool run_record_fixed_time(struct timespec *at)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    if (!text || !*text)
        return false;
    char *end;
    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    if (*end || errno || seconds < 0 || seconds > 253402300799)
        return false;
    *at = (struct timespec){.tv_sec = (time_t)seconds};
    return true;
}

// Milliseconds of processor time by control: which to look at when a run takes long.
static json_t *efforts_json(const struct run *run, bool shown)
{
    json_t *object = json_object();
    for (int i = 0; i < run->engagement->control_count; i++)
        if (run_has_control(run, i))
            json_set(object, run->engagement->controls[i].id,
                     json_integer(shown ? run->evaluation->results[i].effort / 1000000 : 0));
    return object;
}

static json_t *times_json(const struct run *run)
{
    struct run_times shown = run->times;
    struct timespec finished;
    clock_gettime(CLOCK_REALTIME, &finished);
    bool fixed = run_record_fixed_time(&finished);
    if (fixed)
        shown = (struct run_times){finished, finished, finished};
    json_t *object = json_object();
    json_set(object, "started", json_time(shown.started.tv_sec));
    json_set(object, "finished", json_time(finished.tv_sec));
    json_set(object, "import_ms", json_integer(milliseconds(shown.started, shown.imported)));
    json_set(object, "evaluate_ms", json_integer(milliseconds(shown.imported, shown.evaluated)));
    json_set(object, "report_ms", json_integer(milliseconds(shown.evaluated, finished)));
    json_set(object, "control_ms", efforts_json(run, !fixed));
    return object;
}

// "../.." steps from one absolute folder to another; the caller frees.
static char *steps_between(const char *from, const char *to)
{
    struct buffer steps = {0};
    size_t same = 0; // length of the common folders
    for (size_t i = 0;; i++) {
        bool from_ends = !from[i] || from[i] == '/', to_ends = !to[i] || to[i] == '/';
        if (from_ends && to_ends)
            same = i;
        if (!from[i] || !to[i] || from[i] != to[i])
            break;
    }
    for (const char *at = from + same; *at; at++)
        if (*at == '/' && at[1])
            buffer_add_text(&steps, steps.length ? "/.." : "..");
    const char *rest = to + same;
    while (*rest == '/')
        rest++;
    if (*rest)
        buffer_printf(&steps, "%s%s", steps.length ? "/" : "", rest);
    if (!steps.length)
        buffer_add_text(&steps, ".");
    return buffer_take(&steps);
}

// Where things lie on this machine, for `verify`; NULL when the system cannot say.
static json_t *places_json(const struct run *run, const struct output *output)
{
    char *engagement = realpath(run->engagement->folder, NULL);
    char *results = realpath(output_folder(output), NULL);
    char *rules = run->rules_folder ? realpath(run->rules_folder, NULL) : NULL;
    char *previous = run->previous_folder ? realpath(run->previous_folder, NULL) : NULL;
    char *back = previous && results ? steps_between(results, previous) : NULL;
    char *steps = engagement && results ? steps_between(results, engagement) : NULL;
    bool known = engagement && results && (rules || !run->rules_folder);
    json_t *object = known ? json_object() : NULL;
    if (!known)
        goto out;
    json_set(object, "engagement", json_text(engagement));
    json_set(object, "from_results", json_text(steps));
    json_set(object, "rules", json_text(rules));
    json_set(object, "previous", json_text(previous));
    json_set(object, "previous_from_results", json_text(back));
    json_set(object, "jobs", json_integer(run->jobs));
out:
    free(steps);
    free(back);
    free(previous);
    free(rules);
    free(results);
    free(engagement);
    return object;
}

void run_record_hash(const json_t *deterministic, char hexadecimal[HASH_TEXT])
{
    struct buffer text = {0};
    buffer_add_json(&text, deterministic, JSON_COMPACT);
    hash_bytes(buffer_text(&text), text.length, hexadecimal);
    buffer_clear(&text);
}

int run_record_write(const struct run *run, struct output *output, struct error *error)
{
    json_t *places = places_json(run, output);
    if (!places)
        return error_set_errno(error, ERROR_RESULT, OUTPUT_RUN_RECORD,
                               "the folders of the run cannot be named");
    char hash[HASH_TEXT];
    json_t *object = json_object(), *deterministic = run_record_stated(run, output);
    run_record_hash(deterministic, hash);
    json_set(object, "format", json_integer(RUN_RECORD_FORMAT));
    json_set(object, "program", json_text("vouch"));
    json_set(object, "sha256", json_text(hash));
    json_set(object, "deterministic", deterministic);
    json_set(object, "times", times_json(run));
    json_set(object, "places", places);
    int result = output_begin(output, OUTPUT_RUN_RECORD, error);
    if (result == 0) {
        json_write(object, JSON_INDENT(2), output);
        output_add_text(output, "\n");
        result = output_hold(output, error);
    }
    json_decref(object);
    return result;
}
