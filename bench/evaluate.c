// SPDX-License-Identifier: MIT
// What a rule costs, what a second worker gains, and the whole program.
#include "bench/measure.h"

#include "engine/evaluation/evaluation.h"
#include "engine/lua/tester.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { RULES = 5, BLOCK_ROWS = 1 << 16 };

static int control_number(const struct bench *bench, const char *id)
{
    const struct control *control = engagement_control(bench->engagement, id);
    if (control)
        return (int)(control - bench->engagement->controls);
    fprintf(stderr, "bench: there is no control %s\n", id);
    exit(1);
}

// ---- rules

static struct tester *start_test(const struct bench *bench, const struct data *data, const char *id)
{
    struct tester_limits limits = {0};
    struct error error;
    struct tester *test =
        tester_new(bench->engagement, data, control_number(bench, id), &limits, &error);
    if (test)
        return test;
    fprintf(stderr, "bench: %s: %s\n", error.where, error.message);
    exit(1);
}

// One worker's work: each block of rows in a state of its own. Seconds, and those of making states.
static double time_rule(const struct bench *bench, const struct data *data, const char *id,
                        int table, double *making)
{
    uint32_t rows = data->tables[table].rows;
    double start = seconds_now();
    *making = 0;
    for (uint32_t first = 0; first < rows; first += BLOCK_ROWS) {
        struct block block = {0};
        double before = seconds_now();
        struct tester *test = start_test(bench, data, id);
        *making += seconds_now() - before;
        uint32_t next = rows - first < BLOCK_ROWS ? rows : first + BLOCK_ROWS;
        tester_rows(test, table, first, next, &block);
        if (block.passed != next - first) {
            fprintf(stderr, "bench: %s did not pass all rows\n", id);
            exit(1);
        }
        tester_free(test);
        block_clear(&block);
    }
    return seconds_now() - start;
}

void bench_rules(struct bench *bench, const struct data *data)
{
    static const char *const ids[RULES] = {"BEN-01", "BEN-02", "BEN-03", "BEN-04", "BEN-05"};
    struct series times[RULES] = {0}, states = {0};
    int table = bench_table(bench, "sales_order_line");
    double rows = data->tables[table].rows, making;
    double blocks = (double)((data->tables[table].rows + BLOCK_ROWS - 1) / BLOCK_ROWS);
    for (int round = 0; round < bench->rounds; round++)
        for (int rule = 0; rule < RULES; rule++) {
            series_add(&times[rule], time_rule(bench, data, ids[rule], table, &making));
            series_add(&states, making / blocks);
        }
    fprintf(bench->out,
            "\n## Rules\n\nOne worker, all order lines, in blocks as a run has them.\n\n"
            "| rule | ns per row | times the empty one |\n|---|---|---|\n");
    for (int rule = 0; rule < RULES; rule++)
        fprintf(bench->out, "| %s | %.0f | %.1f |\n",
                bilingual_get(&engagement_control(bench->engagement, ids[rule])->title, "en"),
                series_median(&times[rule]) / rows * 1e9, series_ratio(&times[rule], &times[0]));
    fprintf(bench->out, "\nMaking the Lua state of a block: %.2f ms (part of the figures above).\n",
            series_median(&states) * 1e3);
    bench_target(bench, "A three-field rule against an empty one",
                 series_ratio(&times[2], &times[0]), false, 6, " times");
}

// ---- workers

static void select_planted(const struct bench *bench)
{
    for (int i = 0; i < bench->engagement->control_count; i++) {
        struct control *control = &bench->engagement->controls[i];
        control->selected = strcmp(control->id, "BEN-11") >= 0;
    }
}

// The generator's word against what was found.
static void compare_with_planted(const struct bench *bench, const struct evaluation *evaluation)
{
    char path[4096], id[32];
    size_t planted;
    snprintf(path, sizeof path, "%s/planted", bench->folder);
    FILE *file = fopen(path, "r");
    int compared = 0;
    while (file && fscanf(file, "%31s %zu", id, &planted) == 2) {
        size_t found = evaluation->results[control_number(bench, id)].exceptions;
        compared++;
        if (found == planted)
            continue;
        fprintf(stderr, "bench: %s found %zu exceptions where %zu were planted\n", id, found,
                planted);
        exit(1);
    }
    if (file)
        fclose(file);
    if (compared == 0) {
        fprintf(stderr, "bench: %s cannot be read\n", path);
        exit(1);
    }
}

static double time_evaluation(const struct bench *bench, const struct data *data, int jobs,
                              size_t *findings)
{
    struct evaluation_options options = {.jobs = jobs};
    struct error error;
    double start = seconds_now();
    struct evaluation *evaluation = evaluation_run(bench->engagement, data, &options, &error);
    double seconds = seconds_now() - start;
    if (!evaluation) {
        fprintf(stderr, "bench: %s: %s\n", error.where, error.message);
        exit(1);
    }
    compare_with_planted(bench, evaluation);
    *findings = evaluation->finding_count;
    evaluation_free(evaluation);
    return seconds;
}

void bench_workers(struct bench *bench, const struct data *data)
{
    struct series one = {0}, two = {0};
    size_t findings = 0;
    select_planted(bench);
    for (int round = 0; round < bench->rounds; round++) {
        series_add(&one, time_evaluation(bench, data, 1, &findings));
        series_add(&two, time_evaluation(bench, data, 2, &findings));
    }
    fprintf(bench->out,
            "\n## Workers\n\nThe five controls of bench/controls/planted.lua, which find %zu "
            "exceptions, as many "
            "as were planted.\n\n| workers | s |\n|---|---|\n| 1 | %.3f |\n| 2 | %.3f |\n\n"
            "Two workers against one: **%.2f times** as fast.\n",
            findings, series_median(&one), series_median(&two), series_ratio(&one, &two));
}

// ---- the program

static double time_program(const struct bench *bench, int jobs)
{
    char command[8192];
    snprintf(command, sizeof command,
             "'%s' run --quiet --no-progress --only BEN-11,BEN-12,BEN-13,BEN-14,BEN-15 "
             "--rules '%s/rules' --jobs %d -o '%s/out' '%s' >/dev/null 2>&1",
             bench->program, bench->folder, jobs, bench->folder, bench->folder);
    double start = seconds_now();
    int status = system(command);
    double seconds = seconds_now() - start;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 1) // open exceptions: those that were planted
        return seconds;
    fprintf(stderr, "bench: %s ended with %d\n", command, status);
    exit(1);
}

void bench_program(struct bench *bench)
{
    struct series one = {0}, two = {0};
    for (int round = 0; round < bench->rounds; round++) {
        series_add(&one, time_program(bench, 1));
        series_add(&two, time_program(bench, 2));
    }
    fprintf(bench->out,
            "\n## The whole run\n\n`vouch run` with those controls, from CSV files to results.\n\n"
            "| jobs | s |\n|---|---|\n| 1 | %.2f |\n| 2 | %.2f |\n\nTwo jobs against one: **%.2f "
            "times** as "
            "fast.\n",
            series_median(&one), series_median(&two), series_ratio(&one, &two));
}
