// SPDX-License-Identifier: MIT
#include "engine/evaluation/trial.h"

#include "engine/base/reason.h"

struct evaluation *trial_run(const struct engagement *engagement, const struct data *data, int jobs,
                             struct error *error)
{
    struct evaluation_options options = {.jobs = jobs, .enough = TRIAL_ROWS};
    return evaluation_run(engagement, data, &options, error);
}

// Whether a reason says that data are not there: of a column that is derived, also that it could
// not be worked out.
static bool tells_of_lack(const char *reason, const struct data *data, struct lack *lack)
{
    static const enum reason kinds[] = {REASON_NOT_IMPORTED, REASON_CONTRADICTED, REASON_COMPARED,
                                        REASON_REFUSED, REASON_UNREADABLE};
    struct buffer name = {0};
    bool told = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        told = told || reason_is(reason, kinds[i]);
    *lack = (struct lack){-1, -1, true};
    if (told)
        reason_add_first(reason, &name);
    if (name.length &&
        !model_find_column(data->model, buffer_text(&name), &lack->table, &lack->field))
        lack->table = model_find_table(data->model, buffer_text(&name));
    buffer_clear(&name);
    if (lack->table < 0)
        return false;
    const struct table *table = &data->tables[lack->table];
    return lack->field < 0 ? !table->imported : !table->columns[lack->field].imported;
}

// What stopped rows is missing, whether or not the code could be seen to read it.
static void add_stoppers(struct trial *trial, const struct data *data,
                         const struct control_result *result)
{
    struct lack lack;
    for (int i = 0; i < result->reason_count; i++)
        if (tells_of_lack(result->reasons[i].reason, data, &lack))
            readiness_add(&trial->readiness, lack);
    if (result->reason && tells_of_lack(result->reason, data, &lack))
        readiness_add(&trial->readiness, lack);
}

static bool is_missing(const struct data *data, int assumption)
{
    return data->assumptions[assumption].kind == ASSUMED_ABSENT;
}

// Of a control that was not taken to its end other rows may rest on more.
static void add_rests(struct trial *trial, const struct data *data,
                      const struct control_result *result)
{
    for (int i = 0; i < result->rest_count; i++)
        if (result->rests[i].exceptions + result->rests[i].passed > 0 &&
            is_missing(data, result->rests[i].assumption))
            rests_add(trial->readiness.arena, &trial->rests, result->rests[i].assumption);
    if (result->tested >= TRIAL_ROWS)
        rests_add_all(trial->readiness.arena, &trial->rests, &trial->readiness.assumed);
}

static enum prospect judge(const struct trial *trial, const struct control_result *result)
{
    if (result->tested > 0)
        return trial->rests.count > 0 ? PROSPECT_ASSUMED : PROSPECT_READY;
    if (result->status == STATUS_FAILED)
        return PROSPECT_OTHER;
    if (result->untestable > 0 || result->status == STATUS_NOT_RUN)
        return trial->readiness.missing_count > 0 ? PROSPECT_LACKING : PROSPECT_OTHER;
    return readiness_is_blocked(&trial->readiness) ? PROSPECT_LACKING : PROSPECT_NO_ROWS;
}

void trial_init(struct trial *trial, const struct control *control, const struct data *data,
                const struct control_result *result)
{
    *trial = (struct trial){.prospect = PROSPECT_NONE, .untestable = result->untestable};
    if (control->disabled || !control->selected)
        return;
    for (int i = 0; i < control->population_count; i++) {
        trial->imported |= data->tables[control->populations[i]].imported;
        trial->population += data->tables[control->populations[i]].rows;
    }
    readiness_init(&trial->readiness, control, data);
    add_stoppers(trial, data, result);
    if (result->tested > 0)
        add_rests(trial, data, result);
    trial->prospect = judge(trial, result);
    trial->reason = result->tested == 0 && result->reason ? result->reason
                    : result->reason_count > 0            ? result->reasons[0].reason
                                                          : NULL;
}

void trial_clear(struct trial *trial)
{
    readiness_clear(&trial->readiness);
    *trial = (struct trial){.prospect = PROSPECT_NONE};
}
