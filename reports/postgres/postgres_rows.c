// SPDX-License-Identifier: MIT
#include "reports/postgres/postgres_rows.h"

#include "engine/base/calendar.h"
#include "engine/base/currency.h"
#include "reports/figures/exception.h"
#include "reports/figures/grading.h"
#include "reports/figures/waived.h"
#include "reports/files/json_text.h"
#include "reports/files/waiver_status.h"

#include <string.h>
#include <utf8proc.h>

enum { SEND_SIZE = 1 << 16 };

struct rows {
    const struct run *run;
    const char *hash;
    void (*send)(void *context, const struct buffer *bytes);
    void *context;
    struct buffer bytes;
    bool first; // the next cell is the first of its row
};

// ---- cells

// Bytes that are no UTF-8, which a value of a source may hold, become U+FFFD.
static void add_escaped(struct buffer *out, const char *text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    for (utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(text), used; left > 0;
         left -= used, at += used) {
        utf8proc_int32_t point;
        used = utf8proc_iterate(at, left, &point);
        if (used <= 0) {
            buffer_add_text(out, "\xEF\xBF\xBD");
            used = 1;
        } else if (*at == '\\' || *at == '\t' || *at == '\n' || *at == '\r') {
            buffer_add_byte(out, '\\');
            buffer_add_byte(out, *at == '\t' ? 't' : *at == '\n' ? 'n' : *at == '\r' ? 'r' : '\\');
        } else {
            buffer_add(out, at, (size_t)used);
        }
    }
}

static void add_cell(struct rows *rows, const char *text)
{
    if (!rows->first)
        buffer_add_byte(&rows->bytes, '\t');
    rows->first = false;
    if (text)
        add_escaped(&rows->bytes, text);
    else
        buffer_add_text(&rows->bytes, "\\N");
}

// Nothing where the text is empty.
static void add_optional(struct rows *rows, const struct buffer *text)
{
    add_cell(rows, text->length ? buffer_text(text) : NULL);
}

static void add_count(struct rows *rows, size_t count)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", count);
    add_cell(rows, text);
}

static void begin_row(struct rows *rows)
{
    rows->first = true;
    add_cell(rows, rows->hash);
}

static void send_rows(struct rows *rows)
{
    if (rows->bytes.length)
        rows->send(rows->context, &rows->bytes);
    buffer_reset(&rows->bytes);
}

static void end_row(struct rows *rows)
{
    buffer_add_byte(&rows->bytes, '\n');
    if (rows->bytes.length >= SEND_SIZE)
        send_rows(rows);
}

// ---- controls

static void add_grade(struct rows *rows, const struct graded_control *graded)
{
    struct buffer reasons = {0};
    const char *grade = grade_name(graded->grade);
    grade_reasons(graded->reasons, &reasons);
    add_cell(rows, *grade ? grade : NULL);
    add_optional(rows, &reasons);
    buffer_clear(&reasons);
}

static void add_control(struct rows *rows, const struct waived *waived,
                        const struct grading *grading, int index)
{
    const struct control *control = &rows->run->engagement->controls[index];
    const struct control_result *result = &rows->run->evaluation->results[index];
    const size_t counts[] = {
        result->loaded,         result->in_scope,
        result->not_applicable, result->tested,
        result->passed,         result->untestable,
        result->errors,         result->exception_rows,
        result->exceptions,     waived->controls[index].exceptions,
    };
    begin_row(rows);
    add_cell(rows, control->id);
    add_cell(rows, bilingual_get(&control->title, rows->run->language));
    add_cell(rows, severity_name(control->severity));
    add_cell(rows, status_name(result->status));
    for (size_t at = 0; at < sizeof counts / sizeof *counts; at++)
        add_count(rows, counts[at]);
    add_cell(rows, control->amount_kind);
    add_cell(rows, result->reason);
    add_grade(rows, &grading->controls[index]);
    end_row(rows);
}

static void add_controls(struct rows *rows)
{
    struct waived waived;
    struct grading grading;
    waived_init(&waived, rows->run);
    grading_init(&grading, rows->run);
    for (int at = 0; at < rows->run->engagement->control_count; at++)
        if (run_has_control(rows->run, at))
            add_control(rows, &waived, &grading, at);
    waived_clear(&waived);
    grading_clear(&grading);
}

