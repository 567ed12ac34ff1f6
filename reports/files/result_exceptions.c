// SPDX-License-Identifier: MIT
// Exceptions, and the rows of evidence that belong to each.
#include "reports/files/json_text.h"
#include "reports/files/result_inside.h"

#include <string.h>

static const struct finding *finding_of(const struct result_row *row)
{
    return row->exception->finding;
}

static const struct waiver *waiver_of(const struct result_row *row)
{
    static const struct waiver none;
    return row->exception->waiver ? row->exception->waiver : &none;
}

static const struct disposition *disposition_of(const struct result_row *row)
{
    static const struct disposition none;
    return row->exception->disposition ? row->exception->disposition : &none;
}

// ---- the row and what was found

FILL_BUFFER(fill_id, &row->exception->id)
FILL_NAME(fill_severity, word_severity, severity_name, finding_of(row)->severity)
FILL_TEXT(fill_table, row->exception->table)
FILL_TEXT(fill_key, finding_of(row)->key)
FILL_TEXT(fill_label, finding_of(row)->label)
FILL_BUFFER(fill_date, &row->exception->date)
FILL_BUFFER(fill_customer, &row->exception->customer)
FILL_BUFFER(fill_actor, &row->exception->actor)

static void fill_amount(const struct result_row *row, struct result_cell *cell)
{
    if (finding_of(row)->has_amount)
        result_cell_amount(cell, total_of(finding_of(row)->amount), row->exception->currency);
}

FILL_TEXT(fill_currency, row->exception->currency)
FILL_TEXT(fill_message, buffer_text(&row->exception->message))

// "floor=10; price=9"
static void fill_values(const struct result_row *row, struct result_cell *cell)
{
    const struct finding *finding = finding_of(row);
    for (int i = 0; i < finding->value_count; i++)
        buffer_printf(&cell->built, "%s%s=%s", i ? "; " : "", finding->values[i].name,
                      finding->values[i].text);
}

static void fill_values_json(const struct result_row *row, struct result_cell *cell)
{
    const struct finding *finding = finding_of(row);
    buffer_add_byte(&cell->built, '{');
    for (int i = 0; i < finding->value_count; i++) {
        buffer_add_text(&cell->built, i ? "," : "");
        json_text_add(&cell->built, finding->values[i].name);
        buffer_add_byte(&cell->built, ':');
        json_text_add(&cell->built, finding->values[i].text);
    }
    buffer_add_byte(&cell->built, '}');
}

FILL_BUFFER(fill_source, &row->exception->source)
FILL_TEXT(fill_fingerprint, finding_of(row)->fingerprint)
FILL_TEXT(fill_rule, row->exception->control->hash)

// What it rests on, and what it shows of which nothing is known.
FILL_BUILT(fill_assumptions, finding_assumptions(row->run->data, finding_of(row), out))
FILL_BUILT(fill_unknown, finding_unknowns(finding_of(row), row->language, out))

static void fill_assumptions_json(const struct result_row *row, struct result_cell *cell)
{
    const struct finding *finding = finding_of(row);
    struct buffer name = {0};
    buffer_add_byte(&cell->built, '[');
    for (int i = 0; i < finding->rest_count; i++) {
        buffer_reset(&name);
        assumption_name(row->run->data, finding->rests[i], &name);
        buffer_add_text(&cell->built, i ? "," : "");
        json_text_add(&cell->built, buffer_text(&name));
    }
    buffer_add_byte(&cell->built, ']');
    buffer_clear(&name);
}

// ---- what people say about it

static void fill_status(const struct result_row *row, struct result_cell *cell)
{
    const char *status = row->exception->status;
    enum word word = strcmp(status, "waived") == 0 ? WORD_WAIVED : WORD_OPEN;
    result_cell_text(cell, row->language ? word_get(word, row->language) : status);
}

FILL_BUFFER(fill_waiver, &row->exception->waiver_source)

static void fill_waiver_status(const struct result_row *row, struct result_cell *cell)
{
    enum waiver_status status = row->exception->waiver_status;
    cell->tone = strcmp(row->exception->status, "waived") == 0 ? TONE_PLAIN : TONE_WARNING;
    if (row->exception->waiver)
        result_cell_text(cell, row->language ? word_waiver(status, row->language)
                                             : waiver_status_name(status));
}

