// SPDX-License-Identifier: MIT
// vouch check: load everything, evaluate nothing.
#include "cli/command.h"
#include "cli/followup.h"
#include "cli/session.h"
#include "engine/base/reason.h"
#include "engine/base/safe_print.h"
#include "engine/data/statement.h"
#include "reports/terminal/grid.h"
#include "reports/words/words.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static void print_result(const struct engagement *engagement)
{
    int warnings = engagement->diagnostic_count - engagement->error_count;
    printf("%d files, %d controls: ", engagement->file_count, engagement->control_count);
    if (engagement->error_count > 0)
        printf("%d error%s", engagement->error_count, engagement->error_count == 1 ? "" : "s");
    if (warnings > 0)
        printf("%s%d warning%s", engagement->error_count > 0 ? ", " : "", warnings,
               warnings == 1 ? "" : "s");
    puts(engagement->diagnostic_count > 0 ? "" : "nothing wrong");
}

// The lists beside the engagement.
static int check_followup(const struct engagement *engagement, bool *warned)
{
    struct followup followup = {0};
    struct error error = {0};
    int code = EXIT_FINE;
    if (followup_load(&followup, engagement, &error) != 0)
        code = session_report(&error);
    for (size_t i = 0; followup.waivers && i < followup.waivers->count; i++) {
        const struct waiver *waiver = &followup.waivers->items[i];
        if (!waiver->unreadable)
            continue;
        fprintf(stderr, "%s:%lld: warning: ", engagement->waivers, (long long)waiver->line);
        struct buffer reason = {0};
        reason_add(waiver->unreadable, engagement->language, &reason);
        print_safely(buffer_text(&reason), stderr);
        buffer_clear(&reason);
        putc('\n', stderr);
        *warned = true;
    }
    followup_clear(&followup);
    return code;
}

// What the engagement states and the data contradict.
static void check_statements(const struct session *session, bool *warned)
{
    const struct engagement *engagement = session->engagement;
    for (size_t i = 0; session->data && i < engagement->statement_count; i++) {
        const struct statement *it = &session->data->statements[i];
        const char *against = statement_contradiction(session->data, it);
        if (!against)
            continue;
        struct buffer text = {0};
        word_add_sentence(WORD_STATEMENT_CONTRADICTED, engagement->language,
                          engagement->model->tables[it->table].name, against, "", "", &text);
        fprintf(stderr, "%s:%d: warning: %s\n", engagement->file, engagement->statings[i].line,
                buffer_text(&text));
        buffer_clear(&text);
        *warned = true;
    }
}

int command_check(int argc, char **argv)
{
    struct settings settings = {.rules_folder = VOUCH_RULES, .with_cases = true};
    struct session session = {0};
    settings_parse(
        &settings, argc, argv,
        "Loads the engagement, every rule file and the data, and says what is wrong, with file and "
        "line; evaluates nothing.\v"
        "Exit codes: 0 nothing wrong; 1 warnings; 2 errors; 4 a source cannot be read.");
    int code = session_load(&session, &settings);
    if (session.engagement)
        print_result(session.engagement);
    bool warned = code == EXIT_FINE && session.engagement->diagnostic_count > 0;
    if (code == EXIT_FINE && json_array_size(session.engagement->imports) > 0)
        code = session_import(&session, &settings, NULL);
    if (code == EXIT_FINE)
        code = check_followup(session.engagement, &warned);
    if (code == EXIT_FINE)
        check_statements(&session, &warned);
    if (code == EXIT_FINE && warned)
        code = EXIT_FOUND;
    session_clear(&session);
    settings_clear(&settings);
    return code;
}
