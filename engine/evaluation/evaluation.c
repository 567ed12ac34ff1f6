// SPDX-License-Identifier: MIT
// Every control over every row of its population, in worker processes, with one result whatever
// their number.
//
// Populations are cut into blocks of a fixed number of rows, never by the number of workers:
// budgets are those of a block. A block is a task; tasks go out in one order, controls by id and
// blocks by row, to whoever is free. Answers come in any order and wait until those before them, of
// the same control, are merged: a control's total grows in the order of its rows, and of several
// failures the first block's is told.
//
// A control over groups takes two phases. The first only finds which group each row belongs to;
// then the rows are sorted by group, and tasks of whole groups join the end of the queue. In which
// order controls finish depends on time; the last sort of all findings undoes that.
//
// A task that costs its worker costs its control, whose other tasks need no work then; a new worker
// goes on. What a worker sends is not trusted to be about rows that exist.
#include "engine/evaluation/evaluation.h"

#include "engine/base/memory.h"
#include "engine/base/process.h"
#include "engine/base/reason.h"
#include "engine/data/data.h"
#include "engine/evaluation/readiness.h"
#include "engine/evaluation/worker.h"
#include "engine/lua/passing.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 1 << 16, GROUP_ROWS = 1 << 14 };

// A control on its way: its blocks in order, first of rows, then of groups.
struct progress_of_control {
    size_t open;          // tasks not answered yet
    struct block total;   // merged in order
    size_t next;          // block to merge next
    size_t first, end;    // its tasks, of the current phase
    bool grouping;        // the current phase only finds groups
    struct block members; // the groups' rows, sorted; borrowed by tasks
};

struct queue_item {
    struct task task;
    struct block answer;
    bool answered;
};

struct schedule {
    const struct engagement *engagement;
    const struct data *data;
    struct evaluation *evaluation;
    const struct evaluation_options *options;
    struct tester_limits limits;
    struct queue_item *items;
    size_t count, capacity, next;
    struct progress_of_control *controls;
    int done, total;
    struct worker *workers;
    int worker_count;
    struct pollfd *waits; // room for one of each worker that is busy, and its number
    int *waiting;
};

static struct task *add_task(struct schedule *schedule, int control)
{
    schedule->capacity = memory_grow((void **)&schedule->items, schedule->count, schedule->capacity,
                                     sizeof *schedule->items);
    struct queue_item *item = &schedule->items[schedule->count++];
    *item = (struct queue_item){.task.control = control};
    schedule->controls[control].open++;
    return &item->task;
}

static void add_row_tasks(struct schedule *schedule, int number)
{
    const struct control *control = &schedule->engagement->controls[number];
    struct progress_of_control *progress = &schedule->controls[number];
    progress->first = progress->next = schedule->count;
    progress->grouping = control->grouped;
    for (int i = 0; i < control->population_count; i++) {
        int table = control->populations[i];
        uint32_t rows = schedule->data->tables[table].rows;
        for (uint32_t first = 0; first < rows; first += BLOCK_ROWS) {
            struct task *task = add_task(schedule, number);
            task->table = table;
            task->first = first;
            task->next = rows - first < BLOCK_ROWS ? rows : first + BLOCK_ROWS;
        }
    }
    progress->end = schedule->count;
}

// The rows of the groups are known: sorts them and adds a task for each run of whole groups.
static void add_group_tasks(struct schedule *schedule, int number)
{
    struct progress_of_control *progress = &schedule->controls[number];
    // Tasks borrow the members: they leave the total, into which answers will be merged, with the
    // arena that they stand in. It lives as long as what else the total has in it.
    struct block *members = &progress->members;
    members->members = progress->total.members;
    members->member_count = progress->total.member_count;
    members->member_capacity = progress->total.member_capacity;
    members->arena = progress->total.arena;
    progress->total.members = NULL;
    progress->total.member_count = progress->total.member_capacity = 0;
    progress->total.arena = NULL;
    rests_add_all(block_arena(members), &members->grouping, &progress->total.grouping);
    block_sort_members(members, schedule->data);
    progress->grouping = false;
    progress->first = progress->next = schedule->count;
    for (size_t from = 0; from < members->member_count;) {
        size_t to = block_group_end(members, from);
        while (to < members->member_count && to - from < GROUP_ROWS)
            to = block_group_end(members, to);
        struct task *task = add_task(schedule, number);
        task->members = members->members + from;
        task->member_count = to - from;
        task->grouping = &members->grouping;
        from = to;
    }
    progress->end = schedule->count;
}

