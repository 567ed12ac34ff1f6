// SPDX-License-Identifier: MIT
// What the modules that read an engagement share among themselves.
#ifndef VOUCH_ENGAGEMENT_INSIDE_H
#define VOUCH_ENGAGEMENT_INSIDE_H

#include "engine/evaluation/engagement_load.h"

// Reads title, period, as_of, currency, zone, language, days off; the command line goes first.
void engagement_read_settings(struct engagement *engagement, const json_t *declared,
                              const struct engagement_options *options);

// Reads engagement { materiality = ... }; `value` may be NULL.
void engagement_read_materiality(struct engagement *engagement, const json_t *value, int line);

// Reads what is stated about data that are not there: assume, refuse, none, complete.
void engagement_read_statements(struct engagement *engagement, const json_t *declared);

// Reads what a system may approve: automatic_approval.
void engagement_read_automatic(struct engagement *engagement, const json_t *declared);

// Applies profiles, parameters, required, disable and --only, --param to the controls.
void engagement_select(struct engagement *engagement, const json_t *declared,
                       const struct engagement_options *options);

#endif
