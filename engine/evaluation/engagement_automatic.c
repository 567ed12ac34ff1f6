// SPDX-License-Identifier: MIT
// What a system may approve: automatic_approval { by = "JOB", limit = "5000", rule = "R7: orders up
// to 5,000 of customers with a contract" }.
#include "engine/evaluation/engagement_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"

#include <stdio.h>
#include <string.h>

const struct setting automatic_approval_settings[] = {
    {"by", .type = SETTING_TEXT, .required = true},
    {"limit", .type = SETTING_OWN, .required = true},
    {"rule", .type = SETTING_TEXT, .required = true},
    {0},
};

static const char *text_of(struct engagement *engagement, const json_t *value, const char *name,
                           int line)
{
    const char *text = json_string_value(json_object_get(value, name));
    if (text && *text)
        return text;
    engagement_complain(engagement, true, NULL, line, mistake_AUTOMATIC_TEXT, name);
    return NULL;
}

static void read_one(struct engagement *engagement, const json_t *entry)
{
    int line = (int)json_integer_value(json_object_get(entry, "line"));
    const json_t *value = json_object_get(entry, "value"), *limit = json_object_get(value, "limit");
    char digits[32];
    const char *written = json_string_value(limit);
    if (!json_is_object(value)) {
        engagement_complain(engagement, true, NULL, line, mistake_AUTOMATIC_FORM);
        return;
    }
    engagement_check_names(engagement, value, "automatic_approval", automatic_approval_settings,
                           line);
    const char *by = text_of(engagement, value, "by", line),
               *rule = text_of(engagement, value, "rule", line);
    if (json_is_integer(limit)) {
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(limit));
        written = digits;
    }
    struct decimal amount;
    if (!written || decimal_parse(written, strlen(written), &amount) != 0 ||
        amount.coefficient < 0) {
        engagement_complain(engagement, true, NULL, line, mistake_AUTOMATIC_LIMIT);
        return;
    }
    if (by && rule)
        scope_add_automatic(&engagement->scope, by, amount, rule);
}

void engagement_read_automatic(struct engagement *engagement, const json_t *declared)
{
    const json_t *entry;
    size_t at;
    json_array_foreach(json_object_get(declared, "automatic_approval"), at, entry)
        read_one(engagement, entry);
}
