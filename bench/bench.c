// SPDX-License-Identifier: MIT
// Measures vouch on generated data and writes what it finds as Markdown. bench/run.sh calls it.
#include "bench/measure.h"

#include "adapters/import.h"
#include "engine/base/error.h"
#include "engine/evaluation/engagement_load.h"

#include <stdlib.h>
#include <string.h>

static void load(struct bench *bench)
{
    char rules[4096];
    struct error error = {0};
    snprintf(rules, sizeof rules, "%s/rules", bench->folder);
    struct engagement_options options = {.rules_folder = rules, .imports = import_kinds()};
    bench->engagement = engagement_load(bench->folder, &options, &error);
    if (!bench->engagement) {
        fprintf(stderr, "bench: %s: %s\n", error.where, error.message);
        exit(1);
    }
    for (int i = 0; i < bench->engagement->diagnostic_count; i++)
        if (bench->engagement->diagnostics[i].is_error)
            fprintf(stderr, "bench: %s:%d: %s\n", bench->engagement->diagnostics[i].file,
                    bench->engagement->diagnostics[i].line,
                    bench->engagement->diagnostics[i].message);
    if (bench->engagement->error_count > 0)
        exit(1);
}

static void measure_all(struct bench *bench)
{
    struct data *data;
    bench_import_speed(bench);
    bench_memory(bench);
    bench_sealing(bench, &data);
    bench_rules(bench, data);
    bench_workers(bench, data);
    data_free(data);
    bench_program(bench);
}

int main(int count, char **arguments)
{
    bool with_server = count == 6 && strcmp(arguments[5], "postgres") == 0;
    if (count != 5 && !with_server) {
        fputs("usage: bench FOLDER VOUCH REPORT ROUNDS [postgres]\n", stderr);
        return 2;
    }
    struct bench bench = {.folder = arguments[1], .program = arguments[2]};
    bench.rounds = atoi(arguments[4]);
    bench.out = fopen(arguments[3], "w");
    if (!bench.out || bench.rounds < 1 || bench.rounds > ROUNDS_MAX) {
        fputs("bench: the report cannot be written, or ROUNDS is not 1 to 64\n", stderr);
        return 2;
    }
    load(&bench);
    if (with_server)
        bench_postgres(&bench);
    else
        measure_all(&bench);
    engagement_free(bench.engagement);
    if (fclose(bench.out) != 0) {
        fputs("bench: the report could not be written\n", stderr);
        return 1;
    }
    return bench.missed ? 3 : 0;
}