// ---- results

static int compare_reasons(const void *a, const void *b)
{
    const struct reason_count *x = a, *y = b;
    if (x->rows != y->rows)
        return x->rows < y->rows ? 1 : -1;
    return reason_compare(x->reason, y->reason);
}

// The reason as long-lived as the results; the buffer is empty then.
static const char *keep(struct arena *arena, struct buffer *reason)
{
    const char *kept = arena_text_n(arena, buffer_text(reason), reason->length);
    buffer_clear(reason);
    return kept;
}

static const char *plain_reason(struct arena *arena, enum reason code)
{
    struct buffer reason = {0};
    reason_set(&reason, code);
    return keep(arena, &reason);
}

static void take_reasons(struct control_result *result, const struct block *block,
                         struct arena *arena)
{
    result->reasons = arena_take(arena, (size_t)block->reason_count + 1, sizeof *result->reasons);
    for (int i = 0; i < block->reason_count; i++)
        result->reasons[result->reason_count++] = (struct reason_count){
            arena_text(arena, block->reasons[i].reason), block->reasons[i].rows};
    if (block->other_reasons)
        result->reasons[result->reason_count++] =
            (struct reason_count){plain_reason(arena, REASON_OTHERS), block->other_reasons};
    if (result->reason_count)
        qsort(result->reasons, (size_t)result->reason_count, sizeof *result->reasons,
              compare_reasons);
}

void control_result_explain(const struct control_result *result, const char *language,
                            struct buffer *out)
{
    control_result_explain_some(result, language, 3, out);
}

void control_result_explain_some(const struct control_result *result, const char *language,
                                 int most, struct buffer *out)
{
    int told = 0;
    if (result->reason)
        reason_add(result->reason, language, out);
    for (int i = 0; i < result->reason_count; i++) {
        // One of all that is missing, which the control's own reason lists.
        if (result->reason && result->status == STATUS_NOT_RUN &&
            reason_is(result->reasons[i].reason, REASON_NOT_IMPORTED))
            continue;
        if (told++ == most) {
            buffer_add_text(out, "; …");
            return;
        }
        buffer_add_text(out, told > 1 || result->reason ? "; " : "");
        reason_add(result->reasons[i].reason, language, out);
        buffer_printf(out, " (%zu)", result->reasons[i].rows);
    }
}

// Whether a population was not imported, records of one were rejected, or rows may be missing from
// lists it asked for.
static bool lacks_rows(const struct data *data, const struct control *control,
                       const struct control_result *result)
{
    for (int i = 0; i < control->population_count; i++)
        if (data->tables[control->populations[i]].records_rejected ||
            !data->tables[control->populations[i]].imported)
            return true;
    for (int i = 0; i < result->rest_count; i++) {
        enum assumption_kind kind = data->assumptions[result->rests[i].assumption].kind;
        if (kind == ASSUMED_READABLE || kind == ASSUMED_UNREJECTED || kind == ASSUMED_GROUPED)
            return true;
    }
    return false;
}

static void set_status(const struct data *data, const struct control *control,
                       struct control_result *result, struct arena *arena)
{
    size_t open = result->untestable + result->errors;
    if (result->exceptions)
        result->status = STATUS_EXCEPTIONS;
    else if (result->tested == 0 && open > 0)
        result->status = result->errors ? STATUS_FAILED : STATUS_NOT_RUN;
    else if (open || lacks_rows(data, control, result))
        result->status = STATUS_PARTIAL;
    else if (result->tested == 0)
        result->status = STATUS_UNTESTED;
    else
        result->status = result->passed_assumed ? STATUS_CONDITIONAL : STATUS_CLEAN;
    if (!open && result->tested == 0 && !result->reason)
        result->reason =
            plain_reason(arena, result->in_scope ? REASON_NONE_APPLICABLE : REASON_NONE_IN_SCOPE);
}