static void add_amount(struct rows *rows, const struct waived *waived, int control, int at)
{
    const struct run *run = rows->run;
    const struct amount_total *amount = &run->evaluation->results[control].amounts[at];
    const char *currency = dictionary_get(run->data->texts, amount->currency).bytes;
    struct buffer text = {0};
    struct total open;
    if (waived_open(waived, run, control, at, &open))
        total_format(open, currency_digits(currency), false, &text);
    begin_row(rows);
    add_cell(rows, run->engagement->controls[control].id);
    add_cell(rows, currency);
    add_cell(rows, amount->text);
    add_optional(rows, &text);
    end_row(rows);
    buffer_clear(&text);
}

static void add_amounts(struct rows *rows)
{
    struct waived waived;
    waived_init(&waived, rows->run);
    for (int at = 0; at < rows->run->engagement->control_count; at++)
        for (int i = 0; i < rows->run->evaluation->results[at].amount_count; i++)
            if (run_has_control(rows->run, at))
                add_amount(rows, &waived, at, i);
    waived_clear(&waived);
}

// ---- exceptions

static void add_values(struct rows *rows, const struct finding *finding)
{
    struct buffer text = {0};
    buffer_add_byte(&text, '{');
    for (int at = 0; at < finding->value_count; at++) {
        buffer_add_text(&text, at ? "," : "");
        json_text_add(&text, finding->values[at].name);
        buffer_add_byte(&text, ':');
        json_text_add(&text, finding->values[at].text);
    }
    buffer_add_byte(&text, '}');
    add_cell(rows, buffer_text(&text));
    buffer_clear(&text);
}

static void add_followup(struct rows *rows, const struct exception *exception)
{
    const struct waiver *waiver = exception->waiver;
    const struct disposition *disposition = exception->disposition;
    add_optional(rows, &exception->waiver_source);
    add_cell(rows, waiver ? waiver_status_name(exception->waiver_status) : NULL);
    add_cell(rows, waiver ? waiver->reason : NULL);
    add_cell(rows, disposition ? disposition->owner : NULL);
    add_cell(rows, disposition ? disposition->status : NULL);
    add_cell(rows, disposition ? disposition->cause : NULL);
    add_cell(rows, disposition ? disposition->comment : NULL);
}

static void add_exception(struct rows *rows, const struct exception *exception)
{
    const struct finding *finding = exception->finding;
    begin_row(rows);
    add_cell(rows, buffer_text(&exception->id));
    add_cell(rows, exception->control->id);
    add_cell(rows, severity_name(finding->severity));
    add_cell(rows, exception->table);
    add_cell(rows, finding->key);
    add_cell(rows, finding->label);
    add_optional(rows, &exception->date);
    add_optional(rows, &exception->customer);
    add_optional(rows, &exception->actor);
    add_optional(rows, &exception->amount);
    add_cell(rows, exception->currency);
    add_cell(rows, finding->has_amount ? exception->control->amount_kind : NULL);
    add_cell(rows, buffer_text(&exception->message));
    add_values(rows, finding);
    add_optional(rows, &exception->source);
    add_cell(rows, finding->fingerprint);
    add_cell(rows, exception->control->file_sha256);
    add_cell(rows, exception->status);
    add_followup(rows, exception);
    end_row(rows);
}

static void add_exceptions(struct rows *rows)
{
    struct exception exception = {0};
    for (size_t at = 0; at < rows->run->evaluation->finding_count; at++) {
        run_tell(rows->run, "vouch.exception", at);
        exception_fill(&exception, rows->run, &rows->run->evaluation->findings[at]);
        add_exception(rows, &exception);
    }
    exception_clear(&exception);
}

static void add_piece(struct rows *rows, const struct buffer *id, int position,
                      const struct evidence *evidence)
{
    const struct data *data = rows->run->data;
    struct buffer text = {0};
    begin_row(rows);
    add_cell(rows, buffer_text(id));
    add_count(rows, (size_t)position + 1);
    add_cell(rows, data->model->tables[evidence->table].name);
    data_key(data, evidence->table, evidence->row, &text);
    add_cell(rows, buffer_text(&text));
    buffer_reset(&text);
    data_origin(data, evidence->table, evidence->row, &text);
    add_optional(rows, &text);
    end_row(rows);
    buffer_clear(&text);
}

