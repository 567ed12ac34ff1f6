// SPDX-License-Identifier: MIT
#include "reports/report.h"

#include "reports/csv_files.h"
#include "reports/jsonl.h"
#include "reports/postgres.h"
#include "reports/run_record.h"

#include <string.h>

const struct report reports[] = {
    {"jsonl", "exceptions as JSON Lines", {"exceptions.jsonl"}, jsonl_write},
    {"csv",
     "exceptions, controls, parameters, data problems and control totals as CSV",
     {"exceptions.csv", "controls.csv", "parameters.csv", "data_problems.csv", "totals.csv"},
     csv_files_write},
    // Last: it stores the hashes of the files.
    {"postgres",
     "all of it in the schema vouch of a database (--to)",
     {NULL},
     postgres_export_write},
    {NULL, NULL, {NULL}, NULL},
};

const char *const report_defaults[] = {"jsonl", "csv", NULL};

const struct report *report_find(const char *name)
{
    for (const struct report *report = reports; report->name; report++)
        if (strcmp(report->name, name) == 0)
            return report;
    return NULL;
}

bool report_is_result(const char *name)
{
    if (strcmp(name, OUTPUT_RUN_RECORD) == 0)
        return true;
    for (const struct report *report = reports; report->name; report++)
        for (const char *const *file = report->files; *file; file++)
            if (strcmp(*file, name) == 0)
                return true;
    return false;
}

static bool is_wanted(const struct run *run, const struct report *report)
{
    for (const char *const *name = run->formats; *name; name++)
        if (strcmp(*name, report->name) == 0)
            return true;
    return false;
}

int report_write(const struct run *run, struct output *output, struct error *error)
{
    for (const struct report *report = reports; report->name; report++)
        if (is_wanted(run, report) && report->write(run, output, error) < 0)
            return -1;
    for (const struct report *report = reports; report->name; report++)
        if (output_remove_others(output, report->files, error) < 0)
            return -1;
    return run_record_write(run, output, error);
}
