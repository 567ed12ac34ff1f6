// SPDX-License-Identifier: MIT
// A small run made by hand: two tables, three controls, two exceptions. Tests of reports write
// about it.
#ifndef VOUCH_SAMPLE_RUN_H
#define VOUCH_SAMPLE_RUN_H

#include "engine/base/memory.h"
#include "engine/data/part.h"
#include "reports/figures/run.h"

#include <stdlib.h>
#include <string.h>

static const char sample_model[] =
    "{\"tables\":["
    "{\"name\":\"price\",\"key\":[\"price_id\"],\"fields\":["
    "{\"name\":\"price_id\",\"type\":\"text\"},{\"name\":\"floor\",\"type\":\"decimal\"}]},"
    "{\"name\":\"sale\",\"key\":[\"sale_id\",\"line_no\"],\"fields\":["
    "{\"name\":\"sale_id\",\"type\":\"text\"},{\"name\":\"line_no\",\"type\":\"int\"},"
    "{\"name\":\"sold_on\",\"type\":\"date\"},{\"name\":\"customer\",\"type\":\"text\"},"
    "{\"name\":\"amount\",\"type\":\"money\"}],"
    "\"period\":\"sold_on\",\"customer\":\"customer\"}]}";

struct sample {
    struct run run;
    struct engagement engagement;
    struct evaluation evaluation;
    struct control controls[3];
    struct control_result results[3];
    struct finding findings[2];
    struct finding_value values[2];
    struct evidence evidence;
    struct sum amount;
    uint32_t currency;
    struct rule_file file;
};

static inline void sample_put_rows(struct data *data, const char *name, const char *source,
                                   const char *const *columns, int column_count,
                                   const char *const *cells, int cell_count)
{
    int table = model_find_table(data->model, name);
    int index = data_add_source(data, source, NULL, 0, NULL);
    struct part *part = part_new(data->model, table, index, data->scope.zone);
    for (int i = 0; i < column_count; i++)
        part_add_column(part, model_find_field(&data->model->tables[table], columns[i]), NULL,
                        columns[i]);
    for (int i = 0; i < cell_count; i++) {
        part_put(part, i % column_count, cells[i], strlen(cells[i]), false);
        if (i % column_count == column_count - 1)
            part_end_row(part, 2 + i / column_count);
    }
    data_add_part(data, part);
}

static inline struct data *sample_data(const struct model *model)
{
    static const char *const price_columns[] = {"price_id", "floor"};
    static const char *const prices[] = {"P,1", "10", "P2", "20"};
    static const char *const sale_columns[] = {"sale_id", "line_no", "sold_on", "customer",
                                               "amount"};
    static const char *const sales[] = {"S1", "1", "2026-10-05", "C1",   "9.00",
                                        "S2", "1", "2026-10-06", "=C2",  "-5",
                                        "S3", "1", "2026-10-07", "客户", "oops"};
    struct scope scope = {.from = 20727,
                          .to = 20757,
                          .as_of = 20757,
                          .currency = "CNY",
                          .zone = zone_new("Asia/Shanghai"),
                          .period_text = "2026-10"};
    struct data *data = data_new(model, scope);
    sample_put_rows(data, "price", "data/price.csv", price_columns, 2, prices, 4);
    sample_put_rows(data, "sale", "data/sale.csv", sale_columns, 5, sales, 15);
    data_expect(data, model_find_table(model, "sale"), 1, 1, -1, "4");
    data_seal(data);
    return data;
}

