// SPDX-License-Identifier: MIT
#include "reports/files/documents_csv.h"

#include "reports/figures/documents.h"
#include "reports/files/csv_text.h"

enum { IDS_MAX = 50 };

// The controls of one cause, and the ids of its exceptions.
static void add_exceptions(struct buffer *line, const struct run *run,
                           const struct documents *documents, struct document_cause cause)
{
    struct buffer controls = {0}, ids = {0};
    const struct control *all = run->engagement->controls;
    size_t waived = 0;
    for (size_t i = 0; i < cause.count; i++) {
        size_t place = documents->order[cause.first + i];
        const struct finding *finding = &run->evaluation->findings[place];
        const struct finding *before =
            i ? &run->evaluation->findings[documents->order[cause.first + i - 1]] : NULL;
        waived += waivers_cover(run->waivers, place);
        if (!before || before->control != finding->control)
            buffer_printf(&controls, "%s%s", controls.length ? " " : "", all[finding->control].id);
        if (i < IDS_MAX) {
            buffer_add_text(&ids, i ? " " : "");
            finding_id(run->data, all, finding, &ids);
        }
    }
    if (cause.count > IDS_MAX)
        buffer_printf(&ids, " ... %zu more", cause.count - IDS_MAX);
    csv_text_add_count(line, cause.count);
    csv_text_add_count(line, waived);
    csv_text_add(line, buffer_text(&controls));
    csv_text_add(line, buffer_text(&ids));
    buffer_clear(&controls);
    buffer_clear(&ids);
}

static void add_document(struct buffer *line, const struct run *run,
                         const struct documents *documents, const struct document *document)
{
    struct buffer key = {0}, amounts = {0};
    data_key(run->data, document->table, document->row, &key);
    document_amounts(documents, run, document, NULL, &amounts);
    for (size_t at = document->first; at < document->first + document->count;) {
        struct document_cause cause = document_cause_at(documents, run, document, at);
        csv_text_add(line, document_table(run, document));
        csv_text_add(line, buffer_text(&key));
        csv_text_add_count(line, document->controls);
        csv_text_add(line, at == document->first ? buffer_text(&amounts) : NULL);
        csv_text_add(line, cause.cause);
        add_exceptions(line, run, documents, cause);
        csv_text_end_line(line);
        at += cause.count;
    }
    buffer_clear(&key);
    buffer_clear(&amounts);
}

int documents_csv_write(const struct run *run, struct output *output, struct error *error)
{
    struct documents documents;
    struct buffer line = {0};
    if (output_begin(output, "documents.csv", error) < 0)
        return -1;
    output_add_text(output, "table,document,controls_of_document,amounts_of_document,cause,"
                            "exceptions,waived,controls,ids\n");
    documents_init(&documents, run);
    for (size_t i = 0; i < documents.count; i++) {
        add_document(&line, run, &documents, &documents.items[i]);
        output_add(output, line.data, line.length);
        buffer_reset(&line);
    }
    documents_clear(&documents);
    buffer_clear(&line);
    return output_end(output, error);
}
