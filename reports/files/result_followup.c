// SPDX-License-Identifier: MIT
// What people work through: documents with exceptions, a row for each cause, so that exceptions of
// one cause on one document stand together; waivers and what came of them.
#include "reports/figures/waiver_status.h"
#include "reports/files/result_inside.h"

#include <string.h>

// ---- documents

static const struct finding *finding_at(const struct result_row *row, size_t place)
{
    return &row->run->evaluation->findings[row->documents->order[row->cause.first + place]];
}

FILL_BUILT(fill_key, data_key(row->run->data, row->document->table, row->document->row, out))
FILL_TEXT(fill_table, document_table(row->run, row->document))
FILL_COUNT(fill_document_controls, row->document->controls)

// Once for each document.
static void fill_document_amounts(const struct result_row *row, struct result_cell *cell)
{
    if (row->cause.first == row->document->first)
        document_amounts(row->documents, row->run, row->document, NULL, &cell->built);
}

FILL_TEXT(fill_cause, row->cause.cause)
FILL_COUNT(fill_exceptions, row->cause.count)

static void fill_waived(const struct result_row *row, struct result_cell *cell)
{
    size_t waived = 0;
    for (size_t i = 0; i < row->cause.count; i++)
        waived += waivers_cover(row->run->waivers, row->documents->order[row->cause.first + i]);
    result_cell_count(cell, waived);
}

static void fill_controls(const struct result_row *row, struct result_cell *cell)
{
    int before = -1;
    for (size_t i = 0; i < row->cause.count; i++) {
        int control = finding_at(row, i)->control;
        if (control != before)
            buffer_printf(&cell->built, "%s%s", cell->built.length ? " " : "",
                          row->run->engagement->controls[control].id);
        before = control;
    }
}

static void fill_ids(const struct result_row *row, struct result_cell *cell)
{
    enum { IDS_MAX = 50 };
    for (size_t i = 0; i < row->cause.count && i < IDS_MAX; i++) {
        buffer_add_text(&cell->built, i ? " " : "");
        finding_id(row->run->data, row->run->engagement->controls, finding_at(row, i),
                   &cell->built);
    }
    if (row->cause.count > IDS_MAX)
        buffer_printf(&cell->built, " ... %zu more", row->cause.count - IDS_MAX);
}

static void visit_documents(const struct result_walk *walk)
{
    struct documents documents;
    struct result_row row = {.run = walk->run, .language = walk->language, .documents = &documents};
    documents_init(&documents, walk->run);
    for (size_t i = 0; i < documents.count; i++) {
        row.document = &documents.items[i];
        for (size_t j = row.document->first; j < row.document->first + row.document->count;
             j += row.cause.count) {
            row.cause = document_cause_at(&documents, walk->run, row.document, j);
            walk->see(walk->context, &row);
        }
    }
    documents_clear(&documents);
}

// ---- waivers

FILL_COUNT(fill_line, (uint64_t)row->waiver->line)
FILL_TEXT(fill_exception, row->waiver->exception)
FILL_TEXT(fill_status, waiver_status_name(row->waiver->status))
FILL_COUNT(fill_waiver_waived, row->waiver->waived)
FILL_COUNT(fill_not_waived, waiver_status_refused(row->waiver))
FILL_TEXT(fill_reason, row->waiver->reason)
FILL_TEXT(fill_approved_by, row->waiver->approved_by)
FILL_DAY_IF(fill_approved_on, !row->waiver->unreadable, row->waiver->approved_on)
FILL_DAY_IF(fill_expires_on, !row->waiver->unreadable, row->waiver->expires_on)
FILL_BUILT(fill_problem, waiver_status_explain(row->waiver, row->run->language, out))

static void visit_waivers(const struct result_walk *walk)
{
    const struct waivers *waivers = walk->run->waivers;
    struct result_row row = {.run = walk->run, .language = walk->language};
    for (; waivers && row.number < waivers->count; row.number++) {
        row.waiver = &waivers->items[row.number];
        walk->see(walk->context, &row);
    }
}

// ---- columns

enum { BOTH = CSV | SQL };

static const struct result_column document_columns[] = {
    COLUMN("table", WORD_TABLE, CSV, TEXT, 0, fill_table),
    COLUMN("document", WORD_DOCUMENT, CSV, TEXT, 0, fill_key),
    COLUMN("controls_of_document", WORD_DOCUMENT_CONTROLS, CSV, COUNT, 0, fill_document_controls),
    COLUMN("amounts_of_document", WORD_DOCUMENT_AMOUNTS, CSV, TEXT, 0, fill_document_amounts),
    COLUMN("cause", WORD_CAUSE, CSV, TEXT, 0, fill_cause),
    COLUMN("exceptions", WORD_EXCEPTION_COUNT, CSV, COUNT, 0, fill_exceptions),
    COLUMN("waived", WORD_WAIVED, CSV, COUNT, 0, fill_waived),
    COLUMN("controls", WORD_CONTROL, CSV, TEXT, 0, fill_controls),
    COLUMN("ids", WORD_ID, CSV, TEXT, 0, fill_ids),
};

static const struct result_column waiver_line_columns[] = {
    COLUMN("line", WORD_LINE, BOTH | NEEDED, COUNT, 0, fill_line),
    COLUMN("exception", WORD_EXCEPTION, BOTH, TEXT, 0, fill_exception),
    COLUMN("status", WORD_STATUS, BOTH | NEEDED, TEXT, 0, fill_status),
    COLUMN("waived", WORD_WAIVED, BOTH | NEEDED, COUNT, 0, fill_waiver_waived),
    COLUMN("not_waived", WORD_NOT_WAIVED, BOTH | NEEDED, COUNT, 0, fill_not_waived),
    COLUMN("reason", WORD_WAIVER_REASON, BOTH, TEXT, 0, fill_reason),
    COLUMN("approved_by", WORD_APPROVED_BY, BOTH, TEXT, 0, fill_approved_by),
    COLUMN("approved_on", WORD_APPROVED_ON, BOTH, DAY, 0, fill_approved_on),
    COLUMN("expires_on", WORD_EXPIRES_ON, BOTH, DAY, 0, fill_expires_on),
    COLUMN("problem", WORD_WHY_VOID, BOTH, TEXT, 0, fill_problem),
};

const struct result_table result_documents =
    RESULT_TABLE(document_columns, visit_documents, .csv = "documents.csv");
const struct result_table result_waivers =
    RESULT_TABLE(waiver_line_columns, visit_waivers, .csv = "waiver_status.csv", .sql = "waiver");