static inline void sample_fill_controls(struct sample *sample, int sale)
{
    static char *no_sources[] = {"000 III-1.3.1"};
    sample->controls[0] = (struct control){.id = "PRC-01",
                                           .family = "PRC",
                                           .title = {"Sold below the floor", "低于最低限价"},
                                           .message = {"sold at {price}, floor {floor}", NULL},
                                           .sources = no_sources,
                                           .source_count = 1,
                                           .severity = SEVERITY_HIGH,
                                           .amount_kind = AMOUNT_MISSTATEMENT,
                                           .file = "rules/controls/prc.lua",
                                           .hash = "aa",
                                           .selected = true};
    sample->controls[1] = (struct control){.id = "PRC-02",
                                           .family = "PRC",
                                           .title = {"Second control", NULL},
                                           .severity = SEVERITY_LOW,
                                           .hash = "aa",
                                           .selected = true,
                                           .amount_kind = AMOUNT_UNSTATED};
    sample->controls[2] = (struct control){.id = "PRC-03",
                                           .family = "PRC",
                                           .title = {"Third control", NULL},
                                           .severity = SEVERITY_MEDIUM,
                                           .hash = "aa",
                                           .selected = false,
                                           .amount_kind = AMOUNT_UNSTATED};
    sample->amount = (struct sum){AMOUNT_MISSTATEMENT, "CNY", false, total_of_units(1, 0), 1};
    sample->results[0] = (struct control_result){.status = STATUS_EXCEPTIONS,
                                                 .loaded = 3,
                                                 .in_scope = 3,
                                                 .tested = 3,
                                                 .passed = 1,
                                                 .exception_rows = 2,
                                                 .exceptions = 2,
                                                 .amounts = {&sample->amount, 1}};
    sample->results[1] =
        (struct control_result){.status = STATUS_NOT_RUN, .reason = "approval was not imported"};
    (void)sale;
}

static inline void sample_fill_findings(struct sample *sample, struct data *data, int sale,
                                        int price)
{
    uint32_t currency = dictionary_add(data->texts, "CNY", 3);
    sample->currency = currency;
    sample->values[0] = (struct finding_value){"floor", "10"};
    sample->values[1] = (struct finding_value){"price", "9 \"net\""};
    sample->evidence = (struct evidence){price, 0};
    sample->findings[0] = (struct finding){.control = 0,
                                           .table = sale,
                                           .row = 0,
                                           .key = "S1/1",
                                           .severity = SEVERITY_HIGH,
                                           .has_amount = true,
                                           .amount = {1, 0},
                                           .currency = currency,
                                           .values = sample->values,
                                           .value_count = 2,
                                           .evidence = &sample->evidence,
                                           .evidence_count = 1,
                                           .fingerprint = "f1"};
    sample->findings[1] = (struct finding){.control = 0,
                                           .table = sale,
                                           .row = 1,
                                           .key = "S2/1",
                                           .label = "late",
                                           .severity = SEVERITY_LOW,
                                           .currency = DICTIONARY_NONE,
                                           .fingerprint = "f2"};
}

// sample_free releases; everything that tests do not change is static.
static inline struct sample *sample_new(void)
{
    struct error error = {0};
    json_t *declaration = json_loads(sample_model, 0, NULL);
    struct sample *sample = memory_new(1, sizeof *sample);
    struct model *model = model_new(declaration, &error);
    json_decref(declaration);
    struct data *data = sample_data(model);
    int sale = model_find_table(model, "sale"), price = model_find_table(model, "price");
    sample_fill_controls(sample, sale);
    sample_fill_findings(sample, data, sale, price);
    sample->engagement = (struct engagement){.file = "audit.lua",
                                             .folder = ".",
                                             .title = "October",
                                             .entity = "Bearings",
                                             .language = "en",
                                             .model = model,
                                             .controls = sample->controls,
                                             .control_count = 3};
    sample->evaluation = (struct evaluation){.results = sample->results,
                                             .findings = sample->findings,
                                             .finding_count = 2,
                                             .evaluated_rows = 3};
    sample->run = (struct run){.arena = arena_new(),
                               .engagement = &sample->engagement,
                               .data = data,
                               .evaluation = &sample->evaluation,
                               .language = "en",
                               .jobs = 1};
    return sample;
}

static inline void sample_free(struct sample *sample)
{
    data_free((struct data *)sample->run.data);
    model_free(sample->engagement.model);
    arena_free(sample->run.arena);
    free(sample);
}

#endif
