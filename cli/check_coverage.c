// SPDX-License-Identifier: MIT
// The half of vouch check that is about coverage: what would make a run incomplete because nothing,
// or not what is required, could be tested.
#include "cli/check.h"

#include "engine/base/reason.h"
#include "engine/evaluation/readiness.h"
#include "reports/words/words.h"

static void say(struct checking *checking, const char *kind, const char *message, enum word advice)
{
    const struct engagement *engagement = checking->session->engagement;
    checking_say(checking, &(struct remark){
                               .is_error = true,
                               .kind = kind,
                               .file = engagement->file,
                               .path = engagement->file,
                               .message = message,
                               .advice = word_get(advice, checking->language),
                           });
}

static bool in_scope(const struct data *data, const struct control *control, int table, int64_t row)
{
    int day;
    if (!data_visible(data, table, row))
        return false;
    // A control may place its rows by a path of its own, which it follows itself.
    if (control->scope != SCOPE_PERIOD || control->period ||
        data->model->tables[table].period.field < 0)
        return true;
    return data_row_day(data, table, row, &day) && day >= data->scope.from && day <= data->scope.to;
}

static bool has_row(const struct data *data, const struct control *control)
{
    for (int i = 0; i < control->population_count; i++) {
        int table = control->populations[i];
        for (uint32_t row = 0; row < data->tables[table].rows; row++)
            if (in_scope(data, control, table, row))
                return true;
    }
    return false;
}

// `names`: what it lacks; NULL where nobody asks.
static bool is_blocked(const struct data *data, const struct control *control, struct buffer *names)
{
    struct readiness readiness;
    readiness_init(&readiness, control, data);
    bool blocked = readiness_is_blocked(&readiness);
    for (int i = 0; names && blocked && i < readiness.missing_count; i++) {
        if (!readiness.missing[i].always)
            continue;
        buffer_add_text(names, names->length ? ", " : "");
        lack_name(data, &readiness.missing[i], names);
    }
    readiness_clear(&readiness);
    return blocked;
}

static void check_required(struct checking *checking, const struct control *control)
{
    const struct data *data = checking->session->data;
    const char *language = checking->language;
    struct buffer message = {0}, names = {0};
    if (!control->selected || control->disabled) {
        word_add_sentence(WORD_CHECK_REQUIRED_OUT, language, control->id, "", "", "", &message);
        // One that --only leaves out was not asked for.
        if (!checking->settings->only.length || control->disabled)
            say(checking, "required control", buffer_text(&message), WORD_ADVICE_REQUIRED_OUT);
    } else if (is_blocked(data, control, &names)) {
        word_add_sentence(WORD_CHECK_REQUIRED_LACKS, language, control->id, buffer_text(&names), "",
                          "", &message);
        say(checking, "required control", buffer_text(&message), WORD_ADVICE_REQUIRED_LACKS);
    } else if (control->required_tested && !has_row(data, control)) {
        word_add_sentence(WORD_CHECK_REQUIRED_EMPTY, language, control->id, "", "", "", &message);
        say(checking, "required control", buffer_text(&message), WORD_ADVICE_NONE_IN_SCOPE);
    }
    buffer_clear(&message);
    buffer_clear(&names);
}

void check_coverage(struct checking *checking)
{
    const struct engagement *engagement = checking->session->engagement;
    const struct data *data = checking->session->data;
    bool ready = false, tested = false;
    for (int i = 0; i < engagement->control_count; i++) {
        const struct control *control = &engagement->controls[i];
        if (control->required)
            check_required(checking, control);
        if (!tested && control->selected && !control->disabled &&
            !is_blocked(data, control, NULL)) {
            ready = true;
            tested = has_row(data, control);
        }
    }
    if (tested)
        return;
    say(checking, "coverage",
        word_get(ready ? WORD_CHECK_NONE_IN_SCOPE : WORD_CHECK_NONE_READY, checking->language),
        ready ? WORD_ADVICE_NONE_IN_SCOPE : WORD_ADVICE_NONE_READY);
}
