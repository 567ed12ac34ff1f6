// SPDX-License-Identifier: MIT
// What the engagement file declares about a run, and the command line, which overrides it. No value
// is trusted to have the type that it should; each mistake is a diagnostic, and reading goes on,
// since an engagement with any error is not run. Selecting goes from the general to the particular:
// profiles, parameters, required, disabled, then --param and --only.
#include "engine/evaluation/engagement_inside.h"

#include "engine/base/memory.h"
#include "engine/base/mistake.h"
#include "engine/base/nearest.h"
#include "engine/evaluation/title.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

// The period as the engagement writes it.
static void add_own_period(const json_t *settings, struct buffer *out)
{
    const json_t *value = json_object_get(settings, "period");
    const char *from = text_of(value, "from"), *to = text_of(value, "to");
    if (json_is_string(value))
        buffer_add_text(out, json_string_value(value));
    else if (json_is_object(value))
        buffer_printf(out, "%s..%s", from ? from : "", to ? to : "");
}

static void read_period(struct engagement *engagement, const json_t *settings, const char *option,
                        int line)
{
    struct buffer text = {0};
    if (option)
        buffer_add_text(&text, option);
    else
        add_own_period(settings, &text);
    struct scope *scope = &engagement->scope;
    if (text.length == 0) {
        if (line)
            engagement_complain(engagement, true, NULL, line,
                                json_object_get(settings, "period") ? mistake_PERIOD_FORM
                                                                    : mistake_PERIOD_MISSING);
    } else if (calendar_parse_period(text.data, &scope->from, &scope->to) != 0) {
        engagement_complain(engagement, true, option ? "--period" : NULL, option ? 0 : line,
                            mistake_PERIOD_NONE, text.data);
    }
    scope->period_text = arena_text_of(scope_arena(scope), &text);
}

// The title follows the period that is run.
static void read_title(struct engagement *engagement, const json_t *settings, const char *option)
{
    const char *title = text_of(settings, "title");
    struct buffer own = {0}, text = {0};
    if (!title)
        return;
    add_own_period(settings, &own);
    title_add(title, option ? buffer_text(&own) : NULL, engagement->scope.period_text, &text);
    engagement->title = arena_text(engagement->arena, buffer_text(&text));
    buffer_clear(&own);
    buffer_clear(&text);
}

// The latest day on which a source was extracted; CALENDAR_DAY_MIN where none says.
static int latest_extraction(const json_t *imports)
{
    int latest = CALENDAR_DAY_MIN, day;
    for (size_t i = 0; i < json_array_size(imports); i++) {
        const json_t *extracted = json_object_get(json_array_get(imports, i), "extracted");
        const char *at = json_string_value(json_object_get(extracted, "at"));
        size_t length = at ? strcspn(at, "T ") : 0;
        if (at && calendar_parse_day(at, length, &day) == 0 && day > latest)
            latest = day;
    }
    return latest;
}

static void read_as_of(struct engagement *engagement, const json_t *settings, const json_t *imports,
                       const char *option, int line)
{
    const char *text = option ? option : json_string_value(json_object_get(settings, "as_of"));
    int extracted = latest_extraction(imports);
    engagement->scope.as_of = extracted >= engagement->scope.from && extracted > CALENDAR_DAY_MIN
                                  ? extracted
                                  : engagement->scope.to;
    if (text && calendar_parse_day(text, strlen(text), &engagement->scope.as_of) != 0)
        engagement_complain(engagement, true, option ? "--as-of" : NULL, option ? 0 : line,
                            mistake_AS_OF_NONE, text);
    else if (engagement->scope.as_of < engagement->scope.from)
        engagement_complain(engagement, true, option ? "--as-of" : NULL, option ? 0 : line,
                            mistake_AS_OF_EARLY, text ? text : "");
}

