// SPDX-License-Identifier: MIT
#include "reports/figures/run.h"

#include "engine/data/statement.h"

bool run_has_control(const struct run *run, int control)
{
    const struct control *it = &run->engagement->controls[control];
    return it->selected;
}

bool run_is_required_open(const struct run *run, int control)
{
    const struct control *it = &run->engagement->controls[control];
    if (!it->required)
        return false;
    if (!it->selected)
        return !run->only; // another profile: nobody tested it, and nobody asked to leave it out
    const struct control_result *result = &run->evaluation->results[control];
    bool ran = result->status == STATUS_EXCEPTIONS || result->status == STATUS_CLEAN ||
               (!it->required_tested &&
                (result->status == STATUS_CONDITIONAL || result->status == STATUS_UNTESTED));
    return !ran || result->untestable > 0 || result->errors > 0;
}

static void judge_controls(struct run *run, struct verdict *verdict)
{
    for (int i = 0; i < run->engagement->control_count; i++) {
        verdict->required_open += run_is_required_open(run, i);
        if (!run_has_control(run, i))
            continue;
        verdict->selected++;
        const struct control_result *result = &run->evaluation->results[i];
        verdict->statuses[result->status]++;
        // With no row tested by any control, a wrong period would pass for a clean month.
        verdict->tested += result->tested > 0;
    }
}

static void judge_exceptions(struct run *run, struct verdict *verdict)
{
    for (size_t i = 0; i < run->evaluation->finding_count; i++) {
        const struct finding *finding = &run->evaluation->findings[i];
        bool waived = waivers_cover(run->waivers, i),
             assumed = finding_is_assumed(run->data, finding);
        verdict->exceptions[finding->severity]++;
        verdict->waived[finding->severity] += waived;
        verdict->assumed[finding->severity] += assumed;
        verdict->assumed_waived[finding->severity] += assumed && waived;
    }
}

void run_judge(struct run *run)
{
    struct verdict verdict = {0};
    for (size_t i = 0; i < run->data->problems.count; i++)
        verdict.problems[run->data->problems.items[i].kind]++;
    for (size_t i = 0; i < run->data->expectation_count; i++)
        verdict.missed_expectations += !run->data->expectations[i].met;
    judge_controls(run, &verdict);
    judge_exceptions(run, &verdict);
    for (size_t i = 0; i < run->data->statement_count; i++)
        verdict.contradicted +=
            statement_contradiction(run->data, &run->data->statements[i]) != NULL;
    verdict.waiver_warnings = waivers_warnings(run->waivers);
    for (int kind = 0; kind < PROBLEM_KINDS; kind++)
        verdict.incomplete |= problem_is_loss((enum problem_kind)kind) && verdict.problems[kind];
    verdict.incomplete = verdict.incomplete || verdict.missed_expectations > 0 ||
                         verdict.statuses[STATUS_FAILED] > 0 || verdict.required_open > 0 ||
                         verdict.contradicted > 0 || !verdict.tested;
    run->verdict = verdict;
}

int run_exit_code(const struct run *run, int fail_on, int fail_on_assumed)
{
    const struct verdict *verdict = &run->verdict;
    if (verdict->incomplete)
        return 3;
    for (int severity = SEVERITY_LOW; severity <= SEVERITY_CRITICAL; severity++) {
        size_t open = verdict->exceptions[severity] - verdict->waived[severity];
        size_t assumed = verdict->assumed[severity] - verdict->assumed_waived[severity];
        if ((fail_on >= 0 && severity >= fail_on && open > assumed) ||
            (fail_on_assumed >= 0 && severity >= fail_on_assumed && assumed > 0))
            return 1;
    }
    return 0;
}

void run_tell(const struct run *run, const char *result, size_t done)
{
    if (run->progress && done % 1024 == 0)
        run->progress(run->progress_context, result, done, run->evaluation->finding_count);
}
