// SPDX-License-Identifier: MIT
// Import from PostgreSQL against the same COPY received and thrown away, and two connections
// against one, paired round by round. The server is the one that the PG* variables name.
#include "bench/measure.h"

#include "adapters/import.h"
#include "engine/base/error.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static const char sql[] = "COPY (SELECT order_id, line_no, product_id, quantity, unit_price, "
                          "amount, delivery_due_on, line_kind FROM bench.sales_order_line) TO "
                          "STDOUT";

// Seconds of a measurement: by the clock, of this process's processors and of the server's.
struct cost {
    struct series wall, own, server;
};

static double own_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// What the sessions of the server that have ended have used: its process is POSTGRES_PID, and has
// waited for theirs. 0 where that is not known.
static double server_seconds(void)
{
    const char *number = getenv("POSTGRES_PID");
    char path[64];
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%s/stat", number ? number : "-");
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    if (fscanf(file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %lu %lu",
               &user, &system) != 2)
        user = system = 0;
    fclose(file);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static void stop(const char *what, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", what, why);
    exit(1);
}

static long discard(void)
{
    long bytes = 0;
    char *row;
    int length;
    PGconn *connection = PQconnectdb("");
    if (PQstatus(connection) != CONNECTION_OK)
        stop("PostgreSQL", PQerrorMessage(connection));
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COPY_OUT)
        stop("PostgreSQL", PQerrorMessage(connection));
    PQclear(result);
    while ((length = PQgetCopyData(connection, &row, 0)) > 0) {
        bytes += length;
        PQfreemem(row);
    }
    if (length != -1)
        stop("PostgreSQL", PQerrorMessage(connection));
    PQfinish(connection);
    return bytes;
}

static long import(const struct bench *bench, int jobs)
{
    struct import_options options = {.engagement = "audit.lua", .jobs = jobs};
    struct import_summary summary;
    struct error error = {0};
    struct data *data = bench_data_new(bench);
    json_t *imports = json_pack("[{s:s, s:s, s:s, s:s}]", "kind", "postgres", "conninfo", "",
                                "schema", "bench", "table", "sales_order_line");
    if (import_run(data, imports, bench->folder, &options, &summary, &error) != 0)
        stop(error.where, error.message);
    data_join(data);
    long bytes = data->source_count == 1 ? (long)data->sources[0].bytes : 0;
    import_summary_clear(&summary);
    json_decref(imports);
    data_free(data);
    return bytes;
}

// Connecting is part of it for all.
static long measure(const struct bench *bench, int connections, struct cost *cost)
{
    double server = server_seconds(), own = own_seconds(), start = seconds_now();
    long bytes = connections ? import(bench, connections) : discard();
    series_add(&cost->wall, seconds_now() - start);
    series_add(&cost->own, own_seconds() - own);
    usleep(20000); // the server's sessions end, and are waited for
    series_add(&cost->server, server_seconds() - server);
    return bytes;
}

static void write_row(const struct bench *bench, const char *what, const struct cost *cost,
                      double megabytes)
{
    fprintf(bench->out, "| %s | %.3f | %.0f | %.3f | %.2f |\n", what, series_median(&cost->wall),
            megabytes / series_median(&cost->wall), series_median(&cost->own),
            series_median(&cost->server));
}

void bench_postgres(struct bench *bench)
{
    struct cost thrown_away = {0}, one = {0}, two = {0}, warm = {0};
    long bytes = measure(bench, 0, &warm);
    if (measure(bench, 1, &warm) != bytes)
        stop("PostgreSQL", "the import has read other bytes than COPY sends");
    for (int round = 0; round < bench->rounds; round++) {
        measure(bench, 0, &thrown_away);
        measure(bench, 1, &one);
        measure(bench, 2, &two);
    }
    fprintf(
        bench->out,
        "\n## PostgreSQL\n\nThe order lines in a server on the same machine, over a unix socket: "
        "%.0f MB of COPY. One connection already uses two processors, one for the server and "
        "one for vouch.\n\n"
        "| | s | MB/s | processor s of vouch | of the server |\n|---|---|---|---|---|\n",
        (double)bytes / 1e6);
    write_row(bench, "COPY by libpq, thrown away", &thrown_away, (double)bytes / 1e6);
    write_row(bench, "import, one connection", &one, (double)bytes / 1e6);
    write_row(bench, "import, two connections", &two, (double)bytes / 1e6);
    bench_target(bench, "Rate of the import over one connection",
                 100 * series_ratio(&thrown_away.wall, &one.wall), true, 80,
                 " % of that at which the same COPY is received and thrown away");
    bench_target(bench, "Two connections against one", series_ratio(&one.wall, &two.wall), true,
                 1.25, " times as fast");
}
