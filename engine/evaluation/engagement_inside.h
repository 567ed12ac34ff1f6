// SPDX-License-Identifier: MIT
// What the modules of the engagement share among themselves.
#ifndef VOUCH_ENGAGEMENT_INSIDE_H
#define VOUCH_ENGAGEMENT_INSIDE_H

#include "engine/evaluation/engagement.h"

// Adds a diagnostic about the engagement file, or about `file`. `line` 0: unknown.
void engagement_complain(struct engagement *engagement, bool is_error, const char *file, int line,
                         const char *format, ...) __attribute__((format(printf, 5, 6)));

// Reads title, period, as_of, currency, zone, language, days off; the command line goes first.
void engagement_read_settings(struct engagement *engagement, const json_t *declared,
                              const struct engagement_options *options);

// Reads engagement { materiality = ... }; `value` may be NULL.
void engagement_read_materiality(struct engagement *engagement, const json_t *value, int line);

// Applies profiles, parameters, required, disable and --only, --param to the controls.
void engagement_select(struct engagement *engagement, const json_t *declared,
                       const struct engagement_options *options);

// Reads "2026-10", "2026", "2026-10-05..2026-10-20" or one day into its first and last day; -1.
int engagement_parse_period(const char *text, int *from, int *to);

#endif
