// SPDX-License-Identifier: MIT
#include "reports/files/csv_files.h"

#include "engine/base/currency.h"
#include "engine/base/memory.h"
#include "engine/base/total.h"
#include "reports/figures/exception.h"
#include "reports/figures/grading.h"
#include "reports/figures/waived.h"
#include "reports/files/csv_text.h"
#include "reports/files/documents_csv.h"
#include "reports/files/totals.h"
#include "reports/files/waiver_status.h"

#include <stdlib.h>
#include <string.h>

static void write_line(struct output *output, struct buffer *line)
{
    csv_text_end_line(line);
    output_add(output, line->data, line->length);
    buffer_reset(line);
}

// "floor=10; price=9"
static void add_values(struct buffer *line, const struct finding *finding)
{
    struct buffer text = {0};
    for (int i = 0; i < finding->value_count; i++)
        buffer_printf(&text, "%s%s=%s", i ? "; " : "", finding->values[i].name,
                      finding->values[i].text);
    csv_text_add(line, buffer_text(&text));
    buffer_clear(&text);
}

// "price_list_line PL1/2 (data/price_list_line.csv:17); ..."
static void add_evidence(struct buffer *line, const struct data *data,
                         const struct finding *finding)
{
    struct buffer text = {0};
    for (int i = 0; i < finding->evidence_count; i++) {
        const struct evidence *evidence = &finding->evidence[i];
        buffer_printf(&text, "%s%s ", i ? "; " : "", data->model->tables[evidence->table].name);
        data_key(data, evidence->table, evidence->row, &text);
        buffer_add_text(&text, " (");
        data_origin(data, evidence->table, evidence->row, &text);
        buffer_add_text(&text, ")");
    }
    csv_text_add(line, buffer_text(&text));
    buffer_clear(&text);
}

static void add_waiver(struct buffer *line, const struct exception *exception)
{
    const struct waiver *waiver = exception->waiver;
    csv_text_add(line, buffer_text(&exception->waiver_source));
    csv_text_add(line, waiver ? waiver_status_name(exception->waiver_status) : NULL);
    csv_text_add(line, waiver ? waiver->reason : NULL);
}

static void add_disposition(struct buffer *line, const struct disposition *disposition)
{
    csv_text_add(line, disposition ? disposition->owner : NULL);
    csv_text_add(line, disposition ? disposition->status : NULL);
    csv_text_add(line, disposition ? disposition->cause : NULL);
    csv_text_add(line, disposition ? disposition->comment : NULL);
}

static void add_exception(struct buffer *line, const struct data *data,
                          const struct exception *exception)
{
    const struct finding *finding = exception->finding;
    csv_text_add(line, buffer_text(&exception->id));
    csv_text_add(line, exception->control->id);
    csv_text_add(line, severity_name(finding->severity));
    csv_text_add(line, exception->table);
    csv_text_add(line, finding->key);
    csv_text_add(line, finding->label);
    csv_text_add(line, buffer_text(&exception->date));
    csv_text_add(line, buffer_text(&exception->customer));
    csv_text_add(line, buffer_text(&exception->actor));
    csv_text_add_number(line, buffer_text(&exception->amount));
    csv_text_add(line, exception->currency);
    csv_text_add(line, finding->has_amount ? exception->control->amount_kind : NULL);
    csv_text_add(line, buffer_text(&exception->message));
    add_values(line, finding);
    add_evidence(line, data, finding);
    csv_text_add(line, buffer_text(&exception->source));
    csv_text_add(line, finding->fingerprint);
    csv_text_add(line, exception->control->file_sha256);
    csv_text_add(line, exception->status);
    add_waiver(line, exception);
    add_disposition(line, exception->disposition);
}

static int write_exceptions(const struct run *run, struct output *output, struct error *error)
{
    if (output_begin(output, "exceptions.csv", error) < 0)
        return -1;
    output_add_text(output,
                    "id,control,severity,table,key,label,date,customer_id,actor_id,amount,"
                    "currency,amount_kind,message,values,evidence,source,fingerprint,rule,"
                    "status,waiver,waiver_status,waiver_reason,owner,disposition,cause,comment\n");
    struct exception exception = {0};
    struct buffer line = {0};
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        run_tell(run, "exceptions.csv", i);
        exception_fill(&exception, run, &run->evaluation->findings[i]);
        add_exception(&line, run->data, &exception);
        write_line(output, &line);
    }
    exception_clear(&exception);
    buffer_clear(&line);
    return output_end(output, error);
}

// With at least the currency's minor digits, as in the exceptions.
static void add_amount(struct buffer *out, const char *text, const char *currency)
{
    struct total total;
    if (total_parse(text, &total) == 0)
        total_format(total, currency_digits(currency), false, out);
    else
        buffer_add_text(out, text);
}

// Amounts and currencies of a control; several are joined by "; " in the same order.
static void add_amounts(struct buffer *line, const struct run *run,
                        const struct control_result *result)
{
    struct buffer amounts = {0}, currencies = {0};
    for (int i = 0; i < result->amount_count; i++) {
        const struct amount_total *amount = &result->amounts[i];
        const char *currency = dictionary_get(run->data->texts, amount->currency).bytes;
        buffer_add_text(&amounts, i ? "; " : "");
        add_amount(&amounts, amount->text, currency);
        buffer_printf(&currencies, "%s%s", i ? "; " : "", currency);
    }
    csv_text_add_number(line, buffer_text(&amounts));
    csv_text_add(line, buffer_text(&currencies));
    buffer_clear(&amounts);
    buffer_clear(&currencies);
}

