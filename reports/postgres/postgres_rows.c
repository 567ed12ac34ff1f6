// SPDX-License-Identifier: MIT
#include "reports/postgres/postgres_rows.h"

#include <string.h>
#include <utf8proc.h>

enum { SEND_SIZE = 1 << 16 };

const char *postgres_column_name(const struct result_column *column)
{
    return column->sql ? column->sql : column->name;
}

void postgres_copy_add(const struct result_table *table, struct buffer *sql)
{
    buffer_printf(sql, "COPY vouch.%s (run", table->sql);
    for (int i = 0; i < table->count; i++)
        if (table->columns[i].marks & RESULT_SQL)
            buffer_printf(sql, ", %s", postgres_column_name(&table->columns[i]));
    buffer_add_text(sql, ") FROM STDIN");
}

// ---- rows

struct rows {
    const struct result_table *table;
    const char *hash;
    void (*send)(void *context, const struct buffer *bytes);
    void *context;
    struct result_cell cell;
    struct buffer bytes;
};

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

static void add_cell(struct buffer *out, const struct result_cell *cell)
{
    if (cell->empty)
        buffer_add_text(out, "\\N");
    else if (cell->type == RESULT_COUNT || cell->type == RESULT_POSITION)
        buffer_printf(out, "%llu", (unsigned long long)cell->count);
    else
        add_escaped(out, cell->text);
}

static void send_rows(struct rows *rows)
{
    if (rows->bytes.length)
        rows->send(rows->context, &rows->bytes);
    buffer_reset(&rows->bytes);
}

static void add_row(void *context, const struct result_row *row)
{
    struct rows *rows = context;
    buffer_add_text(&rows->bytes, rows->hash);
    for (int i = 0; i < rows->table->count; i++)
        if (rows->table->columns[i].marks & RESULT_SQL) {
            result_cell_fill(&rows->cell, &rows->table->columns[i], row);
            buffer_add_byte(&rows->bytes, '\t');
            add_cell(&rows->bytes, &rows->cell);
        }
    buffer_add_byte(&rows->bytes, '\n');
    if (rows->bytes.length >= SEND_SIZE)
        send_rows(rows);
}

void postgres_table_send(const struct result_table *table, const struct run *run, const char *hash,
                         void (*send)(void *context, const struct buffer *bytes), void *context)
{
    struct buffer name = {0};
    struct rows rows = {.table = table, .hash = hash, .send = send, .context = context};
    buffer_printf(&name, "vouch.%s", table->sql);
    table->visit(&(struct result_walk){
        .run = run, .result = buffer_text(&name), .see = add_row, .context = &rows});
    send_rows(&rows);
    buffer_clear(&rows.bytes);
    buffer_clear(&rows.cell.built);
    buffer_clear(&name);
}
