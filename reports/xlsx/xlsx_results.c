// SPDX-License-Identifier: MIT
// The sheets of controls, exceptions and evidence, which lead to one another.
#include "reports/xlsx/xlsx_inside.h"

#include "engine/base/memory.h"

static int lines_of(const struct control_result *result)
{
    return result->amounts.count > 1 ? (int)result->amounts.count : 1;
}

void xlsx_add_results(struct xlsx *xlsx)
{
    const struct run *run = xlsx->run;
    const struct evaluation *evaluation = run->evaluation;
    size_t controls = 0, evidence = evaluation->finding_count;
    int count = run->engagement->control_count;
    xlsx->control_rows = arena_take(xlsx->arena, (size_t)count, sizeof *xlsx->control_rows);
    xlsx->first_exceptions = arena_take(xlsx->arena, (size_t)count, sizeof *xlsx->first_exceptions);
    for (int i = 0; i < count; i++) {
        xlsx->control_rows[i] = controls;
        if (run_has_control(run, i))
            controls += (size_t)lines_of(&evaluation->results[i]);
    }
    // Findings are sorted by control.
    for (size_t i = evaluation->finding_count; i-- > 0;) {
        xlsx->first_exceptions[evaluation->findings[i].control] = i;
        evidence += (size_t)evaluation->findings[i].evidence_count;
    }
    xlsx->controls = xlsx_add_result(xlsx, WORD_SHEET_CONTROLS, &result_controls, controls, 2);
    xlsx->exceptions =
        xlsx_add_result(xlsx, WORD_EXCEPTIONS, &result_exceptions, evaluation->finding_count, 2);
    xlsx->evidence = xlsx_add_result(xlsx, WORD_EVIDENCE, &result_evidence, evidence, 2);
}

// One row, and a further one for each further currency or sign: its counts are left out, so that
// the sums of the columns stay right.
static void write_control(void *context, const struct result_row *row)
{
    const struct xlsx *xlsx = context;
    struct result_row line = *row;
    for (line.line = 0; line.line < lines_of(&xlsx->run->evaluation->results[row->control]);
         line.line++)
        xlsx_add_result_row(xlsx, xlsx->controls, &result_controls, &line);
}

static void write_exception(void *context, const struct result_row *row)
{
    struct xlsx *xlsx = context;
    xlsx_add_result_row(xlsx, xlsx->exceptions, &result_exceptions, row);
    for (int i = 0; i <= row->exception->finding->evidence_count; i++) {
        struct result_row piece = result_evidence_row(row, i);
        xlsx_add_result_row(xlsx, xlsx->evidence, &result_evidence, &piece);
        xlsx->evidence_rows++;
    }
}

void xlsx_write_results(struct xlsx *xlsx)
{
    struct result_walk walk = {.run = xlsx->run,
                               .language = xlsx->run->language,
                               .result = "report.xlsx",
                               .see = write_control,
                               .context = xlsx};
    result_controls.visit(&walk);
    walk.see = write_exception;
    result_exceptions.visit(&walk);
}