// A setting that is a whole number from `least` to `most`, or `otherwise` where it is not stated.
static int read_whole(struct engagement *engagement, const json_t *value, int least, int most,
                      int otherwise, const char *what, int line)
{
    json_int_t number = json_integer_value(value);
    if (json_is_integer(value) && number >= least && number <= most)
        return (int)number;
    if (value)
        engagement_complain(engagement, true, NULL, line, "%s", what);
    return otherwise;
}

static int compare_days(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

static void read_days(struct engagement *engagement, const json_t *settings, const char *name,
                      int line, int **days, size_t *count)
{
    const json_t *list = json_object_get(settings, name);
    if (list && !json_is_array(list) && (!json_is_object(list) || json_object_size(list) > 0))
        engagement_complain(engagement, true, NULL, line, mistake_DAYS_FORM, name);
    *days = arena_take(scope_arena(&engagement->scope), json_array_size(list), sizeof **days);
    *count = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text && calendar_parse_day(text, strlen(text), &(*days)[*count]) == 0)
            ++*count;
        else
            engagement_complain(engagement, true, NULL, line, mistake_DAYS_NONE, name,
                                text ? text : "(not a text)");
    }
    if (*count)
        qsort(*days, *count, sizeof **days, compare_days);
}

static const char *const languages[] = {"en", "zh", NULL};

const struct setting engagement_settings[] = {
    {"title", .type = SETTING_TEXT},
    {"entity", .type = SETTING_TEXT},
    {"period", .type = SETTING_OWN},
    {"as_of", .type = SETTING_TEXT},
    {"currency", .type = SETTING_TEXT},
    {"timezone", .type = SETTING_TEXT},
    {"language", .type = SETTING_WORD, .words = languages},
    {"rate_days", .type = SETTING_COUNT},
    {"people", .type = SETTING_WORD, .words = people_names + PEOPLE_USERS},
    {"holidays", .type = SETTING_OWN},
    {"workdays", .type = SETTING_OWN},
    {"materiality", .type = SETTING_OWN},
    {"history_pct", .type = SETTING_NUMBER},
    {0},
};

// Whose ids columns hold of which the model does not say.
static void read_people(struct engagement *engagement, const json_t *settings, int line)
{
    const char *people = text_of(settings, "people");
    int number =
        people ? setting_word_number(setting_find(engagement_settings, "people"), people) : -1;
    if (number >= 0)
        engagement->scope.people = (enum people)(PEOPLE_USERS + number);
    else if (people)
        engagement_complain(engagement, true, NULL, line, mistake_PEOPLE_NONE, people);
}

static void check_texts(struct engagement *engagement, const json_t *settings, int line)
{
    for (const struct setting *setting = engagement_settings; setting->name; setting++) {
        const json_t *value = json_object_get(settings, setting->name);
        bool text = setting->type == SETTING_TEXT || setting->type == SETTING_WORD;
        if (text && value && !json_is_string(value))
            engagement_complain(engagement, true, NULL, line, mistake_IS_A_TEXT, setting->name);
    }
}

// The entry of a setting that may be given once; a second one is an error.
static const json_t *only_entry(struct engagement *engagement, const json_t *declared,
                                const char *name, int *line)
{
    const json_t *list = json_object_get(declared, name);
    if (json_array_size(list) > 1)
        engagement_complain(
            engagement, true, NULL,
            (int)json_integer_value(json_object_get(json_array_get(list, 1), "line")),
            mistake_STATEMENT_TWICE, name);
    const json_t *entry = json_array_get(list, 0);
    *line = (int)json_integer_value(json_object_get(entry, "line"));
    return json_object_get(entry, "value");
}

