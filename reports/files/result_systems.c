// SPDX-License-Identifier: MIT
// What system users did: a row for each user and act.
#include "reports/files/result_inside.h"

#include "reports/figures/system_actors.h"

FILL_TEXT(fill_user, row->act->user)
FILL_COUNT(fill_documents, row->act->documents)

static void fill_act(const struct result_row *row, struct result_cell *cell)
{
    const struct model_table *table = &row->run->data->model->tables[row->act->table];
    buffer_printf(&cell->built, "%s.%s", table->name, table->fields[row->act->field].name);
}

static void fill_amount(const struct result_row *row, struct result_cell *cell)
{
    const struct sums *sums = &row->act->amounts;
    for (size_t i = 0; i < sums->count; i++) {
        buffer_printf(&cell->built, "%s%s ", i ? "; " : "", sums->items[i].currency);
        sum_format(&sums->items[i], false, &cell->built);
    }
}

static const struct result_column system_columns[] = {
    COLUMN("user", WORD_SYSTEM_USER, FLAT | NEEDED, TEXT, 16, fill_user, .sql = "user_id"),
    COLUMN("act", WORD_ACT, FLAT | NEEDED, TEXT, 34, fill_act),
    COLUMN("documents", WORD_DOCUMENTS, FLAT, COUNT, 12, fill_documents),
    COLUMN("amount", WORD_AMOUNT, FLAT, TEXT, 30, fill_amount),
};

static void visit_systems(const struct result_walk *walk)
{
    struct system_acts acts;
    struct result_row row = {.run = walk->run, .language = walk->language};
    system_acts_init(&acts, walk->run->arena, walk->run->data);
    for (row.number = 0; row.number < acts.count; row.number++) {
        row.act = &acts.items[row.number];
        walk->see(walk->context, &row);
    }
}

const struct result_table result_systems =
    RESULT_TABLE(system_columns, visit_systems, .csv = "system_actors.csv", .sql = "system_actor");
