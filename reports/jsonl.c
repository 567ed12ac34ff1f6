// SPDX-License-Identifier: MIT
#include "reports/jsonl.h"

#include "reports/exception.h"
#include "reports/json_text.h"

// Null where the text is empty.
static json_t *text_or_null(const struct buffer *text)
{
    return json_text(text->length ? buffer_text(text) : NULL);
}

static json_t *values_json(const struct finding *finding)
{
    json_t *values = json_object();
    for (int i = 0; i < finding->value_count; i++)
        json_set(values, finding->values[i].name, json_text(finding->values[i].text));
    return values;
}

static json_t *evidence_json(const struct data *data, const struct evidence *evidence)
{
    struct buffer text = {0};
    json_t *object = json_object();
    json_set(object, "table", json_text(data->model->tables[evidence->table].name));
    data_key(data, evidence->table, evidence->row, &text);
    json_set(object, "key", json_text(buffer_text(&text)));
    buffer_reset(&text);
    data_origin(data, evidence->table, evidence->row, &text);
    json_set(object, "source", json_text(buffer_text(&text)));
    buffer_clear(&text);
    return object;
}

static json_t *exception_json(const struct data *data, const struct exception *exception)
{
    const struct finding *finding = exception->finding;
    const struct control *control = exception->control;
    json_t *evidence = json_array();
    for (int i = 0; i < finding->evidence_count; i++)
        json_append(evidence, evidence_json(data, &finding->evidence[i]));
    json_t *object = json_object();
    json_set(object, "id", json_text(buffer_text(&exception->id)));
    json_set(object, "control", json_text(control->id));
    json_set(object, "severity", json_text(severity_name(finding->severity)));
    json_set(object, "table", json_text(exception->table));
    json_set(object, "key", json_text(finding->key));
    json_set(object, "label", json_text(finding->label));
    json_set(object, "date", text_or_null(&exception->date));
    json_set(object, "customer_id", text_or_null(&exception->customer));
    json_set(object, "actor_id", text_or_null(&exception->actor));
    json_set(object, "amount", text_or_null(&exception->amount));
    json_set(object, "currency", json_text(exception->currency));
    json_set(object, "amount_kind", json_text(finding->has_amount ? control->amount_kind : NULL));
    json_set(object, "message", json_text(buffer_text(&exception->message)));
    json_set(object, "values", values_json(finding));
    json_set(object, "evidence", evidence);
    json_set(object, "source", json_text(buffer_text(&exception->source)));
    json_set(object, "fingerprint", json_text(finding->fingerprint));
    json_set(object, "rule", json_text(control->file_sha256));
    json_set(object, "status", json_text("open"));
    return object;
}

int jsonl_write(const struct run *run, struct output *output, struct error *error)
{
    if (output_begin(output, "exceptions.jsonl", error) < 0)
        return -1;
    struct exception exception = {0};
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        exception_fill(&exception, run, &run->evaluation->findings[i]);
        json_t *object = exception_json(run->data, &exception);
        json_write(object, JSON_COMPACT, output);
        output_add_text(output, "\n");
        json_decref(object);
    }
    exception_clear(&exception);
    return output_end(output, error);
}