static void add_evidence(struct rows *rows)
{
    const struct run *run = rows->run;
    struct buffer id = {0};
    for (size_t at = 0; at < run->evaluation->finding_count; at++) {
        run_tell(run, "vouch.evidence", at);
        const struct finding *finding = &run->evaluation->findings[at];
        buffer_reset(&id);
        finding_id(run->data, run->engagement->controls, finding, &id);
        for (int i = 0; i < finding->evidence_count; i++)
            add_piece(rows, &id, i, &finding->evidence[i]);
    }
    buffer_clear(&id);
}

// ---- what else a run tells

static void add_day(struct rows *rows, const struct waiver *waiver, int day)
{
    char text[CALENDAR_TEXT_MAX];
    calendar_format_day(day, text);
    add_cell(rows, waiver->unreadable ? NULL : text);
}

static void add_waivers(struct rows *rows)
{
    const struct waivers *waivers = rows->run->waivers;
    struct buffer problem = {0};
    for (size_t at = 0; waivers && at < waivers->count; at++) {
        const struct waiver *waiver = &waivers->items[at];
        begin_row(rows);
        add_count(rows, (size_t)waiver->line);
        add_cell(rows, waiver->exception);
        add_cell(rows, waiver_status_name(waiver->status));
        add_count(rows, waiver->waived);
        add_count(rows, waiver_status_refused(waiver));
        add_cell(rows, waiver->reason);
        add_cell(rows, waiver->approved_by);
        add_day(rows, waiver, waiver->approved_on);
        add_day(rows, waiver, waiver->expires_on);
        buffer_reset(&problem);
        waiver_status_explain(waiver, rows->run->language, &problem);
        add_optional(rows, &problem);
        end_row(rows);
    }
    buffer_clear(&problem);
}

static void add_problems(struct rows *rows)
{
    const struct data *data = rows->run->data;
    for (size_t at = 0; at < data->problems.count; at++) {
        const struct problem *problem = &data->problems.items[at];
        begin_row(rows);
        add_count(rows, at + 1);
        add_cell(rows, problem_kind_name(problem->kind));
        add_cell(rows, data->model->tables[problem->table].name);
        add_cell(rows, problem->source >= 0 ? data->sources[problem->source].name : NULL);
        if (problem->line > 0)
            add_count(rows, (size_t)problem->line);
        else
            add_cell(rows, NULL);
        add_cell(rows, problem->column);
        add_cell(rows, problem->value);
        add_cell(rows, problem->reason);
        end_row(rows);
    }
}

// ---- tables

static const struct {
    const char *columns;
    void (*add)(struct rows *rows);
} tables[] = {
    [POSTGRES_CONTROL_RESULT] =
        {"control_result (run, control, title, severity, status, loaded, in_scope, not_applicable,"
         " tested, passed, untestable, errors, exception_rows, exceptions, waived, amount_kind,"
         " reason, suggested_grade, grade_reason)",
         add_controls},
    [POSTGRES_CONTROL_AMOUNT] = {"control_amount (run, control, currency, amount, open_amount)",
                                 add_amounts},
    [POSTGRES_EXCEPTION] =
        {"exception (run, id, control, severity, table_name, key, label, date, customer_id,"
         " actor_id, amount, currency, amount_kind, message, deciding_values, source, fingerprint,"
         " rule, status, waiver, waiver_status, waiver_reason, owner, disposition, cause, comment)",
         add_exceptions},
    [POSTGRES_EVIDENCE] = {"evidence (run, exception, position, table_name, key, source)",
                           add_evidence},
    [POSTGRES_WAIVER] = {"waiver (run, line, exception, status, waived, not_waived, reason,"
                         " approved_by, approved_on, expires_on, problem)",
                         add_waivers},
    [POSTGRES_DATA_PROBLEM] = {"data_problem (run, position, kind, table_name, source, line,"
                               " column_name, value, reason)",
                               add_problems},
};

const char *postgres_table_columns(enum postgres_table table)
{
    return tables[table].columns;
}

void postgres_table_send(enum postgres_table table, const struct run *run, const char *hash,
                         void (*send)(void *context, const struct buffer *bytes), void *context)
{
    struct rows rows = {.run = run, .hash = hash, .send = send, .context = context};
    tables[table].add(&rows);
    send_rows(&rows);
    buffer_clear(&rows.bytes);
}
