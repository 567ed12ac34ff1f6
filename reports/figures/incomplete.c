// SPDX-License-Identifier: MIT
#include "reports/figures/incomplete.h"

#include "engine/data/statement.h"

struct visit {
    const struct run *run;
    void (*see)(void *context, const struct incomplete_cause *cause);
    void *context;
};

static void see(const struct visit *visit, enum word word, const char *a, const char *b,
                const char *c, const char *d)
{
    visit->see(visit->context, &(struct incomplete_cause){word, 0, {a, b, c, d}});
}

// All files of an import by a pattern, for what was expected of them together: the first ones and
// the last where they are many.
static void add_sources(const struct data *data, const struct expectation *it, struct buffer *out)
{
    enum { SHOWN = 3 };
    for (int i = 0; i < it->sources; i++) {
        bool last = i == it->sources - 1;
        if (i < SHOWN || last)
            buffer_printf(out, "%s%s",
                          i == 0      ? ""
                          : i > SHOWN ? " … "
                                      : ", ",
                          data->sources[it->source + i].name);
    }
}

// What it says, as the words and the texts of a cause.
static void see_expectation(const struct data *data, const struct expectation *it,
                            void (*see_cause)(void *context, const struct incomplete_cause *cause),
                            void *context)
{
    const struct model_table *table = &data->model->tables[it->table];
    struct buffer actual = {0}, name = {0};
    // Several sources may feed one table, and each has its own expectation.
    buffer_printf(&name, "%s (", it->field < 0 ? table->name : table->fields[it->field].name);
    add_sources(data, it, &name);
    buffer_add_text(&name, ")");
    total_format(it->actual, 0, false, &actual);
    const char *own = buffer_text(&name), *found = buffer_text(&actual);
    struct incomplete_cause cause = {WORD_EXPECTED_ROWS, 0, {own, it->expected, found, ""}};
    if (it->field >= 0)
        cause = (struct incomplete_cause){
            WORD_EXPECTED_SUM, 0, {table->name, own, it->expected, found}};
    see_cause(context, &cause);
    buffer_clear(&actual);
    buffer_clear(&name);
}

static void see_missed(const struct visit *visit)
{
    const struct data *data = visit->run->data;
    for (size_t i = 0; i < data->expectation_count; i++)
        if (!data->expectations[i].met)
            see_expectation(data, &data->expectations[i], visit->see, visit->context);
}

struct sentence {
    const char *language;
    struct buffer *out;
};

static void add_cause(void *context, const struct incomplete_cause *cause)
{
    const struct sentence *sentence = context;
    word_add_sentence(cause->word, sentence->language, cause->texts[0], cause->texts[1],
                      cause->texts[2], cause->texts[3], sentence->out);
}

void incomplete_add_missed(const struct data *data, const struct expectation *missed,
                           const char *language, struct buffer *out)
{
    see_expectation(data, missed, add_cause, &(struct sentence){language, out});
}

static void see_keyless(const struct visit *visit)
{
    const struct data *data = visit->run->data;
    for (size_t i = 0; i < data->problems.count; i++) {
        const struct problem *it = &data->problems.items[i];
        if (it->kind == PROBLEM_KEYLESS_TABLE)
            see(visit, WORD_TABLE_KEYLESS, data->model->tables[it->table].name,
                data->sources[it->source].name, it->column, "");
    }
}

static void see_count(const struct visit *visit, enum word word, enum problem_kind kind)
{
    size_t count = visit->run->verdict.problems[kind];
    if (count > 0)
        visit->see(visit->context, &(struct incomplete_cause){word, count, {"", "", "", ""}});
}

static void see_control(const struct visit *visit, int control)
{
    const struct run *run = visit->run;
    const struct control_result *result = &run->evaluation->results[control];
    const char *id = run->engagement->controls[control].id;
    struct buffer reason = {0};
    control_result_explain(result, run->language, &reason);
    if (run_has_control(run, control) && result->status == STATUS_FAILED)
        see(visit, WORD_CONTROL_FAILED, id, buffer_text(&reason), "", "");
    else if (run_is_required_open(run, control))
        see(visit, WORD_REQUIRED_OPEN, id, "", "", "");
    buffer_clear(&reason);
}

static void see_contradicted(const struct visit *visit)
{
    const struct data *data = visit->run->data;
    for (size_t i = 0; i < data->statement_count; i++) {
        const char *against = statement_contradiction(data, &data->statements[i]);
        if (against)
            see(visit, WORD_STATEMENT_CONTRADICTED,
                data->model->tables[data->statements[i].table].name, against, "", "");
    }
}

void incomplete_visit(const struct run *run,
                      void (*see_cause)(void *context, const struct incomplete_cause *cause),
                      void *context)
{
    const struct visit visit = {run, see_cause, context};
    if (!run->verdict.incomplete)
        return;
    see_missed(&visit);
    see_keyless(&visit);
    see_count(&visit, WORD_RECORDS_REJECTED, PROBLEM_REJECTED_RECORD);
    see_count(&visit, WORD_CELLS_INVALID, PROBLEM_INVALID_CELL);
    see_count(&visit, WORD_CELLS_CONFLICTING, PROBLEM_CONFLICTING_ROWS);
    see_count(&visit, WORD_LEFT_OUT_NEEDED, PROBLEM_LEFT_OUT_RECORD);
    for (int i = 0; i < run->engagement->control_count; i++)
        see_control(&visit, i);
    see_contradicted(&visit);
    if (!run->verdict.tested)
        see(&visit, WORD_NONE_RAN, "", "", "", "");
}
