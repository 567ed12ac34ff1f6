// SPDX-License-Identifier: MIT
// Results in a PostgreSQL database: runs, control results, exceptions, evidence and data problems
// in the schema `vouch`, which only grows. A run is loaded in one transaction, and once.
#ifndef VOUCH_REPORT_POSTGRES_H
#define VOUCH_REPORT_POSTGRES_H

#include "engine/error.h"
#include "reports/output.h"
#include "reports/run.h"

// The tables and views, as SQL.
extern const char postgres_schema[];

// Checks what the command line says of the database: libpq must understand it, and it must hold no
// password, which others could see there. ERROR_USAGE.
int postgres_export_check(const char *conninfo, struct error *error);

// Loads the run into run->export_to, after all files are written. -1 with `error` when any of it
// cannot be stored, or the same run was loaded before; nothing of it is then there.
int postgres_export_write(const struct run *run, struct output *output, struct error *error);

#endif
