// SPDX-License-Identifier: MIT
// A line that cannot be understood becomes a void waiver that says why; none is dropped. Each
// finding is held against the waivers of its control, those that name it first, then patterns, in
// the order of the file: the first that holds waives it, and each that does not is counted by its
// reason. Doubt goes against the waiver: an approver who cannot be shown to be somebody else than
// the actor, an amount that cannot be compared.
#include "engine/evaluation/waiver.h"

#include "engine/base/calendar.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <stdlib.h>
#include <string.h>

const char *const waiver_columns[] = {"exception",   "?fingerprint", "reason",        "approved_by",
                                      "approved_on", "expires_on",   "?amount_limit", NULL};
enum { EXCEPTION, FINGERPRINT, REASON, APPROVED_BY, APPROVED_ON, EXPIRES_ON, AMOUNT_LIMIT };

struct waivers *waivers_new(void)
{
    struct arena *arena = arena_new();
    struct waivers *waivers = arena_take(arena, 1, sizeof *waivers);
    waivers->arena = arena;
    return waivers;
}

void waivers_free(struct waivers *waivers)
{
    if (!waivers)
        return;
    free(waivers->items);
    arena_free(waivers->arena);
}

// ---- reading

// The first thing wrong with it; `value` NULL: of no value.
static void refuse(struct waivers *waivers, struct waiver *waiver, enum reason reason,
                   const char *value)
{
    struct buffer text = {0};
    if (waiver->unreadable)
        return;
    reason_set(&text, reason);
    if (value)
        reason_add_value(&text, value);
    waiver->unreadable = arena_text(waivers->arena, buffer_text(&text));
    buffer_clear(&text);
}

static void read_day(struct waivers *waivers, struct waiver *waiver, const char *text,
                     enum reason reason, int *day)
{
    if (calendar_parse_day(text, strlen(text), day) != 0)
        refuse(waivers, waiver, reason, text);
}

// "50000" or "50000 USD"
static void read_limit(struct waivers *waivers, struct waiver *waiver, const char *text)
{
    size_t length = strcspn(text, " ");
    const char *currency = text + length + strspn(text + length, " ");
    if (!*text)
        return;
    waiver->has_limit = true;
    if (decimal_parse(text, length, &waiver->limit) != 0 || waiver->limit.coefficient < 0 ||
        (*currency && (strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 || currency[3])))
        refuse(waivers, waiver, REASON_WAIVER_NO_LIMIT, text);
    else if (*currency)
        waiver->limit_currency = arena_text(waivers->arena, currency);
}

// A pattern names its control: one line must not accept what nobody had in view.
static void read_exception(struct waivers *waivers, struct waiver *waiver)
{
    const char *id = waiver->exception;
    size_t control = strcspn(id, ":");
    if (!id[control] || control == 0)
        refuse(waivers, waiver, REASON_WAIVER_NO_ID, id);
    else if (memchr(id, '*', control))
        refuse(waivers, waiver, REASON_WAIVER_CONTROL_NOT_NAMED, id);
    else if (waiver->is_pattern && *waiver->fingerprint)
        refuse(waivers, waiver, REASON_WAIVER_PATTERN_MARKED, id);
    else if (!waiver->is_pattern && !*waiver->fingerprint)
        refuse(waivers, waiver, REASON_WAIVER_NO_FINGERPRINT, id);
}

void waivers_add(struct waivers *waivers, int64_t line, const char *const *cells,
                 const char *reason)
{
    waivers->capacity = memory_grow((void **)&waivers->items, waivers->count, waivers->capacity,
                                    sizeof *waivers->items);
    struct waiver *waiver = &waivers->items[waivers->count++];
    *waiver = (struct waiver){.line = line, .control = -1};
    waiver->exception = arena_text(waivers->arena, cells ? cells[EXCEPTION] : "");
    waiver->fingerprint = arena_text(waivers->arena, cells ? cells[FINGERPRINT] : "");
    waiver->reason = arena_text(waivers->arena, cells ? cells[REASON] : "");
    waiver->approved_by = arena_text(waivers->arena, cells ? cells[APPROVED_BY] : "");
    if (!cells) {
        waiver->unreadable = arena_text(waivers->arena, reason);
        return;
    }
    waiver->is_pattern = strchr(waiver->exception, '*') != NULL;
    read_exception(waivers, waiver);
    if (!*waiver->reason)
        refuse(waivers, waiver, REASON_WAIVER_NO_REASON, NULL);
    if (!*waiver->approved_by)
        refuse(waivers, waiver, REASON_WAIVER_NO_APPROVER, NULL);
    read_day(waivers, waiver, cells[APPROVED_ON], REASON_WAIVER_APPROVED_ON, &waiver->approved_on);
    read_day(waivers, waiver, cells[EXPIRES_ON], REASON_WAIVER_EXPIRES_ON, &waiver->expires_on);
    if (!waiver->unreadable && waiver->expires_on < waiver->approved_on)
        refuse(waivers, waiver, REASON_WAIVER_EXPIRES_FIRST, cells[EXPIRES_ON]);
    read_limit(waivers, waiver, cells[AMOUNT_LIMIT]);
}

