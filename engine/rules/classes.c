// SPDX-License-Identifier: MIT
#include "engine/rules/classes.h"

#include <stddef.h>
#include <string.h>

const char *const severity_names[] = {"low", "medium", "high", "critical", NULL};
const char *const amount_kind_names[] = {"misstatement", "exposure", "transaction", NULL};
static const char *const status_names[] = {"exceptions", "clean",    "conditional",
                                           "partial",    "untested", "not_run",
                                           "failed",     "disabled", NULL};
_Static_assert(sizeof severity_names / sizeof *severity_names == SEVERITY_CRITICAL + 2,
               "a name for each severity");
_Static_assert(sizeof amount_kind_names / sizeof *amount_kind_names == AMOUNT_UNSTATED + 1,
               "a name for each kind");
_Static_assert(sizeof status_names / sizeof *status_names == STATUS_DISABLED + 2,
               "a name for each status");

static int place_of(const char *name, const char *const *names)
{
    for (int i = 0; name && names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

const char *severity_name(enum severity severity)
{
    return severity_names[severity];
}

int severity_from_name(const char *name, enum severity *severity)
{
    int at = place_of(name, severity_names);
    if (at >= 0)
        *severity = (enum severity)at;
    return at < 0 ? -1 : 0;
}

const char *amount_kind_name(enum amount_kind kind)
{
    return amount_kind_names[kind];
}

const char *status_name(enum control_status status)
{
    return status_names[status];
}

int status_from_name(const char *name, enum control_status *status)
{
    int at = place_of(name, status_names);
    if (at >= 0)
        *status = (enum control_status)at;
    return at < 0 ? -1 : 0;
}

bool status_is_run(enum control_status status)
{
    return status <= STATUS_UNTESTED;
}
