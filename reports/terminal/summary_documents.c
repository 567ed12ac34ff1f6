// SPDX-License-Identifier: MIT
#include "reports/terminal/summary_documents.h"

#include "engine/base/memory.h"
#include "reports/terminal/summary_inside.h"

#include <stdlib.h>

enum { LINES_MAX = 10, CONTROLS_MAX = 8 };

// Found by the most controls first, then as in documents.csv.
static int compare(const void *a, const void *b)
{
    const struct document *left = *(const struct document *const *)a;
    const struct document *right = *(const struct document *const *)b;
    int order = (left->controls < right->controls) - (left->controls > right->controls);
    return order ? order : (left->first > right->first) - (left->first < right->first);
}

// "PRC: PRC-01 ×2, PRC-05; limit not in the ERP: CRD-01", cause by cause.
static void add_causes(const struct summary *summary, const struct documents *documents,
                       const struct document *document, struct buffer *out)
{
    const struct run *run = summary->run;
    size_t shown = 0;
    for (size_t at = document->first; at < document->first + document->count;) {
        struct document_cause cause = document_cause_at(documents, run, document, at);
        buffer_printf(out, "%s%s:", at > document->first ? "; " : "", cause.cause);
        for (size_t i = 0, same; i < cause.count; i += same) {
            int control = run->evaluation->findings[documents->order[at + i]].control;
            for (same = 1;
                 i + same < cause.count &&
                 run->evaluation->findings[documents->order[at + i + same]].control == control;)
                same++;
            if (shown++ >= CONTROLS_MAX)
                continue;
            buffer_printf(out, "%s%s", i ? ", " : " ", run->engagement->controls[control].id);
            if (same > 1)
                buffer_printf(out, " ×%zu", same);
        }
        at += cause.count;
    }
    if (shown > CONTROLS_MAX)
        buffer_add_text(out, " …");
}

static void add_document(const struct summary *summary, struct grid *grid,
                         const struct documents *documents, const struct document *document)
{
    struct buffer name = {0}, amounts = {0}, causes = {0};
    buffer_printf(&name, "%s ", document_table(summary->run, document));
    data_key(summary->run->data, document->table, document->row, &name);
    document_amounts(documents, summary->run, document, summary->run->language, &amounts);
    add_causes(summary, documents, document, &causes);
    grid_add_row(grid);
    grid_add_cell(grid, buffer_text(&name), NULL);
    summary_add_count(grid, document->count);
    grid_add_cell(grid, buffer_text(&causes), NULL);
    grid_add_cell(grid, buffer_text(&amounts), NULL);
    buffer_clear(&name);
    buffer_clear(&amounts);
    buffer_clear(&causes);
}

void summary_documents_print(const struct summary *summary, const struct documents *documents)
{
    size_t count = 0;
    char more[SUMMARY_COUNT_MAX];
    if (documents->shared == 0)
        return;
    const struct document **shared = memory_new(documents->shared, sizeof *shared);
    for (size_t i = 0; i < documents->count; i++)
        if (documents->items[i].controls > 1)
            shared[count++] = &documents->items[i];
    qsort(shared, count, sizeof *shared, compare);
    summary_heading(summary, WORD_SHARED_DOCUMENTS, SUMMARY_BOLD);
    struct grid *grid = grid_new(summary->look);
    grid_add_column(grid, summary_say(summary, WORD_DOCUMENT), GRID_LEFT);
    grid_add_column(grid, summary_say(summary, WORD_EXCEPTION_COUNT), GRID_RIGHT);
    grid_add_column(grid, summary_say(summary, WORD_COLUMN_CAUSES), GRID_WRAP);
    grid_add_column(grid, summary_say(summary, WORD_ONCE), GRID_LEFT);
    for (size_t i = 0; i < count && i < LINES_MAX; i++)
        add_document(summary, grid, documents, shared[i]);
    grid_print(grid, 2, summary->out);
    grid_free(grid);
    if (count > LINES_MAX)
        summary_line(summary, 2, WORD_MORE, summary_count(count - LINES_MAX, more), "", "", "");
    free(shared);
}
