// SPDX-License-Identifier: MIT
// vouch check: everything that run does but evaluation, and what is wrong with it. Remarks are
// printed as they are made; nothing is called in order beside one of them.
#include "cli/check.h"

#include "cli/command.h"
#include "cli/followup.h"
#include "engine/base/mistake.h"
#include "engine/base/reason.h"
#include "reports/words/words.h"

#include <string.h>

enum { KEY_FORMAT = 512, KEY_FULL };

struct check_settings {
    struct settings shared;
    struct checking checking;
    bool json;
};

static void tell(void *context, const struct remark *remark)
{
    struct check_settings *settings = context;
    size_t *count = remark->is_error ? &settings->checking.errors : &settings->checking.warnings;
    *count += remark->count ? remark->count : 1;
    if (settings->json)
        remark_print_json(remark, stdout);
    else
        remark_print(remark, stderr);
}

void checking_say(struct checking *checking, const struct remark *remark)
{
    struct remark said = *remark;
    said.separator = word_get(WORD_SEMICOLON, checking->language);
    session_say_of_file(checking->settings, checking->session->engagement, &said);
}

// The lists beside the engagement.
static int check_followup(struct checking *checking)
{
    const struct engagement *engagement = checking->session->engagement;
    struct followup followup = {0};
    struct error error = {0};
    int code = EXIT_FINE;
    if (followup_load(&followup, engagement, &error) != 0)
        code = session_report_to(checking->settings, engagement, &error);
    for (size_t i = 0; followup.waivers && i < followup.waivers->count; i++) {
        const struct waiver *waiver = &followup.waivers->items[i];
        struct buffer reason = {0}, path = {0};
        if (!waiver->unreadable)
            continue;
        reason_add(waiver->unreadable, checking->language, &reason);
        session_add_path(engagement, engagement->waivers, &path);
        checking_say(checking, &(struct remark){
                                   .kind = "waiver",
                                   .file = engagement->waivers,
                                   .path = buffer_text(&path),
                                   .line = waiver->line,
                                   .message = buffer_text(&reason),
                                   .advice = word_get(WORD_ADVICE_WAIVER, checking->language),
                               });
        buffer_clear(&reason);
        buffer_clear(&path);
    }
    followup_clear(&followup);
    return code;
}

static void add_counts(const struct session *session, const char *language, struct buffer *out)
{
    const struct engagement *engagement = session->engagement;
    const struct data *data = session->data;
    char files[32], controls[32], records[32], sources[32];
    size_t read = 0;
    for (int i = 0; data && i < data->model->table_count; i++)
        read += data->tables[i].records_read;
    snprintf(files, sizeof files, "%d", engagement->file_count);
    snprintf(controls, sizeof controls, "%d", engagement->control_count);
    snprintf(records, sizeof records, "%zu", read);
    snprintf(sources, sizeof sources, "%zu", data ? data->source_count : 0);
    word_add_sentence(data ? WORD_CHECK_SUMMARY_DATA : WORD_CHECK_SUMMARY, language, files,
                      controls, records, sources, out);
}

// `code`: what stopped the check, where it is not EXIT_FINE.
static void print_result(const struct checking *checking, int code)
{
    const char *language = checking->language;
    size_t errors = checking->errors, warnings = checking->warnings;
    struct buffer text = {0};
    add_counts(checking->session, language, &text);
    if (errors > 0)
        word_add_count(errors == 1 ? WORD_CHECK_ERROR : WORD_CHECK_ERRORS, language, errors, &text);
    if (errors > 0 && warnings > 0)
        buffer_add_text(&text, word_get(WORD_COMMA, language));
    if (warnings > 0)
        word_add_count(warnings == 1 ? WORD_CHECK_WARNING : WORD_CHECK_WARNINGS, language, warnings,
                       &text);
    if (!errors && !warnings && code == EXIT_FINE)
        buffer_add_text(&text, word_get(WORD_CHECK_NOTHING, language));
    puts(buffer_text(&text));
    if (code != EXIT_FINE && (!checking->session->data || !checking->session->data->sealed))
        puts(word_get(WORD_CHECK_UNREAD, language));
    buffer_clear(&text);
}

static int check_all(struct session *session, struct check_settings *settings)
{
    struct checking *checking = &settings->checking;
    int code = session_load(session, &settings->shared);
    if (!session->engagement)
        return code;
    // One that cannot be read says in its text which language it is in.
    checking->language = code == EXIT_FINE ? session->engagement->language : mistake_language();
    bool imports = code == EXIT_FINE && json_array_size(session->engagement->imports) > 0;
    if (imports)
        code = session_import(session, &settings->shared, NULL);
    bool read = code == EXIT_FINE;
    if (read && imports) {
        check_data(checking);
        check_coverage(checking);
    }
    if (read)
        code = check_followup(checking);
    if (!settings->json)
        print_result(checking, code);
    return code == EXIT_FINE && checking->errors + checking->warnings > 0 ? EXIT_FOUND : code;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct check_settings *settings = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = &settings->shared;
    } else if (key == KEY_FULL) {
        settings->checking.full = true;
    } else if (key == KEY_FORMAT) {
        if (strcmp(argument, "json") != 0 && strcmp(argument, "text") != 0)
            argp_error(state, "--format is text or json, not `%s`", argument);
        settings->json = strcmp(argument, "json") == 0;
    } else {
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

int command_check(int argc, char **argv)
{
    static const struct argp_option options[] = {
        {"format", KEY_FORMAT, "text|json", 0, "json: one object a line, for editors and CI", 0},
        {"full", KEY_FULL, NULL, 0, "every problem of the data, not the first of each kind", 0},
        {0},
    };
    static const struct argp_child children[] = {{&settings_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse_option,
        "[ENGAGEMENT]",
        "Reads the engagement, every rule file and the data, and says what is wrong, with file and "
        "line; evaluates nothing.\v"
        "Exit codes: 0 nothing wrong; 1 something is wrong with the data or their coverage, or a "
        "warning; 2 a mistake in the engagement or a rule; 4 a source cannot be read.",
        children,
        NULL,
        NULL};
    struct session session = {0};
    struct check_settings settings = {
        .shared = {.rules_folder = VOUCH_RULES, .with_cases = true, .listener = tell},
        .checking = {.session = &session},
    };
    settings.shared.listener_context = &settings;
    settings.checking.settings = &settings.shared;
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    int code = check_all(&session, &settings);
    session_clear(&session);
    settings_clear(&settings.shared);
    return code;
}
