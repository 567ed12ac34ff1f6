// SPDX-License-Identifier: MIT
// What the benchmark's measurements share: a clock, series of paired rounds, the data and the
// report. Absolute times depend on the machine and on what else runs on it; the medians of ratios
// of rounds that follow one another do so much less.
#ifndef VOUCH_BENCH_MEASURE_H
#define VOUCH_BENCH_MEASURE_H

#include "engine/data/data.h"
#include "engine/rules/engagement.h"

#include <stdbool.h>
#include <stdio.h>

enum { ROUNDS_MAX = 64 };

// One figure for each round.
struct series {
    double values[ROUNDS_MAX];
    int count;
};

double seconds_now(void);
void series_add(struct series *series, double value);
double series_median(const struct series *series);

// The median over rounds of a / b.
double series_ratio(const struct series *a, const struct series *b);

struct bench {
    const char *folder;  // of the generated engagement: audit.lua, controls/, data/, rules/
    const char *program; // the vouch to run
    struct engagement *engagement;
    int rounds;
    bool missed; // a target was
    FILE *out;   // the report, Markdown
};

// An empty data set over the engagement's model.
struct data *bench_data_new(const struct bench *bench);

// Imports data/TABLE.csv of each of `tables` (NULL-terminated; NULL: the whole folder) with so many
// threads; ends the program when that fails. Nothing is joined yet.
void bench_import(const struct bench *bench, struct data *data, const char *const *tables,
                  int jobs);

// A table's index; ends the program when the model has none of that name.
int bench_table(const struct bench *bench, const char *name);

// Writes one row of the table of targets and remembers a miss: "at least" or "at most" the target.
void bench_target(struct bench *bench, const char *what, double value, bool at_least, double target,
                  const char *unit);

// The measurements, each a section of the report.
void bench_import_speed(struct bench *bench);
void bench_memory(struct bench *bench);
void bench_sealing(struct bench *bench,
                   struct data **sealed); // leaves the sealed data to the others
void bench_rules(struct bench *bench, const struct data *data);
void bench_workers(struct bench *bench, const struct data *data);
void bench_program(struct bench *bench);
void bench_postgres(struct bench *bench); // needs a server: bench/postgres.py

#endif