// ---- matching

struct matching {
    struct waivers *waivers;
    const struct engagement *engagement;
    const struct data *data;
    const struct evaluation *evaluation;
    // Waivers by control, those of one exception first and by its id, then patterns as they stand.
    struct waiver **order;
    size_t count;
};

static bool fits(const char *pattern, const char *text)
{
    const char *star = NULL, *from = NULL;
    while (*text) {
        if (*pattern == '*') {
            star = ++pattern;
            from = text;
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star) {
            // Back to the last star, which takes one byte more: an earlier one need not take any.
            pattern = star;
            text = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}

static int compare(const void *a, const void *b)
{
    const struct waiver *left = *(struct waiver *const *)a, *right = *(struct waiver *const *)b;
    int order = (left->control > right->control) - (left->control < right->control);
    if (order == 0)
        order = left->is_pattern - right->is_pattern;
    if (order == 0 && !left->is_pattern)
        order = strcmp(left->exception, right->exception);
    return order ? order : (left->line > right->line) - (left->line < right->line);
}

// The control of each, and what can be said without looking at exceptions.
static void place(struct matching *matching, struct waiver *waiver)
{
    const struct control *controls = matching->engagement->controls;
    size_t length = strcspn(waiver->exception, ":");
    waiver->status = WAIVER_UNREADABLE;
    if (waiver->unreadable)
        return;
    for (int i = 0; i < matching->engagement->control_count; i++)
        if (strlen(controls[i].id) == length &&
            memcmp(controls[i].id, waiver->exception, length) == 0)
            waiver->control = i;
    if (waiver->control < 0) {
        refuse(matching->waivers, waiver, REASON_WAIVER_NO_CONTROL,
               arena_text_n(matching->waivers->arena, waiver->exception, length));
    } else if (!controls[waiver->control].selected ||
               !status_is_run(matching->evaluation->results[waiver->control].status)) {
        waiver->status = WAIVER_NOT_JUDGED;
    } else {
        waiver->status = WAIVER_UNUSED;
        matching->order[matching->count++] = waiver;
    }
}

// What holds for a waiver as such.
static enum waiver_status own_status(const struct matching *matching, const struct waiver *waiver)
{
    int as_of = matching->data->scope.as_of;
    if (!matching->engagement->controls[waiver->control].waivable)
        return WAIVER_NOT_WAIVABLE;
    if (waiver->approved_on > as_of)
        return WAIVER_NOT_YET;
    return waiver->expires_on < as_of ? WAIVER_EXPIRED : WAIVER_APPLIED;
}

static enum waiver_status judge_approver(const struct matching *matching,
                                         const struct waiver *waiver, const struct finding *finding)
{
    const struct data *data = matching->data;
    uint32_t approver =
        dictionary_find(data->texts, waiver->approved_by, strlen(waiver->approved_by));
    const struct path *path = &data->model->tables[finding->table].actor;
    int64_t actor =
        path->field >= 0 ? data_walk(data, finding->table, path, finding->row) : CELL_NULL;
    if (approver != DICTIONARY_NONE && data_is_system(data, approver))
        return WAIVER_UNKNOWN_APPROVER;
    bool known = approver != DICTIONARY_NONE && data_person(data, approver) >= 0;
    if (actor > CELL_INVALID && data_same_person(data, approver, (uint32_t)actor))
        return WAIVER_SELF_APPROVED;
    // Whoever cannot be compared with the actor cannot be shown to be somebody else.
    return data->employee_index && !known ? WAIVER_UNKNOWN_APPROVER : WAIVER_APPLIED;
}

static bool within_limit(const struct matching *matching, const struct waiver *waiver,
                         const struct finding *finding)
{
    if (!waiver->has_limit)
        return true;
    const char *wanted =
        waiver->limit_currency ? waiver->limit_currency : matching->data->scope.currency;
    if (!finding->has_amount ||
        strcmp(dictionary_get(matching->data->texts, finding->currency).bytes, wanted) != 0)
        return false;
    struct decimal low = {-waiver->limit.coefficient, waiver->limit.scale};
    return decimal_compare(finding->amount, waiver->limit) <= 0 &&
           decimal_compare(finding->amount, low) >= 0;
}

static enum waiver_status judge(const struct matching *matching, const struct waiver *waiver,
                                const struct finding *finding)
{
    enum waiver_status status = own_status(matching, waiver);
    if (status == WAIVER_APPLIED && !waiver->is_pattern &&
        strcmp(waiver->fingerprint, finding->fingerprint) != 0)
        status = WAIVER_CHANGED;
    if (status == WAIVER_APPLIED)
        status = judge_approver(matching, waiver, finding);
    if (status == WAIVER_APPLIED && !within_limit(matching, waiver, finding))
        status = WAIVER_OVER_LIMIT;
    return status;
}

static void use(const struct matching *matching, struct waiver *waiver, size_t finding)
{
    struct waiver_outcome *outcome = &matching->waivers->outcomes[finding];
    enum waiver_status status = judge(matching, waiver, &matching->evaluation->findings[finding]);
    int index = (int)(waiver - matching->waivers->items);
    bool covered = outcome->waiver >= 0 && outcome->status == WAIVER_APPLIED;
    if (status == WAIVER_APPLIED && covered)
        waiver->status = waiver->status == WAIVER_UNUSED ? WAIVER_SUPERSEDED : waiver->status;
    else if (status == WAIVER_APPLIED)
        waiver->waived++;
    else
        waiver->refused[status]++;
    if (outcome->waiver < 0 || (status == WAIVER_APPLIED && !covered))
        *outcome = (struct waiver_outcome){index, status};
}

// The first waiver of the control.
static size_t first_of(const struct matching *matching, int control)
{
    size_t low = 0, high = matching->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matching->order[middle]->control < control)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The first in [low, high), all of one exception each, whose id is not before this one.
static size_t first_named(const struct matching *matching, size_t low, size_t high, const char *id)
{
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(matching->order[middle]->exception, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void match(const struct matching *matching, size_t finding, const char *id, int control)
{
    size_t first = first_of(matching, control), end = first_of(matching, control + 1), patterns;
    size_t low = first, high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matching->order[middle]->is_pattern)
            high = middle;
        else
            low = middle + 1;
    }
    patterns = low;
    for (size_t i = first_named(matching, first, patterns, id);
         i < patterns && strcmp(matching->order[i]->exception, id) == 0; i++)
        use(matching, matching->order[i], finding);
    for (size_t i = patterns; i < end; i++)
        if (fits(matching->order[i]->exception, id))
            use(matching, matching->order[i], finding);
}

static void conclude(const struct matching *matching, struct waiver *waiver)
{
    if (waiver->waived > 0)
        waiver->status = WAIVER_APPLIED;
    if (waiver->status != WAIVER_UNUSED)
        return;
    // Of several reasons the first of the enum, unless there is one for the waiver as such.
    for (int status = WAIVER_STATUSES - 1; status > WAIVER_UNUSED; status--)
        if (waiver->refused[status] > 0)
            waiver->status = (enum waiver_status)status;
    enum waiver_status own = own_status(matching, waiver);
    if (own != WAIVER_APPLIED)
        waiver->status = own;
}

void waivers_apply(struct waivers *waivers, const struct engagement *engagement,
                   const struct data *data, const struct evaluation *evaluation)
{
    struct matching matching = {waivers, engagement, data, evaluation, NULL, 0};
    struct buffer id = {0};
    matching.order = arena_take(waivers->arena, waivers->count, sizeof *matching.order);
    for (size_t i = 0; i < waivers->count; i++)
        place(&matching, &waivers->items[i]);
    if (matching.count > 0)
        qsort(matching.order, matching.count, sizeof(struct waiver *), compare);
    waivers->outcomes =
        arena_take(waivers->arena, evaluation->finding_count, sizeof *waivers->outcomes);
    for (size_t i = 0; i < evaluation->finding_count; i++) {
        const struct finding *finding = &evaluation->findings[i];
        waivers->outcomes[i].waiver = -1;
        buffer_reset(&id);
        finding_id(data, engagement->controls, finding, &id);
        match(&matching, i, buffer_text(&id), finding->control);
    }
    for (size_t i = 0; i < matching.count; i++)
        conclude(&matching, matching.order[i]);
    buffer_clear(&id);
}

// ---- what came of it

bool waivers_cover(const struct waivers *waivers, size_t finding)
{
    return waivers && waivers->outcomes[finding].waiver >= 0 &&
           waivers->outcomes[finding].status == WAIVER_APPLIED;
}

enum waiver_status waiver_problem(const struct waiver *waiver)
{
    if (waiver->status >= WAIVER_UNREADABLE)
        return waiver->status;
    for (int status = WAIVER_UNREADABLE; status < WAIVER_STATUSES; status++)
        if (waiver->refused[status] > 0)
            return (enum waiver_status)status;
    return WAIVER_APPLIED;
}

size_t waivers_warnings(const struct waivers *waivers)
{
    size_t count = 0;
    for (size_t i = 0; waivers && i < waivers->count; i++)
        count += waiver_problem(&waivers->items[i]) != WAIVER_APPLIED;
    return count;
}

const char *waiver_status_name(enum waiver_status status)
{
    static const char *const names[] = {
        [WAIVER_APPLIED] = "applied",
        [WAIVER_SUPERSEDED] = "superseded",
        [WAIVER_NOT_JUDGED] = "not_judged",
        [WAIVER_UNREADABLE] = "unreadable",
        [WAIVER_UNUSED] = "unused",
        [WAIVER_EXPIRED] = "expired",
        [WAIVER_NOT_YET] = "not_yet",
        [WAIVER_NOT_WAIVABLE] = "not_waivable",
        [WAIVER_CHANGED] = "changed",
        [WAIVER_SELF_APPROVED] = "self_approved",
        [WAIVER_UNKNOWN_APPROVER] = "unknown_approver",
        [WAIVER_OVER_LIMIT] = "over_limit",
    };
    _Static_assert(sizeof names / sizeof *names == WAIVER_STATUSES, "a name for each status");
    return names[status];
}