// Of several populations those that were not imported are not tested: that is said.
static void tell_missing(const struct data *data, const struct control *control,
                         struct control_result *result, struct arena *arena)
{
    struct buffer reason = {0};
    for (int i = 0; i < control->population_count && !reason.length; i++)
        if (!data->tables[control->populations[i]].imported)
            assumption_explain(data, control->populations[i], -1, &reason);
    if (reason.length)
        result->reason = keep(arena, &reason);
}

// All that it reads and that is neither imported nor assumed; NULL: nothing, or one thing only and
// `several` is asked for.
static const char *all_missing(const struct data *data, const struct control *control, bool several,
                               struct arena *arena)
{
    struct readiness readiness;
    struct buffer names = {0}, reason = {0};
    readiness_init(&readiness, control, data);
    if (readiness.missing_count > several) {
        readiness_names(&readiness, data, &names);
        reason_set_with(&reason,
                        readiness.missing_count > 1 ? REASON_NONE_IMPORTED : REASON_NOT_IMPORTED,
                        "%s", buffer_text(&names));
    }
    buffer_clear(&names);
    readiness_clear(&readiness);
    return reason.length ? keep(arena, &reason) : NULL;
}

// Rows name the first thing that stopped them; a control that tested none names all of it.
static void tell_all_missing(const struct data *data, const struct control *control,
                             struct control_result *result, struct arena *arena)
{
    const char *reason =
        result->status == STATUS_NOT_RUN ? all_missing(data, control, true, arena) : NULL;
    if (reason)
        result->reason = reason;
}

// What the control rested on, with the rows of groups counted where they were tested.
static void take_rests(struct control_result *result, struct block *block, struct arena *arena)
{
    for (int i = 0; i < block->grouping.count; i++)
        block_add_rest(block, block->grouping.items[i], 0, 0);
    result->rest_count = block->rest_count;
    result->rests = arena_take(arena, (size_t)block->rest_count, sizeof *result->rests);
    if (block->rest_count)
        memcpy(result->rests, block->rests, (size_t)block->rest_count * sizeof *result->rests);
}

// What a worker sent must be about rows that exist.
static bool is_sound(const struct data *data, const struct finding *finding, int control)
{
    if (finding->control != control || finding->table < 0 ||
        finding->table >= data->model->table_count || finding->row < 0 ||
        finding->row >= data->tables[finding->table].rows)
        return false;
    if (finding->currency != DICTIONARY_NONE && finding->currency >= dictionary_count(data->texts))
        return false;
    for (int i = 0; i < finding->rest_count; i++)
        if (finding->rests[i] == 0 || finding->rests[i] >= data->assumption_count)
            return false;
    for (int i = 0; i < finding->evidence_count; i++) {
        const struct evidence *evidence = &finding->evidence[i];
        if (evidence->table < 0 || evidence->table >= data->model->table_count ||
            evidence->row < 0 || evidence->row >= data->tables[evidence->table].rows)
            return false;
    }
    return true;
}

static const struct data *sorting;
static const struct control *sorting_controls;

static int compare_findings(const void *a, const void *b)
{
    int order = finding_compare(sorting, sorting_controls, a, b);
    int64_t row_a = ((const struct finding *)a)->row, row_b = ((const struct finding *)b)->row;
    return order ? order : (row_a > row_b) - (row_a < row_b);
}

// Rows of one key (a duplicate key) give exceptions of one id: the later rows are counted. A rule
// cannot write a label with a # of its own: there it is encoded.
static void label_duplicate(struct finding *finding, size_t number, struct arena *arena)
{
    struct buffer label = {0};
    buffer_printf(&label, "%s#duplicate-%zu", finding->label ? finding->label : "", number);
    finding->label = arena_text_of(arena, &label);
}

