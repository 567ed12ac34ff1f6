// SPDX-License-Identifier: MIT
// The materiality of an engagement: materiality = "1000000", or { amount = "1000000", significant =
// "500000", significant_count = 10, material_count = 50 }.
#include "engine/base/mistake.h"
#include "engine/evaluation/engagement_inside.h"

#include <stdio.h>
#include <string.h>

// Ours, where the engagement does not say: half the amount is significant, as are ten grave
// exceptions of one control; fifty are material.
enum { SIGNIFICANT_SHARE = 2, SIGNIFICANT_COUNT = 10, MATERIAL_COUNT = 50 };

const struct setting materiality_settings[] = {
    {"amount", .type = SETTING_OWN},
    {"significant", .type = SETTING_OWN},
    {"significant_count", .type = SETTING_NUMBER},
    {"material_count", .type = SETTING_NUMBER},
    {0},
};

static int read_amount(const json_t *value, struct decimal *amount)
{
    char digits[32];
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        text = digits;
    }
    return text && decimal_parse(text, strlen(text), amount) == 0 && amount->coefficient > 0 ? 0
                                                                                             : -1;
}

static void read_count(struct engagement *engagement, const json_t *value, const char *name,
                       int line, size_t *count)
{
    if (!value)
        return;
    if (json_is_integer(value) && json_integer_value(value) > 0)
        *count = (size_t)json_integer_value(value);
    else
        engagement_complain(engagement, true, NULL, line, mistake_MATERIALITY_COUNT, name);
}

static void read_table(struct engagement *engagement, const json_t *value, int line)
{
    struct materiality *materiality = &engagement->materiality;
    const json_t *significant = json_object_get(value, "significant");
    engagement_check_names(engagement, value, "materiality", materiality_settings, line);
    if (significant && read_amount(significant, &materiality->significant) != 0)
        engagement_complain(engagement, true, NULL, line, mistake_MATERIALITY_SIGNIFICANT);
    read_count(engagement, json_object_get(value, "significant_count"), "significant_count", line,
               &materiality->significant_count);
    read_count(engagement, json_object_get(value, "material_count"), "material_count", line,
               &materiality->material_count);
}

void engagement_read_materiality(struct engagement *engagement, const json_t *value, int line)
{
    struct materiality *materiality = &engagement->materiality;
    const json_t *amount = json_is_object(value) ? json_object_get(value, "amount") : value;
    if (!value)
        return;
    materiality->significant_count = SIGNIFICANT_COUNT;
    materiality->material_count = MATERIAL_COUNT;
    if (read_amount(amount, &materiality->amount) != 0) {
        engagement_complain(engagement, true, NULL, line, mistake_MATERIALITY_AMOUNT);
        return;
    }
    struct decimal share = {SIGNIFICANT_SHARE, 0};
    if (decimal_divide(materiality->amount, share, DECIMAL_SCALE_MAX, ROUND_HALF_UP,
                       &materiality->significant) != 0)
        decimal_divide(materiality->amount, share, 2, ROUND_HALF_UP, &materiality->significant);
    if (json_is_object(value))
        read_table(engagement, value, line);
    materiality->stated = true;
    if (decimal_compare(materiality->significant, materiality->amount) > 0 ||
        materiality->significant_count > materiality->material_count)
        engagement_complain(engagement, true, NULL, line, mistake_MATERIALITY_ORDER);
}
