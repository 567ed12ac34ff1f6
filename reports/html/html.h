// SPDX-License-Identifier: MIT
// report.html: the run as one page for people. It begins with the picture (exceptions and amounts
// by family, by severity, over time, the largest customers and actors), then each control with what
// it tests, its result and its exceptions, whose evidence unfolds in place. The page loads nothing:
// style and scripts are inside, and a Content-Security-Policy forbids everything else. Without
// scripts it is plain tables. It stays below HTML_BYTES_MAX: of many exceptions it shows the
// largest, and cuts long texts and lists where that is not enough, and says so.
#ifndef VOUCH_HTML_H
#define VOUCH_HTML_H

#include "engine/base/error.h"
#include "reports/figures/run.h"
#include "reports/files/output.h"

enum { HTML_EXCEPTIONS_MAX = 10000, HTML_BYTES_MAX = 10000000 };

// 0 or -1 with `error`.
int html_write(const struct run *run, struct output *output, struct error *error);

#endif