static void sort_findings(const struct schedule *schedule, struct finding *findings, size_t count)
{
    sorting = schedule->data;
    sorting_controls = schedule->engagement->controls;
    if (count)
        qsort(findings, count, sizeof *findings, compare_findings);
}

// Tells exceptions of one id apart, or says why they cannot be.
static const char *separate_findings(struct schedule *schedule, struct block *block)
{
    const struct data *data = schedule->data;
    const struct control *controls = schedule->engagement->controls;
    for (size_t first = 0, i = 1; i < block->finding_count; i++) {
        struct finding *finding = &block->findings[i];
        if (finding_compare(data, controls, &block->findings[first], finding) != 0) {
            first = i;
            continue;
        }
        if (block->findings[i - 1].row != finding->row) {
            label_duplicate(finding, i - first + 1, block_arena(block));
            continue;
        }
        struct buffer id = {0}, reason = {0};
        finding_id(data, controls, finding, &id);
        reason_set_with(&reason, REASON_SAME_ID, "%s", buffer_text(&id));
        buffer_clear(&id);
        return keep(schedule->evaluation->arena, &reason);
    }
    return NULL;
}

// What a worker sent of rows that passed, in amounts of the currencies' own texts.
static void take_notes(const struct data *data, struct control_result *result, struct block *block,
                       struct arena *arena)
{
    for (int kind = 0; kind < PASS_NOTE_KINDS; kind++) {
        result->notes[kind].rows = block->notes[kind].rows;
        result->notes[kind].amounts.arena = arena;
        for (int i = 0; i < block->notes[kind].sum_count; i++) {
            const struct pass_sum *it = &block->notes[kind].sums[i];
            const char *currency = dictionary_get(data->texts, it->currency).bytes;
            sum_add(sums_get(&result->notes[kind].amounts, AMOUNT_UNSTATED, currency, false),
                    it->total);
        }
    }
}

// Whether what a worker sent of rows that passed is about texts and rows that exist.
static bool notes_are_sound(const struct data *data, const struct block *block)
{
    uint32_t texts = dictionary_count(data->texts);
    for (int kind = 0; kind < PASS_NOTE_KINDS; kind++)
        for (int i = 0; i < block->notes[kind].sum_count; i++)
            if (block->notes[kind].sums[i].currency >= texts)
                return false;
    for (int i = 0; i < block->person_count; i++) {
        const struct pass_person *person = &block->people[i];
        bool sound = person->by < texts && person->table >= 0 &&
                     person->table < data->model->table_count && person->row >= 0 &&
                     person->row < data->tables[person->table].rows;
        for (int sum = 0; sum < person->count.sum_count; sum++)
            sound = sound && person->count.sums[sum].currency < texts;
        if (!sound)
            return false;
    }
    return true;
}

// Sorts, fingerprints, and refuses two exceptions that could not be told apart.
static const char *prepare_findings(struct schedule *schedule, int number, struct block *block)
{
    const struct data *data = schedule->data;
    if (!notes_are_sound(data, block))
        return plain_reason(schedule->evaluation->arena, REASON_NO_SUCH_ROW);
    passing_report_people(data, number, block);
    for (size_t i = 0; i < block->finding_count; i++) {
        struct finding *finding = &block->findings[i];
        if (!is_sound(data, finding, number))
            return plain_reason(schedule->evaluation->arena, REASON_NO_SUCH_ROW);
        if (!finding->has_amount)
            finding->currency = DICTIONARY_NONE;
        else if (finding->currency == DICTIONARY_NONE)
            finding->currency = data_currency(data, finding->table, finding->row);
    }
    sort_findings(schedule, block->findings, block->finding_count);
    const char *failure = separate_findings(schedule, block);
    for (size_t i = 0; i < block->finding_count && !failure; i++)
        finding_seal(data, schedule->engagement->controls, &block->findings[i]);
    // Labels that were added have changed the order.
    sort_findings(schedule, block->findings, block->finding_count);
    return failure;
}

static void fail(struct control_result *result, size_t loaded, const char *reason)
{
    *result = (struct control_result){.status = STATUS_FAILED, .loaded = loaded, .reason = reason};
}

