// SPDX-License-Identifier: MIT
#include "reports/figures/exception.h"

#include "engine/base/calendar.h"

// The control's own period path where it names one that this table has.
static bool find_day(const struct run *run, const struct finding *finding, int *day)
{
    const struct model *model = run->data->model;
    const char *text = run->engagement->controls[finding->control].period;
    struct path own = {0};
    struct error ignored;
    if (text && model_find_path(model, finding->table, text, &own, &ignored) == 0)
        return data_day(run->data, finding->table, &own, finding->row, day);
    return data_day(run->data, finding->table, &model->tables[finding->table].period, finding->row,
                    day);
}

static void add_path(const struct run *run, const struct finding *finding, const struct path *path,
                     struct buffer *out)
{
    const struct data *data = run->data;
    int table = finding->table;
    int64_t row = finding->row;
    for (int i = 0; path->field >= 0 && row >= 0 && i < path->depth; i++) {
        int target;
        row = data_follow(data, table, row, path->references[i], &target);
        table = target;
    }
    if (path->field >= 0 && row >= 0)
        mask_format(run->mask, data, table, row, path->field, out);
}

// What people say about it.
static void find_followup(struct exception *exception, const struct run *run,
                          const struct finding *finding)
{
    size_t place = (size_t)(finding - run->evaluation->findings);
    exception->status = waivers_cover(run->waivers, place) ? "waived" : "open";
    exception->disposition = dispositions_of(run->dispositions, place);
    exception->waiver = NULL;
    if (!run->waivers || run->waivers->outcomes[place].waiver < 0)
        return;
    const struct waiver_outcome *outcome = &run->waivers->outcomes[place];
    exception->waiver = &run->waivers->items[outcome->waiver];
    exception->waiver_status = outcome->status;
    buffer_printf(&exception->waiver_source, "%s:%lld", run->engagement->waivers,
                  (long long)exception->waiver->line);
}

void exception_fill(struct exception *exception, const struct run *run,
                    const struct finding *finding)
{
    const struct data *data = run->data;
    const struct control *controls = run->engagement->controls;
    const struct model_table *table = &data->model->tables[finding->table];
    struct buffer *texts[] = {&exception->id,           &exception->date,    &exception->customer,
                              &exception->actor,        &exception->message, &exception->source,
                              &exception->waiver_source};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buffer_reset(texts[i]);
    exception->finding = finding;
    exception->control = &controls[finding->control];
    exception->table = table->name;
    exception->currency =
        finding->has_amount ? dictionary_get(data->texts, finding->currency).bytes : NULL;
    finding_id(data, controls, finding, &exception->id);
    int day;
    if (find_day(run, finding, &day)) {
        char text[CALENDAR_TEXT_MAX];
        calendar_format_day(day, text);
        buffer_add_text(&exception->date, text);
    }
    add_path(run, finding, &table->customer, &exception->customer);
    add_path(run, finding, &table->actor, &exception->actor);
    finding_message(data, controls, finding, run->language, &exception->message);
    data_origin(data, finding->table, finding->row, &exception->source);
    find_followup(exception, run, finding);
}

void exception_clear(struct exception *exception)
{
    buffer_clear(&exception->id);
    buffer_clear(&exception->date);
    buffer_clear(&exception->customer);
    buffer_clear(&exception->actor);
    buffer_clear(&exception->message);
    buffer_clear(&exception->source);
    buffer_clear(&exception->waiver_source);
}