FILL_TEXT(fill_waiver_reason, waiver_of(row)->reason)
FILL_TEXT(fill_approved_by, waiver_of(row)->approved_by)
FILL_DAY_IF(fill_approved_on, row->exception->waiver, row->exception->waiver->approved_on)
FILL_DAY_IF(fill_expires_on, row->exception->waiver, row->exception->waiver->expires_on)
FILL_TEXT(fill_owner, disposition_of(row)->owner)
FILL_TEXT(fill_disposition, disposition_of(row)->status)
FILL_TEXT(fill_cause, disposition_of(row)->cause)
FILL_TEXT(fill_comment, disposition_of(row)->comment)
FILL_TEXT(fill_carried, disposition_of(row)->line ? "false" : "true")

// ---- evidence

static void add_piece(const struct result_row *piece, struct buffer *out)
{
    const struct data *data = piece->run->data;
    buffer_printf(out, "%s%s ", out->length ? "; " : "", data->model->tables[piece->table].name);
    data_key(data, piece->table, piece->row, out);
    buffer_add_text(out, " (");
    data_origin(data, piece->table, piece->row, out);
    buffer_add_text(out, ")");
}

// "price_list_line PL1/2 (data/price_list_line.csv:17); ..."
static void fill_evidence(const struct result_row *row, struct result_cell *cell)
{
    for (int i = 1; i <= finding_of(row)->evidence_count; i++) {
        struct result_row piece = result_evidence_row(row, i);
        add_piece(&piece, &cell->built);
    }
}

static void fill_evidence_json(const struct result_row *row, struct result_cell *cell)
{
    buffer_add_byte(&cell->built, '[');
    for (int i = 1; i <= finding_of(row)->evidence_count; i++) {
        struct result_row piece = result_evidence_row(row, i);
        buffer_add_text(&cell->built, i > 1 ? "," : "");
        result_add_json(&result_evidence, &piece, &cell->built);
    }
    buffer_add_byte(&cell->built, ']');
}

FILL_COUNT(fill_evidence_count, (uint64_t)finding_of(row)->evidence_count + 1)
FILL_COUNT(fill_position, (uint64_t)row->position)

static void fill_role(const struct result_row *row, struct result_cell *cell)
{
    enum word word = row->position == 0 ? WORD_ROW_TESTED : WORD_EVIDENCE_ROW;
    result_cell_text(cell, word_get(word, row->language));
}

static void fill_piece_key(const struct result_row *row, struct result_cell *cell)
{
    data_key(row->run->data, row->table, row->row, &cell->built);
    result_cell_text(cell, buffer_text(&cell->built));
}

FILL_BUILT(fill_piece_source, data_origin(row->run->data, row->table, row->row, out))

// "order_id=SO1; amount=10.00": the fields that the row fills.
static void fill_content(const struct result_row *row, struct result_cell *cell)
{
    const struct model_table *definition = &row->run->data->model->tables[row->table];
    bool chinese = strcmp(row->language, "zh") == 0;
    struct buffer *text = &cell->built;
    for (int i = 0; i < definition->field_count; i++) {
        const struct field *field = &definition->fields[i];
        size_t before = text->length;
        buffer_printf(text, "%s%s=", before ? "; " : "",
                      chinese && field->label ? field->label : field->name);
        size_t named = text->length;
        if (!mask_format(row->run->mask, row->run->data, row->table, row->row, i, text) ||
            text->length == named) {
            text->length = before;
            text->data[before] = '\0';
        }
    }
}

// ---- columns

enum { FILES = CSV | JSON | SQL, ALL = FILES | SHEET };

// What waivers and dispositions are in JSON.
static const struct result_column waiver_members[] = {
    COLUMN("source", WORD_WAIVER_LINE, JSON, TEXT, 0, fill_waiver),
    COLUMN("status", WORD_WAIVER, JSON, TEXT, 0, fill_waiver_status),
    COLUMN("reason", WORD_WAIVER_REASON, JSON, TEXT, 0, fill_waiver_reason),
    COLUMN("approved_by", WORD_APPROVED_BY, JSON, TEXT, 0, fill_approved_by),
    COLUMN("approved_on", WORD_APPROVED_ON, JSON, DAY, 0, fill_approved_on),
    COLUMN("expires_on", WORD_EXPIRES_ON, JSON, DAY, 0, fill_expires_on),
};
static const struct result_column disposition_members[] = {
    COLUMN("owner", WORD_OWNER, JSON, TEXT, 0, fill_owner),
    COLUMN("status", WORD_DISPOSITION, JSON, TEXT, 0, fill_disposition),
    COLUMN("cause", WORD_CAUSE, JSON, TEXT, 0, fill_cause),
    COLUMN("comment", WORD_COMMENT, JSON, TEXT, 0, fill_comment),
    COLUMN("carried", WORD_CARRIED, JSON, JSON_TEXT, 0, fill_carried),
};

