// SPDX-License-Identifier: MIT
// The half of vouch check that is about the data. Problems are told once for each kind, table and
// column, with the first of them and their number.
#include "cli/check.h"

#include "engine/base/dictionary.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/statement.h"
#include "reports/figures/incomplete.h"
#include "reports/words/words.h"

#include <stdlib.h>
#include <string.h>

// Problems of one kind, table and column.
struct group {
    const struct problem *first;
    size_t count;
};

static void add_key(const struct problem *problem, struct buffer *key)
{
    buffer_reset(key);
    buffer_printf(key, "%d %d %s", (int)problem->kind, problem->table,
                  problem->column ? problem->column : "");
}

// The groups, in the order of their first problems; the caller frees.
static struct group *gather(const struct problem_list *problems, bool full, size_t *count)
{
    struct dictionary *known = dictionary_new();
    struct group *groups = memory_new(problems->count, sizeof *groups);
    struct buffer key = {0};
    *count = 0;
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        add_key(problem, &key);
        if (full)
            buffer_printf(&key, " %zu", i);
        uint32_t code = dictionary_add(known, key.data, key.length);
        if (code == *count)
            groups[(*count)++] = (struct group){problem, 0};
        groups[code].count++;
    }
    buffer_clear(&key);
    dictionary_free(known);
    return groups;
}

// "invalid cell sales_order.amount "x": not a number"
static void add_message(const struct checking *checking, const struct problem *problem,
                        const char *table, struct buffer *out)
{
    buffer_add_text(out, word_problem(problem->kind, checking->language));
    buffer_printf(out, " %s", table);
    if (problem->column)
        buffer_printf(out, ".%s", problem->column);
    if (problem->value)
        word_add_sentence(WORD_CHECK_QUOTED, checking->language, problem->value, "", "", "", out);
    buffer_add_text(out, word_get(WORD_CHECK_BECAUSE, checking->language));
    reason_add(problem->reason, checking->language, out);
}

// Many reasons say what to do themselves, behind a semicolon.
static bool says_what_to_do(const char *reason)
{
    return strstr(reason, "; ") || strstr(reason, "；");
}

static void say_group(struct checking *checking, const struct group *group)
{
    const struct data *data = checking->session->data;
    const struct problem *problem = group->first;
    const char *table = data->model->tables[problem->table].name;
    struct buffer message = {0}, more = {0}, path = {0}, reason = {0};
    struct remark remark = {
        .is_error = problem_is_loss(problem->kind),
        .kind = problem_kind_name(problem->kind),
        .line = problem->line,
        .table = table,
        .field = problem->column,
        .value = problem->value,
        .count = group->count,
    };
    add_message(checking, problem, table, &message);
    reason_add(problem->reason, checking->language, &reason);
    if (!says_what_to_do(buffer_text(&reason)))
        remark.advice = word_advice(problem->kind, checking->language);
    if (group->count > 1)
        word_add_count(WORD_CHECK_MORE, checking->language, group->count - 1, &more);
    if (problem->source >= 0) {
        const struct source *source = &data->sources[problem->source];
        session_add_path(checking->session->engagement, source->name, &path);
        remark.file = source->name;
        remark.path = source->sha256 ? buffer_text(&path) : NULL;
    }
    remark.message = buffer_text(&message);
    remark.more = more.data;
    checking_say(checking, &remark);
    buffer_clear(&message);
    buffer_clear(&more);
    buffer_clear(&path);
    buffer_clear(&reason);
}

// The line of the engagement where a source is imported, or 0.
static int import_line(const struct session *session, int source)
{
    const struct import_summary *summary = &session->summary;
    for (size_t i = 0; i < summary->item_count; i++)
        if (summary->items[i].source == source)
            return (int)json_integer_value(json_object_get(
                json_array_get(session->engagement->imports, summary->items[i].import), "line"));
    return 0;
}

static void say_missed(struct checking *checking, const struct expectation *missed)
{
    const struct session *session = checking->session;
    const struct data *data = session->data;
    const struct model_table *table = &data->model->tables[missed->table];
    struct buffer message = {0};
    incomplete_add_missed(data, missed, checking->language, &message);
    checking_say(checking,
                 &(struct remark){
                     .is_error = true,
                     .kind = "missed expectation",
                     .file = session->engagement->file,
                     .path = session->engagement->file,
                     .line = import_line(session, missed->source),
                     .table = table->name,
                     .field = missed->field < 0 ? NULL : table->fields[missed->field].name,
                     .message = buffer_text(&message),
                     .advice = word_get(WORD_ADVICE_EXPECTED, checking->language),
                 });
    buffer_clear(&message);
}

// What the engagement states and the data contradict.
static void say_contradicted(struct checking *checking, size_t number)
{
    const struct engagement *engagement = checking->session->engagement;
    const struct statement *it = &checking->session->data->statements[number];
    const char *against = statement_contradiction(checking->session->data, it);
    if (!against)
        return;
    const char *table = engagement->model->tables[it->table].name;
    struct buffer text = {0};
    word_add_sentence(WORD_STATEMENT_CONTRADICTED, checking->language, table, against, "", "",
                      &text);
    checking_say(checking, &(struct remark){
                               .is_error = true,
                               .kind = "contradicted statement",
                               .file = engagement->file,
                               .path = engagement->file,
                               .line = engagement->statings[number].line,
                               .table = table,
                               .message = buffer_text(&text),
                               .advice = word_get(WORD_ADVICE_CONTRADICTED, checking->language),
                           });
    buffer_clear(&text);
}

void check_data(struct checking *checking)
{
    const struct data *data = checking->session->data;
    size_t count;
    struct group *groups = gather(&data->problems, checking->full, &count);
    for (size_t i = 0; i < data->expectation_count; i++)
        if (!data->expectations[i].met)
            say_missed(checking, &data->expectations[i]);
    for (size_t i = 0; i < count; i++)
        say_group(checking, &groups[i]);
    for (size_t i = 0; i < checking->session->engagement->statement_count; i++)
        say_contradicted(checking, i);
    free(groups);
}
