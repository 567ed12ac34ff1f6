// SPDX-License-Identifier: MIT
// Memory per order line, counted from the sealed columns and, as a check, as what a process holds
// more when the order lines are imported beside everything else.
#include "bench/measure.h"

#include "engine/base/dictionary.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const without_lines[] = {"employee",   "customer",        "product",
                                            "price_list", "price_list_line", "sales_order",
                                            "delivery",   "invoice",         NULL};
static const char *const with_lines[] = {
    "employee",    "customer", "product", "price_list",       "price_list_line",
    "sales_order", "delivery", "invoice", "sales_order_line", NULL};

static long anonymous_bytes(void)
{
    char line[256];
    long kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "RssAnon: %ld", &kilobytes) == 1)
            break;
    if (file)
        fclose(file);
    return kilobytes * 1024;
}

static struct data *load(const struct bench *bench, const char *const *tables)
{
    struct data *data = bench_data_new(bench);
    bench_import(bench, data, tables, 1);
    data_seal(data);
    return data;
}

// What a process of its own holds after sealing, in bytes.
static long held(const struct bench *bench, const char *const *tables)
{
    int ends[2];
    long bytes = 0;
    fflush(NULL);
    if (pipe(ends) != 0)
        exit(1);
    pid_t child = fork();
    if (child == 0) {
        long before = anonymous_bytes();
        struct data *data = load(bench, tables);
        malloc_trim(0);
        bytes = data->sealed ? anonymous_bytes() - before : 0;
        _exit(write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
    }
    close(ends[1]);
    bool got = read(ends[0], &bytes, sizeof bytes) == sizeof bytes;
    close(ends[0]);
    waitpid(child, NULL, 0);
    return got ? bytes : -1;
}

struct count {
    double columns, lines, references, lists, dictionary;
};

// Lists in which the rows of `table` stand, and the starts of lists that they have themselves.
static double list_bytes(const struct data *data, int table)
{
    double bytes = 0;
    for (int i = 0; i < data->model->table_count; i++)
        for (int number = 0; number < data->model->tables[i].reverse_count; number++) {
            const struct row_lists *lists = &data->tables[i].reverses[number];
            if (!lists->offsets)
                continue;
            uint32_t targets = data->tables[i].rows;
            if (data->model->tables[i].reverses[number].table == table)
                bytes += 4.0 * lists->offsets[targets];
            if (i == table || data->model->tables[i].reverses[number].table == table)
                bytes += 4.0 * (targets + 1);
        }
    return bytes;
}

static struct count count_bytes(const struct data *data, int table)
{
    const struct table *rows = &data->tables[table];
    struct count count = {0};
    for (int i = 0; i < rows->definition->field_count; i++)
        count.columns += (double)column_memory(&rows->columns[i], rows->rows);
    for (int i = 0; i < rows->definition->reference_count; i++)
        count.references += (double)column_memory(&rows->links[i].rows, rows->rows) +
                            (double)column_memory(&rows->links[i].tables, rows->rows);
    count.lines = (double)column_memory(&rows->lines, rows->rows);
    count.lists = list_bytes(data, table);
    return count;
}

// Columns that were not imported, or are null throughout: what they cost.
static double unused_bytes(const struct data *data, int table, int *unused)
{
    double bytes = 0;
    const struct table *rows = &data->tables[table];
    for (int i = 0; i < rows->definition->field_count; i++)
        if (!rows->columns[i].imported || rows->columns[i].width == 0) {
            ++*unused;
            bytes += (double)column_memory(&rows->columns[i], rows->rows);
        }
    return bytes;
}

void bench_memory(struct bench *bench)
{
    int table = bench_table(bench, "sales_order_line"), unused = 0;
    struct data *data = load(bench, without_lines);
    double texts = (double)dictionary_memory(data->texts);
    data_free(data);
    data = load(bench, with_lines);
    struct count count = count_bytes(data, table);
    count.dictionary = (double)dictionary_memory(data->texts) - texts;
    double rows = data->tables[table].rows;
    double empty = unused_bytes(data, table, &unused);
    data_free(data);
    double total =
        (count.columns + count.lines + count.references + count.lists + count.dictionary) / rows;
    double more = (double)(held(bench, with_lines) - held(bench, without_lines)) / rows;
    fprintf(bench->out, "\n## Memory\n\nBytes per order line after sealing: eight columns, the "
                        "references to order, product "
                        "and price, the lists of those three in which the line stands.\n\n"
                        "| | bytes |\n|---|---|\n");
    fprintf(bench->out, "| eight columns | %.1f |\n", count.columns / rows);
    fprintf(bench->out, "| line of the source | %.1f |\n", count.lines / rows);
    fprintf(bench->out, "| references | %.1f |\n", count.references / rows);
    fprintf(bench->out, "| reverse lists | %.1f |\n", count.lists / rows);
    fprintf(bench->out, "| dictionary: texts that no other table has | %.1f |\n",
            count.dictionary / rows);
    fprintf(bench->out, "| %d columns not imported or empty | %.1f |\n", unused, empty / rows);
    fprintf(bench->out, "| a process with order lines against one without | %.1f |\n", more);
    bench_target(bench, "Memory per order line, counted", total, false, 60, " bytes");
    bench_target(bench, "Memory per order line, of the process", more, false, 60, " bytes");
}