static void fill_waiver_json(const struct result_row *row, struct result_cell *cell)
{
    static const struct result_table members = RESULT_TABLE(waiver_members, NULL);
    if (row->exception->waiver)
        result_add_json(&members, row, &cell->built);
}

static void fill_disposition_json(const struct result_row *row, struct result_cell *cell)
{
    static const struct result_table members = RESULT_TABLE(disposition_members, NULL);
    if (row->exception->disposition)
        result_add_json(&members, row, &cell->built);
}

// What the workbook has in another place than the files stands twice.
static const struct result_column exception_columns[] = {
    COLUMN("id", WORD_ID, FILES | NEEDED, TEXT, 0, fill_id),
    COLUMN("number", WORD_NUMBER, SHEET, COUNT, 8, result_fill_number),
    COLUMN("control", WORD_CONTROL, ALL | NEEDED, TEXT, 10, result_fill_control,
           .link = LINK_CONTROL),
    COLUMN("severity", WORD_SEVERITY, ALL | NEEDED, TEXT, 10, fill_severity),
    COLUMN("title", WORD_TITLE, SHEET, TEXT, 34, result_fill_title),
    COLUMN("table", WORD_TABLE, ALL | NEEDED, TEXT, 22, fill_table, .sql = "table_name"),
    COLUMN("key", WORD_KEY, ALL | NEEDED, TEXT, 20, fill_key),
    COLUMN("label", WORD_LABEL, ALL, TEXT, 14, fill_label),
    COLUMN("date", WORD_DATE, ALL, DAY, 12, fill_date),
    COLUMN("customer_id", WORD_CUSTOMER, ALL, TEXT, 12, fill_customer),
    COLUMN("actor_id", WORD_ACTOR, ALL, TEXT, 12, fill_actor),
    COLUMN("amount", WORD_AMOUNT, ALL, AMOUNT, 18, fill_amount),
    COLUMN("exact", WORD_EXACT, SHEET, EXACT, 14, NULL),
    COLUMN("currency", WORD_CURRENCY, ALL, TEXT, 9, fill_currency),
    COLUMN("amount_kind", WORD_KIND, ALL, TEXT, 13, result_fill_amount_kind),
    COLUMN("message", WORD_MESSAGE, ALL | NEEDED, LONG_TEXT, 70, fill_message),
    COLUMN("values", WORD_VALUES, CSV | SHEET, LONG_TEXT, 40, fill_values),
    COLUMN("values", WORD_VALUES, JSON | SQL | NEEDED, JSON_TEXT, 0, fill_values_json,
           .sql = "deciding_values"),
    COLUMN("evidence", WORD_EVIDENCE_ROW, CSV, TEXT, 0, fill_evidence),
    COLUMN("evidence", WORD_EVIDENCE_ROW, JSON, JSON_TEXT, 0, fill_evidence_json),
    COLUMN("evidence", WORD_EVIDENCE_COUNT, SHEET, COUNT, 10, fill_evidence_count,
           .link = LINK_EVIDENCE),
    COLUMN("source", WORD_SOURCE, FILES, TEXT, 0, fill_source),
    COLUMN("fingerprint", WORD_FINGERPRINT, FILES | NEEDED, TEXT, 0, fill_fingerprint),
    COLUMN("rule", WORD_RULE_HASH, FILES | NEEDED, TEXT, 0, fill_rule),
    COLUMN("assumptions", WORD_ASSUMPTIONS, FLAT, LONG_TEXT, 30, fill_assumptions),
    COLUMN("assumptions", WORD_ASSUMPTIONS, JSON, JSON_TEXT, 0, fill_assumptions_json),
    COLUMN("status", WORD_STATUS, ALL | NEEDED, TEXT, 11, fill_status),
    COLUMN("waiver", WORD_WAIVER_LINE, CSV | SQL, TEXT, 0, fill_waiver),
    COLUMN("waiver", WORD_WAIVER_LINE, JSON, JSON_TEXT, 0, fill_waiver_json),
    COLUMN("waiver_status", WORD_WAIVER, FLAT, TEXT, 14, fill_waiver_status),
    COLUMN("waiver_reason", WORD_WAIVER_REASON, FLAT | PEOPLE, LONG_TEXT, 34, fill_waiver_reason),
    COLUMN("approved_by", WORD_APPROVED_BY, SHEET | PEOPLE, TEXT, 12, fill_approved_by),
    COLUMN("expires_on", WORD_EXPIRES_ON, SHEET, DAY, 12, fill_expires_on),
    COLUMN("owner", WORD_OWNER, FLAT | PEOPLE, TEXT, 14, fill_owner),
    COLUMN("disposition", WORD_DISPOSITION, FLAT | PEOPLE, TEXT, 14, fill_disposition),
    COLUMN("disposition", WORD_DISPOSITION, JSON, JSON_TEXT, 0, fill_disposition_json),
    COLUMN("cause", WORD_CAUSE, FLAT | PEOPLE, LONG_TEXT, 24, fill_cause),
    COLUMN("comment", WORD_COMMENT, FLAT | PEOPLE, LONG_TEXT, 40, fill_comment),
    COLUMN("unknown", WORD_UNKNOWN, ALL, LONG_TEXT, 30, fill_unknown),
    COLUMN("source", WORD_SOURCE, SHEET, TEXT, 34, fill_source),
    COLUMN("id", WORD_ID, SHEET, TEXT, 40, fill_id),
    COLUMN("fingerprint", WORD_FINGERPRINT, SHEET, TEXT, 20, fill_fingerprint),
    COLUMN("rule", WORD_RULE_HASH, SHEET, TEXT, 20, fill_rule),
};

