// SPDX-License-Identifier: MIT
// Two lists sorted by id are merged, so each exception is judged once and counted under one change.
// Ids begin with their control's, so a control's items stand together. Records may be of other
// versions or edited: any member may be missing, and what a run cannot be shown to have tested is
// not called resolved.
#include "reports/past/difference.h"

#include "engine/base/memory.h"
#include "engine/rules/classes.h"
#include "engine/rules/sums.h"
#include "reports/files/json_text.h"

#include <stdlib.h>
#include <string.h>

const char *change_name(enum change change)
{
    static const char *const names[] = {
        [CHANGE_NEW] = "new",
        [CHANGE_AMOUNT] = "changed_amount",
        [CHANGE_NONE] = "persisting",
        [CHANGE_RESOLVED] = "resolved",
        [CHANGE_NOT_TESTED] = "not_tested",
        [CHANGE_OUT_OF_PERIOD] = "out_of_period",
    };
    _Static_assert(sizeof names / sizeof *names == CHANGES, "a name for each change");
    return names[change];
}

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

// ---- controls

static const json_t *stated_control(const struct past_run *run, const char *id)
{
    return json_object_get(json_object_get(run->stated, "controls"), id);
}

static int compare_controls(const void *a, const void *b)
{
    const struct changed_control *left = a, *right = b;
    return strcmp(left->id, right->id);
}

// Whether the file that has this hash took part in a run.
static bool has_rule_file(const struct past_run *run, const json_t *hash)
{
    const json_t *files = json_object_get(run->stated, "rule_files");
    for (size_t i = 0; i < json_array_size(files); i++)
        if (json_equal(json_object_get(json_array_get(files, i), "sha256"), hash))
            return true;
    return false;
}

// Where only one of the runs recorded the rule itself, it is the same when the file is that the
// other one recorded.
static bool same_rule(const struct difference *difference, const json_t *before,
                      const json_t *after)
{
    const json_t *old = json_object_get(before, "rule"), *new = json_object_get(after, "rule");
    bool old_by_rule = past_run_hashes_rules(difference->a);
    if (old_by_rule == past_run_hashes_rules(difference->b))
        return json_equal(old, new);
    return old_by_rule ? has_rule_file(difference->a, new) : has_rule_file(difference->b, old);
}

static void add_control(struct difference *difference, const char *id)
{
    const json_t *before = stated_control(difference->a, id);
    const json_t *after = stated_control(difference->b, id);
    difference->control_capacity =
        memory_grow((void **)&difference->controls, difference->control_count,
                    difference->control_capacity, sizeof *difference->controls);
    difference->controls[difference->control_count++] = (struct changed_control){
        .id = id,
        .before = before,
        .after = after,
        .other_rule = before && after && !same_rule(difference, before, after)};
}

static void add_controls(struct difference *difference)
{
    const char *id;
    json_t *value;
    json_t *before = json_object_get(difference->a->stated, "controls");
    json_t *after = json_object_get(difference->b->stated, "controls");
    json_object_foreach(before, id, value) add_control(difference, id);
    json_object_foreach(after, id, value)
    {
        if (!json_object_get(before, id))
            add_control(difference, id);
    }
    if (difference->control_count > 0)
        qsort(difference->controls, difference->control_count, sizeof *difference->controls,
              compare_controls);
}

static struct changed_control *control_of(const struct difference *difference, const char *id)
{
    struct changed_control wanted = {.id = id};
    return id && difference->control_count > 0
               ? bsearch(&wanted, difference->controls, difference->control_count, sizeof wanted,
                         compare_controls)
               : NULL;
}

bool changed_control_rule(const struct changed_control *control)
{
    return control->before && control->after &&
           (control->other_rule || !json_equal(json_object_get(control->before, "parameters"),
                                               json_object_get(control->after, "parameters")));
}

// ---- exceptions

static bool was_run(const json_t *control)
{
    enum control_status status;
    return status_from_name(text_of(control, "status"), &status) == 0 && status_is_run(status);
}

// Days as text compare like days.
static bool is_outside(const struct past_run *run, const json_t *control, const char *date)
{
    const json_t *scope = json_object_get(run->stated, "scope");
    const char *from = text_of(scope, "from"), *to = text_of(scope, "to");
    const char *kind = text_of(control, "scope");
    if (!kind || strcmp(kind, "period") != 0 || !date)
        return false;
    return (from && strcmp(date, from) < 0) || (to && strcmp(date, to) > 0);
}

static void judge_gone(const struct difference *difference, struct changed_exception *item)
{
    const json_t *control = stated_control(difference->b, item->before->control);
    item->change = CHANGE_RESOLVED;
    if (!was_run(control))
        item->change = CHANGE_NOT_TESTED;
    else if (is_outside(difference->b, control, item->before->date))
        item->change = CHANGE_OUT_OF_PERIOD;
    else
        item->doubtful = json_integer_value(json_object_get(control, "untestable")) > 0 ||
                         json_integer_value(json_object_get(control, "errors")) > 0;
}

