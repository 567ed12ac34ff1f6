// SPDX-License-Identifier: MIT
// Import against libcsv with empty callbacks, on the same file, paired round by round; and sealing.
#include "bench/measure.h"

#include "adapters/decode.h"
#include "engine/base/error.h"

#include <csv.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char lines_file[] = "sales_order_line";

// ---- libcsv

struct piece {
    const char *from, *to;
};

static void ignore_field(void *bytes, size_t length, void *context)
{
    (void)bytes;
    (void)length;
    (void)context;
}

static void ignore_row(int terminator, void *context)
{
    (void)terminator;
    (void)context;
}

static void *parse(void *context)
{
    const struct piece *piece = context;
    struct csv_parser parser;
    size_t length = (size_t)(piece->to - piece->from);
    if (csv_init(&parser, 0) != 0 ||
        csv_parse(&parser, piece->from, length, ignore_field, ignore_row, NULL) != length) {
        fputs("bench: libcsv failed\n", stderr);
        exit(1);
    }
    csv_fini(&parser, ignore_field, ignore_row, NULL);
    csv_free(&parser);
    return NULL;
}

// Reads the file as the import does, and parses it, with two threads in two halves.
static double time_libcsv(const struct bench *bench, int threads, double *megabytes)
{
    char path[4096];
    struct file_bytes file;
    struct error error;
    snprintf(path, sizeof path, "%s/data/%s.csv", bench->folder, lines_file);
    double start = seconds_now();
    if (file_bytes_read(&file, path, path, &error) != 0) {
        fprintf(stderr, "bench: %s: %s\n", error.where, error.message);
        exit(1);
    }
    const char *end = file.bytes + file.length, *middle = end;
    if (threads > 1)
        middle = (const char *)memchr(file.bytes + file.length / 2, '\n', file.length / 2) + 1;
    struct piece pieces[2] = {{file.bytes, middle}, {middle, end}};
    pthread_t thread;
    bool started = threads > 1 && pthread_create(&thread, NULL, parse, &pieces[1]) == 0;
    parse(&pieces[0]);
    if (started)
        pthread_join(thread, NULL);
    double seconds = seconds_now() - start;
    *megabytes = (double)file.length / 1e6;
    file_bytes_clear(&file);
    return seconds;
}

// ---- the import

static double time_import(const struct bench *bench, int threads, double *joining)
{
    const char *const tables[] = {lines_file, NULL};
    struct data *data = bench_data_new(bench);
    double start = seconds_now();
    bench_import(bench, data, tables, threads);
    double read = seconds_now();
    data_join(data);
    double end = seconds_now();
    *joining = end - read;
    data_free(data);
    return end - start;
}

static void compare(struct bench *bench, int threads)
{
    struct series libcsv = {0}, import = {0}, join = {0};
    double megabytes = 0, joining, ignored;
    time_import(bench, threads, &ignored); // warms the caches of files and memory
    for (int round = 0; round < bench->rounds; round++) {
        series_add(&libcsv, time_libcsv(bench, threads, &megabytes));
        series_add(&import, time_import(bench, threads, &joining));
        series_add(&join, joining);
    }
    char what[64];
    fprintf(bench->out, "\n| %d thread%s | s | MB/s |\n|---|---|---|\n", threads,
            threads > 1 ? "s" : "");
    fprintf(bench->out, "| libcsv, empty callbacks | %.3f | %.0f |\n", series_median(&libcsv),
            megabytes / series_median(&libcsv));
    fprintf(bench->out, "| import: hashed, typed, in columns | %.3f | %.0f |\n",
            series_median(&import), megabytes / series_median(&import));
    fprintf(bench->out, "| of it joining the parts | %.3f | |\n", series_median(&join));
    snprintf(what, sizeof what, "Rate of the import, %d to %d thread%s", threads, threads,
             threads > 1 ? "s" : "");
    bench_target(bench, what, 100 * series_ratio(&libcsv, &import), true, 60, " % of libcsv's");
}

void bench_import_speed(struct bench *bench)
{
    fprintf(bench->out,
            "\n## Import\n\nOne file, data/%s.csv, from the file cache, read into memory first by "
            "both.\n",
            lines_file);
    compare(bench, 1);
    compare(bench, 2);
}

// ---- sealing

static size_t count_rows(const struct data *data)
{
    size_t rows = 0;
    for (int i = 0; i < data->model->table_count; i++)
        rows += data->tables[i].rows;
    return rows;
}

void bench_sealing(struct bench *bench, struct data **sealed)
{
    struct series import = {0}, join = {0}, seal = {0};
    size_t rows = 0, problems = 0;
    *sealed = NULL;
    for (int round = 0; round < bench->rounds; round++) {
        data_free(*sealed);
        struct data *data = *sealed = bench_data_new(bench);
        double start = seconds_now();
        bench_import(bench, data, NULL, 2);
        double read = seconds_now();
        data_join(data);
        double joined = seconds_now();
        data_seal(data);
        double end = seconds_now();
        series_add(&import, read - start);
        series_add(&join, joined - read);
        series_add(&seal, end - joined);
        rows = count_rows(data);
        problems = data->problems.count;
    }
    double n = (double)rows / 1e9;
    fprintf(bench->out,
            "\n## Sealing\n\nAll tables, %zu rows, %zu problems of the data.\n\n"
            "| | s | ns per row |\n|---|---|---|\n",
            rows, problems);
    fprintf(bench->out, "| reading, 2 threads | %.3f | %.0f |\n", series_median(&import),
            series_median(&import) / n);
    fprintf(bench->out, "| joining the parts | %.3f | %.0f |\n", series_median(&join),
            series_median(&join) / n);
    fprintf(bench->out, "| keys, references, reverse lists | %.3f | %.0f |\n", series_median(&seal),
            series_median(&seal) / n);
}
