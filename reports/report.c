// SPDX-License-Identifier: MIT
#include "reports/report.h"

#include "reports/files/csv_files.h"
#include "reports/files/jsonl.h"
#include "reports/files/run_record.h"
#include "reports/html/html.h"
#include "reports/postgres/postgres.h"
#include "reports/xlsx/xlsx.h"

#include <string.h>

static const char postgres_format[] = "postgres";

const struct report reports[] = {
    {"jsonl", "exceptions as JSON Lines", {"exceptions.jsonl"}, jsonl_write},
    {"csv",
     "exceptions, controls, parameters, data problems, control totals and what was left out as CSV",
     {"exceptions.csv", "controls.csv", "parameters.csv", "data_problems.csv", "totals.csv",
      "left_out.csv", "documents.csv", "waiver_status.csv"},
     csv_files_write},
    {"xlsx", "all of it as a workbook for Excel and LibreOffice", {"report.xlsx"}, xlsx_write},
    {"html",
     "one page for people: the picture, the controls, their exceptions",
     {"report.html"},
     html_write},
    // Stores the hashes of all files, and none itself: see report_write.
    {postgres_format, "all of it in the schema vouch of a database (--to)", {NULL}, NULL},
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

static bool is_wanted(const struct run *run, const char *format)
{
    for (const char *const *name = run->formats; *name; name++)
        if (strcmp(*name, format) == 0)
            return true;
    return false;
}

static int write_files(const struct run *run, struct output *output, struct error *error)
{
    for (const struct report *report = reports; report->name; report++)
        if (report->write && is_wanted(run, report->name) && report->write(run, output, error) != 0)
            return -1;
    for (const struct report *report = reports; report->name; report++)
        if (output_remove_others(output, report->files, error) != 0)
            return -1;
    return run_record_write(run, output, error);
}

// The run is finished here and stored there, or neither: everything that can fail comes before the
// run record takes its name, but for the commit, and that takes the name back. A run that was
// stored before is finished here without being stored again.
static int finish(struct output *output, struct postgres_export *export, struct error *error)
{
    if (output_end(output, error) != 0)
        return -1;
    if (!export || postgres_export_commit(export, error) == 0)
        return 0;
    if (!postgres_export_is_known(export))
        output_withdraw(output);
    return -1;
}

int report_write(const struct run *run, struct output *output, struct error *error)
{
    struct postgres_export *export = NULL;
    if (write_files(run, output, error) != 0)
        return -1;
    if (is_wanted(run, postgres_format) && !(export = postgres_export_new(run, output, error)))
        return -1;
    int result = finish(output, export, error);
    postgres_export_free(export);
    return result;
}