static void judge_both(struct changed_exception *item)
{
    const struct past_exception *before = item->before, *after = item->after;
    bool same_amount =
        same(before->amount, after->amount) && same(before->currency, after->currency);
    item->change = same_amount ? CHANGE_NONE : CHANGE_AMOUNT;
    item->facts_changed = !same(before->fingerprint, after->fingerprint);
    item->reopened = same(before->status, "waived") && same(after->status, "open");
}

static void add_item(struct difference *difference, const struct past_exception *before,
                     const struct past_exception *after)
{
    difference->capacity = memory_grow((void **)&difference->items, difference->count,
                                       difference->capacity, sizeof *difference->items);
    struct changed_exception *item = &difference->items[difference->count++];
    *item = (struct changed_exception){.before = before, .after = after};
    if (before && after)
        judge_both(item);
    else if (before)
        judge_gone(difference, item);
    difference->changes[item->change]++;
    difference->reopened += item->reopened;
    difference->doubtful += item->doubtful;
    struct changed_control *control =
        control_of(difference, before ? before->control : after->control);
    if (!control)
        return;
    if (control->end == 0)
        control->first = difference->count - 1;
    control->end = difference->count;
    control->exceptions_before += before != NULL;
    control->exceptions_after += after != NULL;
    control->changes[item->change]++;
}

static void merge(struct difference *difference)
{
    const struct past_run *a = difference->a, *b = difference->b;
    size_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        int order = i == a->count   ? 1
                    : j == b->count ? -1
                                    : strcmp(a->exceptions[i].id, b->exceptions[j].id);
        add_item(difference, order <= 0 ? &a->exceptions[i] : NULL,
                 order >= 0 ? &b->exceptions[j] : NULL);
        i += order <= 0;
        j += order >= 0;
    }
}

// ---- files

static const json_t *named(const json_t *list, const char *name)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (same(text_of(json_array_get(list, i), "name"), name))
            return json_array_get(list, i);
    return NULL;
}

// The names of those that do not have one hash in both runs.
static json_t *differing(const struct difference *difference, const char *what)
{
    const json_t *before = json_object_get(difference->a->stated, what);
    const json_t *after = json_object_get(difference->b->stated, what);
    json_t *names = json_array();
    for (size_t i = 0; i < json_array_size(before); i++) {
        const char *name = text_of(json_array_get(before, i), "name");
        const char *hash = text_of(json_array_get(before, i), "sha256");
        if (name && (!hash || !same(hash, text_of(named(after, name), "sha256"))))
            json_append(names, json_text(name));
    }
    for (size_t i = 0; i < json_array_size(after); i++) {
        const char *name = text_of(json_array_get(after, i), "name");
        if (name && !named(before, name))
            json_append(names, json_text(name));
    }
    return names;
}

void difference_init(struct difference *difference, struct past_run *a, struct past_run *b)
{
    *difference = (struct difference){.a = a, .b = b};
    past_run_sort(a);
    past_run_sort(b);
    add_controls(difference);
    merge(difference);
    difference->sources = differing(difference, "sources");
    difference->rule_files = differing(difference, "rule_files");
    const json_t *before = json_object_get(a->stated, "engagement");
    const json_t *after = json_object_get(b->stated, "engagement");
    difference->same_engagement = same(text_of(before, "entity"), text_of(after, "entity"));
}

void difference_clear(struct difference *difference)
{
    json_decref(difference->sources);
    json_decref(difference->rule_files);
    free(difference->items);
    free(difference->controls);
    *difference = (struct difference){0};
}

bool difference_is_new(const struct difference *difference)
{
    return difference->changes[CHANGE_NEW] > 0 || difference->reopened > 0;
}

void difference_amounts(const struct difference *difference, const struct changed_control *control,
                        bool after, struct buffer *out)
{
    struct sums sums = {.arena = arena_new()};
    for (size_t i = control->first; i < control->end; i++) {
        const struct changed_exception *item = &difference->items[i];
        const struct past_exception *exception = after ? item->after : item->before;
        struct total amount;
        if (!exception || !exception->amount || !exception->currency)
            continue;
        if (total_parse(exception->amount, &amount) != 0)
            amount = (struct total){.beyond = true};
        sum_add(sums_get(&sums, AMOUNT_UNSTATED, exception->currency, amount.coefficient < 0),
                amount);
    }
    for (size_t i = 0; i < sums.count; i++) {
        buffer_add_text(out, i ? "; " : "");
        sum_format(&sums.items[i], true, out);
        buffer_printf(out, " %s", sums.items[i].currency);
    }
    arena_free(sums.arena);
}
