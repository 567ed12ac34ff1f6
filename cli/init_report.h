// SPDX-License-Identifier: MIT
// What `vouch init` says of an engagement that it has written.
#ifndef VOUCH_INIT_REPORT_H
#define VOUCH_INIT_REPORT_H

#include "cli/session.h"
#include "guess/plan.h"

// Runs the engagement `path`, whose text is `text`, and prints what came in, what was tested, what
// to export next, and where the doubts are. The exit code of the command.
int init_report(const struct plan *plan, const char *path, const char *text,
                const struct settings *settings);

#endif