static size_t rows_of(const struct data *data, const struct control *control)
{
    size_t rows = 0;
    for (int i = 0; i < control->population_count; i++)
        rows += data->tables[control->populations[i]].rows;
    return rows;
}

static void take_findings(struct evaluation *evaluation, struct block *block)
{
    size_t count = evaluation->finding_count + block->finding_count;
    if (!evaluation->findings) {
        evaluation->findings = block->findings;
        block->findings = NULL;
    } else if (block->finding_count) {
        evaluation->findings =
            memory_resize(evaluation->findings, count, sizeof *evaluation->findings);
        memcpy(&evaluation->findings[evaluation->finding_count], block->findings,
               block->finding_count * sizeof *block->findings);
    }
    evaluation->finding_count = count;
    block->finding_count = 0;
    arena_adopt(evaluation->arena, block->arena);
    block->arena = NULL;
}

static void finish_control(struct schedule *schedule, int number)
{
    struct evaluation *evaluation = schedule->evaluation;
    const struct control *control = &schedule->engagement->controls[number];
    struct control_result *result = &evaluation->results[number];
    struct block *block = &schedule->controls[number].total;
    int64_t effort = result->effort + block->effort;
    struct arena *arena = evaluation->arena;
    const char *failure = block->failure ? arena_text(arena, block->failure)
                                         : prepare_findings(schedule, number, block);
    if (failure) {
        fail(result, rows_of(schedule->data, control), failure);
    } else {
        *result = (struct control_result){
            .loaded = block->loaded,
            .in_scope = block->in_scope,
            .not_applicable = block->not_applicable,
            .tested = block->tested,
            .passed = block->passed,
            .passed_assumed = block->passed_assumed,
            .untestable = block->untestable,
            .errors = block->errors,
            .exception_rows = block->exception_rows,
            .exceptions = block->finding_count,
            .amounts = {.arena = arena},
        };
        take_reasons(result, block, arena);
        take_rests(result, block, arena);
        take_notes(schedule->data, result, block, arena);
        for (size_t i = 0; i < block->finding_count; i++)
            finding_add_amount(schedule->data, schedule->engagement->controls, &block->findings[i],
                               &result->amounts);
        tell_missing(schedule->data, control, result, arena);
        set_status(schedule->data, control, result, arena);
        tell_all_missing(schedule->data, control, result, arena);
        evaluation->evaluated_rows += block->in_scope;
        take_findings(evaluation, block);
    }
    result->effort = effort;
    block_clear(block);
    block_clear(&schedule->controls[number].members);
    schedule->done++;
    if (schedule->options->progress)
        schedule->options->progress(schedule->options->progress_context, schedule->done,
                                    schedule->total);
}

// Whether a control is not to be taken further. Told by what was merged in the order of its rows,
// it does not depend on the number of workers.
static bool has_enough(const struct schedule *schedule, const struct progress_of_control *progress)
{
    size_t enough = schedule->options->enough;
    return progress->total.failure || (enough > 0 && progress->total.tested >= enough);
}

// Merges the answers that are due; goes on to the groups or to the end when all have come.
static void go_on(struct schedule *schedule, int number)
{
    struct progress_of_control *progress = &schedule->controls[number];
    while (progress->next < progress->end && schedule->items[progress->next].answered) {
        struct block *answer = &schedule->items[progress->next++].answer;
        if (has_enough(schedule, progress))
            block_clear(answer);
        else
            block_merge(&progress->total, answer);
    }
    // A control that failed, too, is finished only when no worker is busy with it any more.
    if (progress->open > 0)
        return;
    if (progress->grouping && !progress->total.failure) {
        add_group_tasks(schedule, number);
        if (progress->open > 0)
            return;
    }
    finish_control(schedule, number);
}

static void advance(struct schedule *schedule, int number)
{
    int64_t before = process_effort();
    go_on(schedule, number);
    schedule->evaluation->results[number].effort += process_effort() - before;
}