static const struct result_column evidence_columns[] = {
    COLUMN("exception", WORD_ID, SQL | NEEDED, TEXT, 0, fill_id),
    COLUMN("position", WORD_NUMBER, SQL | NEEDED, POSITION, 0, fill_position),
    COLUMN("number", WORD_EXCEPTION, SHEET, COUNT, 10, result_fill_number, .link = LINK_EXCEPTION),
    COLUMN("control", WORD_CONTROL, SHEET, TEXT, 10, result_fill_control),
    COLUMN("id", WORD_ID, SHEET, TEXT, 40, fill_id),
    COLUMN("role", WORD_ROLE, SHEET, TEXT, 12, fill_role),
    COLUMN("table", WORD_TABLE, JSON | SQL | SHEET | NEEDED, TEXT, 28, result_fill_table,
           .sql = "table_name"),
    COLUMN("key", WORD_KEY, JSON | SQL | SHEET | NEEDED, TEXT, 24, fill_piece_key),
    COLUMN("source", WORD_SOURCE, JSON | SQL | SHEET, TEXT, 38, fill_piece_source),
    COLUMN("content", WORD_CONTENT, SHEET, LONG_TEXT, 100, fill_content),
};

// ---- rows

struct result_row result_evidence_row(const struct result_row *exception, int position)
{
    const struct finding *finding = finding_of(exception);
    struct result_row row = *exception;
    row.position = position;
    row.table = position ? finding->evidence[position - 1].table : finding->table;
    row.row = position ? finding->evidence[position - 1].row : finding->row;
    return row;
}

static void visit_exceptions(const struct result_walk *walk)
{
    struct exception exception = {0};
    struct result_row row = {.run = walk->run, .language = walk->language, .exception = &exception};
    for (; row.number < walk->run->evaluation->finding_count; row.number++) {
        const struct finding *finding = &walk->run->evaluation->findings[row.number];
        run_tell(walk->run, walk->result, row.number);
        exception_fill(&exception, walk->run, finding);
        row.control = finding->control;
        walk->see(walk->context, &row);
    }
    exception_clear(&exception);
}

// Without the rows tested, which the exceptions themselves are about.
static void visit_evidence(const struct result_walk *walk)
{
    struct exception exception = {0};
    struct result_row row = {.run = walk->run, .language = walk->language, .exception = &exception};
    for (; row.number < walk->run->evaluation->finding_count; row.number++) {
        const struct finding *finding = &walk->run->evaluation->findings[row.number];
        run_tell(walk->run, walk->result, row.number);
        buffer_reset(&exception.id);
        finding_id(walk->run->data, walk->run->engagement->controls, finding, &exception.id);
        exception.finding = finding;
        for (int i = 1; i <= finding->evidence_count; i++) {
            struct result_row piece = result_evidence_row(&row, i);
            walk->see(walk->context, &piece);
        }
    }
    exception_clear(&exception);
}

const struct result_table result_exceptions =
    RESULT_TABLE(exception_columns, visit_exceptions, .csv = "exceptions.csv", .sql = "exception");
const struct result_table result_evidence =
    RESULT_TABLE(evidence_columns, visit_evidence, .sql = "evidence");
