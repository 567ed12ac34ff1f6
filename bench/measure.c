// SPDX-License-Identifier: MIT
#include "bench/measure.h"

#include "adapters/import.h"
#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void series_add(struct series *series, double value)
{
    if (series->count < ROUNDS_MAX)
        series->values[series->count++] = value;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double series_median(const struct series *series)
{
    struct series sorted = *series;
    if (sorted.count == 0)
        return 0;
    qsort(sorted.values, (size_t)sorted.count, sizeof *sorted.values, compare_numbers);
    int middle = sorted.count / 2;
    return sorted.count % 2 ? sorted.values[middle]
                            : (sorted.values[middle - 1] + sorted.values[middle]) / 2;
}

double series_ratio(const struct series *a, const struct series *b)
{
    struct series ratios = {.count = a->count};
    for (int i = 0; i < a->count; i++)
        ratios.values[i] = a->values[i] / b->values[i];
    return series_median(&ratios);
}

struct data *bench_data_new(const struct bench *bench)
{
    struct scope scope = {.from = CALENDAR_DAY_MIN,
                          .to = CALENDAR_DAY_MAX,
                          .as_of = 20818, // the last day of 2026
                          .currency = "CNY",
                          .zone = zone_new("Asia/Shanghai"),
                          .period_text = ""};
    if (!scope.zone)
        scope.zone = zone_new("UTC");
    return data_new(bench->engagement->model, scope);
}

void bench_import(const struct bench *bench, struct data *data, const char *const *tables, int jobs)
{
    struct import_options options = {.engagement = "audit.lua", .jobs = jobs};
    struct import_summary summary;
    struct error error = {0};
    json_t *imports = json_array();
    if (!tables)
        json_array_append_new(imports, json_pack("{s:s, s:s}", "kind", "csv", "folder", "data"));
    for (; tables && *tables; tables++) {
        char file[256];
        snprintf(file, sizeof file, "data/%s.csv", *tables);
        json_array_append_new(
            imports, json_pack("{s:s, s:s, s:s}", "kind", "csv", "table", *tables, "file", file));
    }
    if (import_run(data, imports, bench->folder, &options, &summary, &error) != 0) {
        fprintf(stderr, "bench: %s: %s\n", error.where, error.message);
        exit(1);
    }
    import_summary_clear(&summary);
    json_decref(imports);
}

int bench_table(const struct bench *bench, const char *name)
{
    int table = model_find_table(bench->engagement->model, name);
    if (table >= 0)
        return table;
    fprintf(stderr, "bench: the model has no table %s\n", name);
    exit(1);
}

void bench_target(struct bench *bench, const char *what, double value, bool at_least, double target,
                  const char *unit)
{
    bool met = at_least ? value >= target : value <= target;
    bench->missed = bench->missed || !met;
    fprintf(bench->out, "\n%s: **%.3g%s** (wanted: at %s %g%s; %s)\n", what, value, unit,
            at_least ? "least" : "most", target, unit, met ? "met" : "missed");
}