static void answer_task(struct schedule *schedule, size_t at, struct block *answer)
{
    struct queue_item *item = &schedule->items[at];
    item->answer = *answer;
    item->answered = true;
    schedule->controls[item->task.control].open--;
    advance(schedule, item->task.control);
}

// ---- workers

static void lose_worker(struct schedule *schedule, struct worker *worker, bool timed_out)
{
    struct buffer end = {0}, reason = {0};
    size_t task = worker->task;
    worker_mourn(worker, &end);
    if (timed_out)
        reason_set(&end, REASON_PROCESS_TIMED_OUT);
    reason_set_with(&reason, REASON_WORKER_LOST, "%s", buffer_text(&end));
    struct block answer = {0};
    answer.failure = arena_text_of(block_arena(&answer), &reason);
    buffer_clear(&end);
    answer_task(schedule, task, &answer);
}

// The next task whose control is to be taken further; those of others are answered without work.
static bool next_task(struct schedule *schedule, size_t *task)
{
    while (schedule->next < schedule->count) {
        size_t at = schedule->next++;
        if (!has_enough(schedule, &schedule->controls[schedule->items[at].task.control])) {
            *task = at;
            return true;
        }
        struct block nothing = {0};
        answer_task(schedule, at, &nothing);
    }
    return false;
}

static int feed(struct schedule *schedule, struct worker *worker, struct error *error)
{
    size_t task;
    if (!next_task(schedule, &task))
        return 0;
    if (worker->process.id <= 0 &&
        worker_start(worker, schedule->engagement, schedule->data, &schedule->limits, error) != 0)
        return -1;
    worker->task = task;
    worker->deadline = process_clock() + WORKER_WALL_SECONDS * INT64_C(1000);
    if (worker_give(worker, &schedule->items[task].task) != 0)
        lose_worker(schedule, worker, false);
    return 0;
}

static void listen(struct schedule *schedule)
{
    struct pollfd *waits = schedule->waits;
    int *waiting = schedule->waiting, count = 0;
    for (int i = 0; i < schedule->worker_count; i++)
        if (schedule->workers[i].busy) {
            waits[count] = (struct pollfd){schedule->workers[i].process.descriptor, POLLIN, 0};
            waiting[count++] = i;
        }
    if (poll(waits, (nfds_t)count, 1000) < 0)
        return;
    for (int i = 0; i < count; i++) {
        struct worker *worker = &schedule->workers[waiting[i]];
        struct block answer;
        if (waits[i].revents == 0) {
            if (process_clock() > worker->deadline)
                lose_worker(schedule, worker, true);
            continue;
        }
        int taken = worker_take(worker, &answer);
        if (taken > 0)
            answer_task(schedule, worker->task, &answer);
        else if (taken < 0)
            lose_worker(schedule, worker, false);
    }
}

static bool any_busy(const struct schedule *schedule)
{
    for (int i = 0; i < schedule->worker_count; i++)
        if (schedule->workers[i].busy)
            return true;
    return false;
}

static int work_through(struct schedule *schedule, struct error *error)
{
    do {
        for (int i = 0; i < schedule->worker_count; i++)
            if (!schedule->workers[i].busy && feed(schedule, &schedule->workers[i], error) != 0)
                return -1;
        if (any_busy(schedule))
            listen(schedule);
    } while (any_busy(schedule) || schedule->next < schedule->count);
    return 0;
}

// ---- what can be said before any row is tested

static bool assumes_recorded(const struct control *control)
{
    for (int i = 0; i < control->parameter_count; i++)
        if (strcmp(control->parameters[i].name, "assume_recorded") == 0)
            return json_is_true(control->parameters[i].value);
    return false;
}

// A column of evidence that is empty in all rows says that nobody records it, not that nobody did
// it.
static const char *unrecorded(const struct data *data, const struct control *control,
                              struct arena *arena)
{
    for (int i = 0; i < control->evidence_column_count && !assumes_recorded(control); i++) {
        int table, field;
        if (!model_find_column(data->model, control->evidence_columns[i], &table, &field) ||
            !data->tables[table].imported || data->tables[table].rows == 0)
            continue;
        const struct column *column = &data->tables[table].columns[field];
        struct buffer reason = {0};
        if (!column->imported)
            assumption_explain(data, table, field, &reason);
        else if (column->width == 0)
            reason_set_with(&reason, REASON_EMPTY_COLUMN, "%s" REASON_AND "%u",
                            control->evidence_columns[i], data->tables[table].rows);
        else
            continue;
        return keep(arena, &reason);
    }
    return NULL;
}

