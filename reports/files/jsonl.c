// SPDX-License-Identifier: MIT
#include "reports/files/jsonl.h"

#include "engine/base/calendar.h"
#include "reports/figures/exception.h"
#include "reports/files/json_text.h"

// `name` is a member's name with the punctuation before it.
static void add_member(struct buffer *line, const char *name, const char *text)
{
    buffer_add_text(line, name);
    json_text_add(line, text);
}

// Null where the text is empty.
static void add_optional(struct buffer *line, const char *name, const struct buffer *text)
{
    add_member(line, name, text->length ? buffer_text(text) : NULL);
}

static void add_values(struct buffer *line, const struct finding *finding)
{
    buffer_add_text(line, ",\"values\":{");
    for (int i = 0; i < finding->value_count; i++) {
        add_member(line, i ? "," : "", finding->values[i].name);
        add_member(line, ":", finding->values[i].text);
    }
    buffer_add_text(line, "}");
}

static void add_evidence(struct buffer *line, const struct data *data,
                         const struct finding *finding)
{
    struct buffer text = {0};
    buffer_add_text(line, ",\"evidence\":[");
    for (int i = 0; i < finding->evidence_count; i++) {
        const struct evidence *evidence = &finding->evidence[i];
        add_member(line,
                   i ? ",{\"table\":" : "{\"table\":", data->model->tables[evidence->table].name);
        buffer_reset(&text);
        data_key(data, evidence->table, evidence->row, &text);
        add_member(line, ",\"key\":", buffer_text(&text));
        buffer_reset(&text);
        data_origin(data, evidence->table, evidence->row, &text);
        add_member(line, ",\"source\":", buffer_text(&text));
        buffer_add_text(line, "}");
    }
    buffer_add_text(line, "]");
    buffer_clear(&text);
}

static void add_waiver(struct buffer *line, const struct exception *exception)
{
    const struct waiver *waiver = exception->waiver;
    char approved_on[CALENDAR_TEXT_MAX], expires_on[CALENDAR_TEXT_MAX];
    if (!waiver) {
        add_member(line, ",\"waiver\":", NULL);
        return;
    }
    calendar_format_day(waiver->approved_on, approved_on);
    calendar_format_day(waiver->expires_on, expires_on);
    add_member(line, ",\"waiver\":{\"source\":", buffer_text(&exception->waiver_source));
    add_member(line, ",\"status\":", waiver_status_name(exception->waiver_status));
    add_member(line, ",\"reason\":", waiver->reason);
    add_member(line, ",\"approved_by\":", waiver->approved_by);
    add_member(line, ",\"approved_on\":", approved_on);
    add_member(line, ",\"expires_on\":", expires_on);
    buffer_add_text(line, "}");
}

static void add_disposition(struct buffer *line, const struct disposition *disposition)
{
    if (!disposition) {
        add_member(line, ",\"disposition\":", NULL);
        return;
    }
    add_member(line, ",\"disposition\":{\"owner\":", disposition->owner);
    add_member(line, ",\"status\":", disposition->status);
    add_member(line, ",\"cause\":", disposition->cause);
    add_member(line, ",\"comment\":", disposition->comment);
    buffer_printf(line, ",\"carried\":%s}", disposition->line ? "false" : "true");
}

static void add_exception(struct buffer *line, const struct data *data,
                          const struct exception *exception)
{
    const struct finding *finding = exception->finding;
    const struct control *control = exception->control;
    add_member(line, "{\"id\":", buffer_text(&exception->id));
    add_member(line, ",\"control\":", control->id);
    add_member(line, ",\"severity\":", severity_name(finding->severity));
    add_member(line, ",\"table\":", exception->table);
    add_member(line, ",\"key\":", finding->key);
    add_member(line, ",\"label\":", finding->label);
    add_optional(line, ",\"date\":", &exception->date);
    add_optional(line, ",\"customer_id\":", &exception->customer);
    add_optional(line, ",\"actor_id\":", &exception->actor);
    add_optional(line, ",\"amount\":", &exception->amount);
    add_member(line, ",\"currency\":", exception->currency);
    add_member(line, ",\"amount_kind\":", finding->has_amount ? control->amount_kind : NULL);
    add_member(line, ",\"message\":", buffer_text(&exception->message));
    add_values(line, finding);
    add_evidence(line, data, finding);
    add_member(line, ",\"source\":", buffer_text(&exception->source));
    add_member(line, ",\"fingerprint\":", finding->fingerprint);
    add_member(line, ",\"rule\":", control->file_sha256);
    add_member(line, ",\"status\":", exception->status);
    add_waiver(line, exception);
    add_disposition(line, exception->disposition);
    buffer_add_text(line, "}\n");
}

int jsonl_write(const struct run *run, struct output *output, struct error *error)
{
    if (output_begin(output, "exceptions.jsonl", error) < 0)
        return -1;
    struct exception exception = {0};
    struct buffer line = {0};
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        run_tell(run, "exceptions.jsonl", i);
        exception_fill(&exception, run, &run->evaluation->findings[i]);
        add_exception(&line, run->data, &exception);
        output_add(output, line.data, line.length);
        buffer_reset(&line);
    }
    exception_clear(&exception);
    buffer_clear(&line);
    return output_end(output, error);
}
