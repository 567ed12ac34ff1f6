// SPDX-License-Identifier: MIT
// Results in a PostgreSQL database: runs, control results, exceptions, evidence and data problems
// in the schema `vouch`, which only grows. A run is loaded in one transaction, and once.
#ifndef VOUCH_REPORT_POSTGRES_H
#define VOUCH_REPORT_POSTGRES_H

#include "engine/base/buffer.h"
#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

#include <stdbool.h>

// Adds the statements that make the tables and views.
void postgres_schema_add(struct buffer *out);

// Checks what the command line says of the database: libpq must understand it, and it must hold no
// password, which others could see there. ERROR_USAGE.
int postgres_export_check(const char *conninfo, struct error *error);

struct postgres_export;

// Loads the run into run->export_to, after all files are written, up to the commit: nobody sees any
// of it yet. NULL with `error` when any of it cannot be stored. The caller frees.
struct postgres_export *postgres_export_new(const struct run *run, const struct output *output,
                                            struct error *error);

// Was the same run stored before? postgres_export_commit then fails and says so.
bool postgres_export_is_known(const struct postgres_export *export);

// -1 with `error` when the run is not stored, or was before.
int postgres_export_commit(struct postgres_export *export, struct error *error);

// Without a commit nothing is stored.
void postgres_export_free(struct postgres_export *export);

#endif