static bool lacks_population(const struct data *data, const struct control *control)
{
    for (int i = 0; i < control->population_count; i++)
        if (data->tables[control->populations[i]].imported)
            return false;
    return true;
}

static void plan(struct schedule *schedule)
{
    const struct engagement *engagement = schedule->engagement;
    struct arena *arena = schedule->evaluation->arena;
    for (int number = 0; number < engagement->control_count; number++) {
        const struct control *control = &engagement->controls[number];
        struct control_result *result = &schedule->evaluation->results[number];
        if (control->selected && !control->disabled)
            schedule->total++;
        if (control->selected && control->disabled)
            *result = (struct control_result){
                .status = STATUS_DISABLED,
                .reason =
                    arena_text(arena, control->disabled_reason ? control->disabled_reason : "")};
    }
    for (int number = 0; number < engagement->control_count; number++) {
        const struct control *control = &engagement->controls[number];
        if (!control->selected || control->disabled)
            continue;
        const char *reason = lacks_population(schedule->data, control)
                                 ? all_missing(schedule->data, control, false, arena)
                                 : unrecorded(schedule->data, control, arena);
        if (reason) {
            schedule->evaluation->results[number] = (struct control_result){
                .status = STATUS_NOT_RUN,
                .loaded = rows_of(schedule->data, control),
                .reason = reason,
            };
            schedule->done++;
            continue;
        }
        add_row_tasks(schedule, number);
        if (schedule->controls[number].open == 0)
            advance(schedule, number); // an empty population
    }
}

struct evaluation *evaluation_run(const struct engagement *engagement, const struct data *data,
                                  const struct evaluation_options *options, struct error *error)
{
    struct arena *arena = arena_new(), *scratch = arena_new();
    struct evaluation *evaluation = arena_take(arena, 1, sizeof *evaluation);
    size_t controls = (size_t)engagement->control_count;
    evaluation->arena = arena;
    evaluation->results = arena_take(arena, controls, sizeof *evaluation->results);
    evaluation->result_count = engagement->control_count;
    struct schedule schedule = {
        .engagement = engagement,
        .data = data,
        .evaluation = evaluation,
        .options = options,
        .limits = {options->instructions_per_row, (size_t)options->bytes_per_block},
        .controls = arena_take(scratch, controls, sizeof *schedule.controls),
        .worker_count = options->jobs < 1 ? 1 : options->jobs,
    };
    size_t workers = (size_t)schedule.worker_count;
    schedule.workers = arena_take(scratch, workers, sizeof *schedule.workers);
    schedule.waits = arena_take(scratch, workers, sizeof *schedule.waits);
    schedule.waiting = arena_take(scratch, workers, sizeof *schedule.waiting);
    plan(&schedule);
    // That a worker is gone is told by the write that fails.
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    int result = work_through(&schedule, error);
    signal(SIGPIPE, before);
    for (int i = 0; i < schedule.worker_count; i++)
        worker_stop(&schedule.workers[i]);
    for (size_t i = 0; i < schedule.count; i++)
        block_clear(&schedule.items[i].answer);
    for (size_t i = 0; i < controls; i++) {
        block_clear(&schedule.controls[i].total);
        block_clear(&schedule.controls[i].members);
    }
    free(schedule.items);
    arena_free(scratch);
    if (result != 0) {
        evaluation_free(evaluation);
        return NULL;
    }
    sort_findings(&schedule, evaluation->findings, evaluation->finding_count);
    return evaluation;
}

void evaluation_free(struct evaluation *evaluation)
{
    if (!evaluation)
        return;
    free(evaluation->findings);
    arena_free(evaluation->arena);
}