// A file that people keep beside the engagement: its name, or { file = "...", encoding = "..." }.
static void read_list(struct engagement *engagement, const json_t *declared, const char *name,
                      const char **file, const char **encoding)
{
    int line;
    const json_t *value = only_entry(engagement, declared, name, &line);
    const json_t *named = json_is_object(value) ? json_object_get(value, "file") : value;
    const char *text = json_string_value(named);
    const json_t *given = json_object_get(value, "encoding");
    bool right = text && *text && (!given || json_is_string(given));
    if (value && !right)
        engagement_complain(engagement, true, NULL, line, mistake_LIST_FORM, name, name, name, name,
                            name);
    *file = right ? arena_text(engagement->arena, text) : NULL;
    *encoding = right && given ? arena_text(engagement->arena, json_string_value(given)) : NULL;
}

void engagement_read_settings(struct engagement *engagement, const json_t *declared,
                              const struct engagement_options *options)
{
    int line;
    const json_t *settings = only_entry(engagement, declared, "engagement", &line);
    struct scope *scope = &engagement->scope;
    scope->from = CALENDAR_DAY_MIN;
    scope->to = scope->as_of = CALENDAR_DAY_MAX;
    if (!settings && !options->without_engagement && !engagement->error_count)
        engagement_complain(engagement, true, NULL, 0, mistake_ENGAGEMENT_MISSING);
    check_texts(engagement, settings, line);
    engagement_check_names(engagement, settings, "engagement", engagement_settings, line);
    engagement->entity = arena_text(engagement->arena, text_of(settings, "entity"));
    const char *language = options->language ? options->language : text_of(settings, "language");
    engagement->language = arena_text(engagement->arena, language ? language : "en");
    if (setting_word_number(setting_find(engagement_settings, "language"), engagement->language) <
        0)
        engagement_complain(engagement, true, options->language ? "--lang" : NULL,
                            options->language ? 0 : line, mistake_LANGUAGE_NONE,
                            engagement->language);
    const char *currency = text_of(settings, "currency");
    scope->currency = arena_text(scope_arena(scope), currency ? currency : "CNY");
    if (strspn(scope->currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 || strlen(scope->currency) != 3)
        engagement_complain(engagement, true, NULL, line, mistake_CURRENCY_NONE, scope->currency);
    const char *zone = json_string_value(json_object_get(settings, "timezone"));
    struct error error;
    zone = zone ? zone : "Asia/Shanghai";
    if (zone_check(zone, &error) != 0)
        engagement_complain(engagement, true, NULL, line, "timezone '%s': %s", zone, error.message);
    else if (!(scope->zone = zone_new(zone)))
        engagement_complain(engagement, true, NULL, line, mistake_ZONE_UNREADABLE, zone);
    if (!scope->zone)
        scope->zone = zone_new("UTC");
    read_people(engagement, settings, line);
    engagement->scope.rate_days = read_whole(
        engagement, json_object_get(settings, "rate_days"), 0, 366, RATE_DAYS,
        "rate_days is a number of days, 0 to 366, for which an exchange rate is carried forward",
        line);
    read_period(engagement, settings, options->period, line);
    read_title(engagement, settings, options->period);
    read_as_of(engagement, settings, json_object_get(declared, "imports"), options->as_of, line);
    read_days(engagement, settings, "holidays", line, &scope->holidays, &scope->holiday_count);
    read_days(engagement, settings, "workdays", line, &scope->workdays, &scope->workday_count);
    engagement->history_pct =
        read_whole(engagement, json_object_get(settings, "history_pct"), 1, 100, HISTORY_PCT,
                   "history_pct is a whole number of percent, from 1 to 100", line);
    engagement_read_materiality(engagement, json_object_get(settings, "materiality"), line);
    read_list(engagement, declared, "waivers", &engagement->waivers, &engagement->waivers_encoding);
    read_list(engagement, declared, "dispositions", &engagement->dispositions,
              &engagement->dispositions_encoding);
}

// ---- which controls run, and with what

static struct control *find_control(struct engagement *engagement, const char *id, size_t length)
{
    for (int i = 0; i < engagement->control_count; i++)
        if (strlen(engagement->controls[i].id) == length &&
            memcmp(engagement->controls[i].id, id, length) == 0)
            return &engagement->controls[i];
    return NULL;
}

static void complain_profile(struct engagement *engagement, const char *name, int line)
{
    struct text wanted = {name ? name : "?", strlen(name ? name : "?")};
    struct nearest nearest = nearest_start(wanted);
    char hint[96];
    for (int i = 0; i < engagement->control_count; i++)
        for (int at = 0; at < engagement->controls[i].profile_count; at++)
            nearest_try(&nearest, engagement->controls[i].profiles[at]);
    engagement_complain(engagement, true, NULL, line, mistake_PROFILE_NONE, wanted.bytes,
                        nearest_hint(&nearest, hint));
}

static bool in_list(const struct control *control, const json_t *list)
{
    const json_t *item;
    size_t at;
    json_array_foreach(list, at, item)
    {
        const char *wanted = json_string_value(item);
        for (int profile = 0; wanted && profile < control->profile_count; profile++)
            if (strcmp(control->profiles[profile], wanted) == 0)
                return true;
    }
    return false;
}

static void select_profiles(struct engagement *engagement, const json_t *declared)
{
    int line;
    const json_t *profiles = only_entry(engagement, declared, "profiles", &line), *item;
    size_t number;
    for (int i = 0; i < engagement->control_count; i++) {
        struct control *control = &engagement->controls[i];
        control->selected = !profiles || control->profile_count == 0 || in_list(control, profiles);
    }
    json_array_foreach(profiles, number, item)
    {
        json_t *one = json_pack("[O]", item);
        bool known = false;
        for (int i = 0; i < engagement->control_count; i++)
            known |= in_list(&engagement->controls[i], one);
        if (!known)
            complain_profile(engagement, json_string_value(item), line);
        json_decref(one);
    }
}

// --only names controls or families.
static void select_only(struct engagement *engagement, const char *only)
{
    if (!only)
        return;
    bool *wanted = arena_take(engagement->arena, (size_t)engagement->control_count, sizeof *wanted);
    if (!only[strspn(only, ",")])
        engagement_complain(engagement, true, "--only", 0, mistake_ONLY_NONE);
    for (const char *at = only; *at;) {
        size_t length = strcspn(at, ",");
        bool known = length == 0;
        for (int number = 0; number < engagement->control_count; number++) {
            const struct control *control = &engagement->controls[number];
            if ((strlen(control->id) == length && memcmp(control->id, at, length) == 0) ||
                (strlen(control->family) == length && memcmp(control->family, at, length) == 0))
                known = wanted[number] = true;
        }
        if (!known && engagement->error_count == 0) // a file with mistakes declares no controls
            engagement_complain(engagement, true, "--only", 0, mistake_ONLY_UNKNOWN, (int)length,
                                at);
        at += length + (at[length] == ',');
    }
    for (int number = 0; number < engagement->control_count; number++)
        engagement->controls[number].selected = wanted[number];
}

// Whether a new value is of the parameter's type; texts on the command line stand for any.
static json_t *fit(const struct parameter *parameter, json_t *value)
{
    struct decimal number;
    int day;
    const char *text = json_string_value(value);
    if (strcmp(parameter->type, "int") == 0 && text) {
        return decimal_parse(text, strlen(text), &number) == 0 && number.scale == 0
                   ? json_integer(number.coefficient)
                   : NULL;
    }
    if (strcmp(parameter->type, "bool") == 0 && text)
        return strcmp(text, "true") == 0    ? json_true()
               : strcmp(text, "false") == 0 ? json_false()
                                            : NULL;
    if (strcmp(parameter->type, "list") == 0 && text) {
        json_t *list = json_array();
        for (const char *at = text; *at;) {
            size_t length = strcspn(at, ",");
            json_array_append_new(list, json_stringn(at, length));
            at += length + (at[length] == ',');
        }
        return list;
    }
    if (strcmp(parameter->type, "decimal") == 0 && json_is_integer(value)) {
        char digits[32];
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        return json_string(digits);
    }
    bool fits = strcmp(parameter->type, "int") == 0    ? json_is_integer(value)
                : strcmp(parameter->type, "bool") == 0 ? json_is_boolean(value)
                : strcmp(parameter->type, "list") == 0 ? json_is_array(value)
                : strcmp(parameter->type, "decimal") == 0
                    ? text && decimal_parse(text, strlen(text), &number) == 0
                : strcmp(parameter->type, "date") == 0
                    ? text && calendar_parse_day(text, strlen(text), &day) == 0
                    : text != NULL;
    return fits ? json_incref(value) : NULL;
}

static void override(struct engagement *engagement, struct control *control, const char *name,
                     json_t *value, const char *origin, const char *file, int line)
{
    struct parameter *parameter = NULL;
    for (int i = 0; i < control->parameter_count; i++)
        if (strcmp(control->parameters[i].name, name) == 0)
            parameter = &control->parameters[i];
    if (!parameter) {
        char hint[96];
        struct nearest nearest = nearest_start((struct text){name, strlen(name)});
        for (int i = 0; i < control->parameter_count; i++)
            nearest_try(&nearest, control->parameters[i].name);
        engagement_complain(engagement, true, file, line, mistake_PARAMETER_NONE, control->id, name,
                            nearest_hint(&nearest, hint));
        return;
    }
    json_t *fitting = fit(parameter, value);
    if (!fitting) {
        engagement_complain(engagement, true, file, line, mistake_PARAMETER_TYPE, control->id, name,
                            parameter->type);
        return;
    }
    json_array_append_new(engagement->kept, fitting);
    if (!parameter_takes(parameter, fitting)) {
        struct buffer choices = {0};
        for (int i = 0; i < parameter->choice_count; i++)
            buffer_printf(&choices, "%s\"%s\"", i ? ", " : "", parameter->choices[i]);
        engagement_complain(engagement, true, file, line, mistake_PARAMETER_CHOICE, control->id,
                            name, buffer_text(&choices));
        buffer_clear(&choices);
        return;
    }
    parameter->value = fitting;
    parameter->origin = origin;
}

static struct control *named_control(struct engagement *engagement, const char *id, size_t length,
                                     const char *what, const char *file, int line)
{
    struct control *control = find_control(engagement, id, length);
    if (!control) {
        char hint[96];
        struct nearest nearest = nearest_start((struct text){id, length});
        for (int i = 0; i < engagement->control_count; i++)
            nearest_try(&nearest, engagement->controls[i].id);
        engagement_complain(engagement, true, file, line, mistake_CONTROL_NONE, what, (int)length,
                            id, nearest_hint(&nearest, hint));
    }
    return control;
}

static void read_parameters(struct engagement *engagement, const json_t *declared)
{
    const json_t *list = json_object_get(declared, "parameters"), *entry;
    size_t at;
    json_array_foreach(list, at, entry)
    {
        int line = (int)json_integer_value(json_object_get(entry, "line"));
        const char *id, *name;
        json_t *values, *value;
        json_object_foreach(json_object_get(entry, "value"), id, values)
        {
            struct control *control =
                named_control(engagement, id, strlen(id), "parameters", NULL, line);
            if (!control)
                continue;
            json_object_foreach(values, name, value)
                override(engagement, control, name, value, "engagement", NULL, line);
        }
    }
}

static void read_options(struct engagement *engagement, char **parameters)
{
    for (int i = 0; parameters && parameters[i]; i++) {
        const char *text = parameters[i], *dot = strchr(text, '.');
        const char *equals = dot ? strchr(dot, '=') : NULL;
        if (!equals) {
            engagement_complain(engagement, true, "--param", 0, mistake_OVERRIDE_FORM, text);
            continue;
        }
        struct control *control =
            named_control(engagement, text, (size_t)(dot - text), "--param", "--param", 0);
        const char *name = arena_text_n(engagement->arena, dot + 1, (size_t)(equals - dot - 1));
        json_t *value = json_string(equals + 1);
        if (!value)
            engagement_complain(engagement, true, "--param", 0, mistake_OVERRIDE_BYTES,
                                (int)(equals - text), text);
        if (control && value)
            override(engagement, control, name, value, "command line", "--param", 0);
        json_decref(value);
    }
}

// required { "CRD-01", tested = true }: its array part arrives as `controls`; without `tested` all
// of it is an array.
static void read_required(struct engagement *engagement, const json_t *declared)
{
    const json_t *list = json_object_get(declared, "required"), *entry, *item;
    size_t at, number;
    json_array_foreach(list, at, entry)
    {
        int line = (int)json_integer_value(json_object_get(entry, "line"));
        const json_t *value = json_object_get(entry, "value");
        const json_t *tested = json_object_get(value, "tested");
        if (tested && !json_is_boolean(tested))
            engagement_complain(engagement, true, NULL, line, mistake_REQUIRED_TESTED);
        json_array_foreach(json_is_array(value) ? value : json_object_get(value, "controls"),
                           number, item)
        {
            const char *id = json_string_value(item);
            struct control *control =
                id ? named_control(engagement, id, strlen(id), "required", NULL, line) : NULL;
            if (!control)
                continue;
            control->required = true;
            control->required_tested = control->required_tested || json_is_true(tested);
        }
    }
}

// disable { "BUD-01", reason = "..." }: its array part and its reason arrive as one object or
// array.
static void read_disabled(struct engagement *engagement, const json_t *declared)
{
    const json_t *list = json_object_get(declared, "disable"), *entry, *item;
    size_t at, number;
    json_array_foreach(list, at, entry)
    {
        int line = (int)json_integer_value(json_object_get(entry, "line"));
        const json_t *value = json_object_get(entry, "value");
        const char *reason = json_string_value(json_object_get(value, "reason"));
        if (!reason)
            engagement_complain(engagement, true, NULL, line, mistake_DISABLE_REASON);
        json_array_foreach(json_object_get(value, "controls"), number, item)
        {
            const char *id = json_string_value(item);
            struct control *control =
                id ? named_control(engagement, id, strlen(id), "disable", NULL, line) : NULL;
            if (!control)
                continue;
            control->disabled = true;
            control->disabled_reason = arena_text(engagement->arena, reason ? reason : "");
        }
    }
}

// required and profiles are lists of texts.
static void check_list(struct engagement *engagement, const json_t *declared, const char *name)
{
    const json_t *list = json_object_get(declared, name), *entry, *item;
    size_t at, number;
    json_array_foreach(list, at, entry)
    {
        const json_t *value = json_object_get(entry, "value");
        int line = (int)json_integer_value(json_object_get(entry, "line"));
        if (json_object_get(value, "controls"))
            value = json_object_get(value, "controls");
        bool texts = json_is_array(value) || (json_is_object(value) && !json_object_size(value));
        json_array_foreach(value, number, item) texts = texts && json_is_string(item);
        if (!texts)
            engagement_complain(engagement, true, NULL, line, mistake_WANTS_LIST, name, name);
    }
}

void engagement_select(struct engagement *engagement, const json_t *declared,
                       const struct engagement_options *options)
{
    check_list(engagement, declared, "required");
    check_list(engagement, declared, "profiles");
    select_profiles(engagement, declared);
    read_parameters(engagement, declared);
    read_required(engagement, declared);
    read_disabled(engagement, declared);
    read_options(engagement, options->parameters);
    select_only(engagement, options->only);
    for (int i = 0; i < engagement->control_count; i++) {
        struct control *control = &engagement->controls[i];
        if (control->required && control->disabled)
            engagement_complain(engagement, true, NULL, 0, mistake_REQUIRED_DISABLED, control->id);
        else if (control->required && !control->selected && !options->only)
            engagement_complain(engagement, true, NULL, 0, mistake_REQUIRED_NO_PROFILE,
                                control->id);
    }
}
