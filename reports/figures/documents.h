// SPDX-License-Identifier: MIT
// Documents: exceptions by the document that they are about, so that one document found by three
// controls is not counted three times. The document of a line is its header: the row that the first
// columns of the line's key lead to; any other row is its own document.
#ifndef VOUCH_DOCUMENTS_H
#define VOUCH_DOCUMENTS_H

#include "reports/figures/run.h"

// What a document is found for: exceptions with one cause. The cause is what people noted
// (disposition), otherwise the family of the control.
struct document_cause {
    const char *cause;
    size_t first, count; // in documents.order
};

struct document {
    int table;
    uint32_t row;
    uint32_t first, count; // its exceptions, in documents.order: by cause, then as in every result
    uint32_t controls;     // distinct
    uint32_t waived;
};

struct documents {
    struct arena *arena;    // of the lists and sums; there may be as many as there are exceptions
    struct document *items; // by table name, then key
    size_t count;
    uint32_t *order; // places of findings
    size_t shared;   // documents that several controls found
    // Each document once, with the largest of what single controls found of it, by size; the count
    // is that of documents with such an amount.
    struct sums totals;
};

void documents_init(struct documents *documents, const struct run *run);
void documents_clear(struct documents *documents);

// "sales_order"
const char *document_table(const struct run *run, const struct document *document);

// What is at risk in it, each kind and currency: "misstatement 12.00 CNY; exposure 3.00 CNY"; the
// kinds as people of `language` call them, or as results do (NULL).
void document_amounts(const struct documents *documents, const struct run *run,
                      const struct document *document, const char *language, struct buffer *out);

// The cause of one exception, and the causes of a document one after the other: the part of
// documents.order that begins at `first` and has one cause.
const char *document_cause_of(const struct run *run, size_t finding);
struct document_cause document_cause_at(const struct documents *documents, const struct run *run,
                                        const struct document *document, size_t first);

#endif