// The same of what is not waived.
static void add_open_amounts(struct buffer *line, const struct run *run,
                             const struct waived *waived, int index)
{
    const struct control_result *result = &run->evaluation->results[index];
    struct buffer amounts = {0};
    for (int i = 0; i < result->amount_count; i++) {
        struct total open;
        buffer_add_text(&amounts, i ? "; " : "");
        if (waived_open(waived, run, index, i, &open))
            total_format(open,
                         currency_digits(
                             dictionary_get(run->data->texts, result->amounts[i].currency).bytes),
                         false, &amounts);
        else
            buffer_add_text(&amounts, "?");
    }
    csv_text_add_number(line, buffer_text(&amounts));
    buffer_clear(&amounts);
}

static void add_control(struct buffer *line, const struct run *run, const struct waived *waived,
                        const struct grading *grading, int index)
{
    struct buffer reasons = {0};
    const struct control *control = &run->engagement->controls[index];
    const struct control_result *result = &run->evaluation->results[index];
    csv_text_add(line, control->id);
    csv_text_add(line, bilingual_get(&control->title, run->language));
    csv_text_add(line, severity_name(control->severity));
    csv_text_add(line, status_name(result->status));
    csv_text_add_count(line, result->loaded);
    csv_text_add_count(line, result->in_scope);
    csv_text_add_count(line, result->not_applicable);
    csv_text_add_count(line, result->tested);
    csv_text_add_count(line, result->passed);
    csv_text_add_count(line, result->untestable);
    csv_text_add_count(line, result->errors);
    csv_text_add_count(line, result->exception_rows);
    csv_text_add_count(line, result->exceptions);
    csv_text_add_count(line, waived->controls[index].exceptions);
    add_amounts(line, run, result);
    csv_text_add(line, control->amount_kind);
    csv_text_add(line, result->reason);
    add_open_amounts(line, run, waived, index);
    csv_text_add(line, grade_name(grading->controls[index].grade));
    grade_reasons(grading->controls[index].reasons, &reasons);
    csv_text_add(line, buffer_text(&reasons));
    buffer_clear(&reasons);
}

static int write_controls(const struct run *run, struct output *output, struct error *error)
{
    if (output_begin(output, "controls.csv", error) < 0)
        return -1;
    output_add_text(output,
                    "control,title,severity,status,loaded,in_scope,not_applicable,tested,"
                    "passed,untestable,errors,exception_rows,exceptions,waived,amount,"
                    "currency,amount_kind,reason,open_amount,suggested_grade,grade_reason\n");
    struct buffer line = {0};
    struct waived waived;
    struct grading grading;
    waived_init(&waived, run);
    grading_init(&grading, run);
    for (int i = 0; i < run->engagement->control_count; i++)
        if (run_has_control(run, i)) {
            add_control(&line, run, &waived, &grading, i);
            write_line(output, &line);
        }
    waived_clear(&waived);
    grading_clear(&grading);
    buffer_clear(&line);
    return output_end(output, error);
}

static void add_value(struct buffer *line, const struct parameter *parameter)
{
    char *text = parameter_text(parameter->value);
    if (json_is_string(parameter->value) && strcmp(parameter->type, "decimal") != 0)
        csv_text_add(line, text);
    else
        csv_text_add_number(line, text);
    free(text);
}

static int write_parameters(const struct run *run, struct output *output, struct error *error)
{
    if (output_begin(output, "parameters.csv", error) < 0)
        return -1;
    output_add_text(output, "control,parameter,value,origin\n");
    struct buffer line = {0};
    for (int i = 0; i < run->engagement->control_count; i++) {
        const struct control *control = &run->engagement->controls[i];
        for (int j = 0; run_has_control(run, i) && j < control->parameter_count; j++) {
            csv_text_add(&line, control->id);
            csv_text_add(&line, control->parameters[j].name);
            add_value(&line, &control->parameters[j]);
            csv_text_add(&line, control->parameters[j].origin);
            write_line(output, &line);
        }
    }
    buffer_clear(&line);
    return output_end(output, error);
}

static int write_problems(const struct run *run, struct output *output, struct error *error)
{
    const struct data *data = run->data;
    if (output_begin(output, "data_problems.csv", error) < 0)
        return -1;
    output_add_text(output, "kind,table,source,line,column,value,reason\n");
    struct buffer line = {0};
    for (size_t i = 0; i < data->problems.count; i++) {
        const struct problem *problem = &data->problems.items[i];
        csv_text_add(&line, problem_kind_name(problem->kind));
        csv_text_add(&line, data->model->tables[problem->table].name);
        csv_text_add(&line, problem->source >= 0 ? data->sources[problem->source].name : NULL);
        if (problem->line > 0)
            csv_text_add_count(&line, (uint64_t)problem->line);
        else
            csv_text_add(&line, NULL);
        csv_text_add(&line, problem->column);
        csv_text_add(&line, problem->value);
        csv_text_add(&line, problem->reason);
        write_line(output, &line);
    }
    buffer_clear(&line);
    return output_end(output, error);
}

int csv_files_write(const struct run *run, struct output *output, struct error *error)
{
    return write_exceptions(run, output, error) < 0 || write_controls(run, output, error) < 0 ||
                   write_parameters(run, output, error) < 0 ||
                   write_problems(run, output, error) < 0 || totals_write(run, output, error) < 0 ||
                   documents_csv_write(run, output, error) < 0 ||
                   waiver_status_write(run, output, error) < 0
               ? -1
               : 0;
}
