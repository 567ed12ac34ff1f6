// SPDX-License-Identifier: MIT
// What the commands do before their own work, in this order: find, load, import, join, compute,
// seal. A mistake ends it with its exit code, after everything that is known of it was printed. All
// threads of the import have ended when computed columns fork their process.
#include "cli/session.h"

#include "cli/command.h"
#include "cli/place.h"
#include "engine/base/memory.h"
#include "engine/base/mistake.h"
#include "engine/base/nearest.h"
#include "engine/evaluation/engagement_load.h"
#include "engine/lua/computation.h"
#include "reports/files/json_text.h"
#include "reports/terminal/grid.h"
#include "reports/words/words.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_RULES = 256, KEY_PERIOD, KEY_AS_OF, KEY_PARAMETER, KEY_ONLY, KEY_LANGUAGE };

static const struct argp_option options[] = {
    {"only", KEY_ONLY, "LIST", 0, "only these controls or families: PRC-01,CRD; repeatable", 0},
    {"period", KEY_PERIOD, "PERIOD", 0, "instead of the engagement's: 2026-10", 0},
    {"as-of", KEY_AS_OF, "DATE", 0, "\"today\" for what is open or overdue", 0},
    {"param", KEY_PARAMETER, "ID.NAME=VALUE", 0, "a control's parameter; repeatable", 0},
    {"lang", KEY_LANGUAGE, "zh|en", 0, "language of messages and reports", 0},
    {"rules", KEY_RULES, "FOLDER", 0, "the shipped rules: model, library, controls, cases", 0},
    {0},
};

static void add_parameter(struct settings *settings, char *text)
{
    settings->parameters =
        memory_resize(settings->parameters, (size_t)settings->parameter_count + 2, sizeof(char *));
    settings->parameters[settings->parameter_count++] = text;
    settings->parameters[settings->parameter_count] = NULL;
}

static void add_only(struct settings *settings, const char *list)
{
    buffer_printf(&settings->only, "%s%s", settings->only.data ? "," : "", list);
}

const char *settings_language(const char *text, struct argp_state *state)
{
    if (strcmp(text, "zh") != 0 && strcmp(text, "en") != 0)
        argp_error(state, "--lang is zh or en, not `%s`", text);
    return text;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case KEY_RULES:
        settings->rules_folder = argument;
        return 0;
    case KEY_PERIOD:
        settings->period = argument;
        return 0;
    case KEY_AS_OF:
        settings->as_of = argument;
        return 0;
    case KEY_ONLY:
        add_only(settings, argument);
        return 0;
    case KEY_PARAMETER:
        add_parameter(settings, argument);
        return 0;
    case KEY_LANGUAGE:
        settings->language = settings_language(argument, state);
        return 0;
    case ARGP_KEY_ARG:
        if (settings->path)
            argp_error(state, "one engagement at a time: `%s` is a second one", argument);
        settings->path = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp settings_argp = {options, parse_option, NULL, NULL, NULL, NULL, NULL};

void settings_parse(struct settings *settings, int argc, char **argv, const char *doc)
{
    struct argp argp = settings_argp;
    argp.args_doc = "[ENGAGEMENT]";
    argp.doc = doc;
    argp_parse(&argp, argc, argv, 0, NULL, settings);
}

void settings_clear(struct settings *settings)
{
    free(settings->parameters);
    buffer_clear(&settings->only);
    *settings = (struct settings){0};
}

int settings_jobs(const struct settings *settings)
{
    cpu_set_t processors;
    if (settings->jobs > 0)
        return settings->jobs;
    return sched_getaffinity(0, sizeof processors, &processors) == 0 ? CPU_COUNT(&processors) : 1;
}

void session_say(const struct settings *settings, const struct remark *remark)
{
    if (settings && settings->listener)
        settings->listener(settings->listener_context, remark);
    else
        remark_print(remark, stderr);
}

void session_add_path(const struct engagement *engagement, const char *file, struct buffer *out)
{
    if (*file != '/' && strcmp(engagement->folder, ".") != 0)
        buffer_printf(out, "%s/", engagement->folder);
    buffer_add_text(out, file);
}

// The file of Lua of that name: the engagement's is known by its path too.
static const struct rule_file *file_named(const struct engagement *engagement, const char *name)
{
    for (int i = 0; engagement && name && i < engagement->file_count; i++) {
        const struct rule_file *file = &engagement->files[i];
        bool own = file->kind == RULE_FILE_ENGAGEMENT && strcmp(name, engagement->file) == 0;
        if (own || strcmp(file->name, name) == 0)
            return file;
    }
    return NULL;
}

void session_say_of_file(const struct settings *settings, const struct engagement *engagement,
                         const struct remark *said)
{
    struct remark copy = *said, *remark = &copy;
    const struct rule_file *file = file_named(engagement, remark->file);
    if (file) {
        remark->path = file->path;
        remark->text = file->text;
        remark->text_length = file->length;
    }
    if (file && remark->line > 0 && remark->column <= 0) {
        struct place place =
            place_of_message(file->text, file->length, (int)remark->line, remark->message);
        remark->line = place.line;
        remark->column = place.column;
    }
    session_say(settings, remark);
}

// "audit.lua:12" is a place of a file of Lua; anything else says what the error is about.
static int place_of(const char *where, char file[1024])
{
    const char *colon = strrchr(where, ':');
    if (!colon || colon - where < 4 || memcmp(colon - 4, ".lua", 4) != 0 || !colon[1] ||
        colon[1 + strspn(colon + 1, "0123456789")])
        return 0;
    snprintf(file, 1024, "%.*s", (int)(colon - where), where);
    return atoi(colon + 1);
}

int session_report_to(const struct settings *settings, const struct engagement *engagement,
                      const struct error *error)
{
    char file[1024];
    struct buffer message = {0};
    struct place place = {0};
    struct remark remark = {
        .is_error = true, .kind = "error", .line = place_of(error->where, file)};
    if (remark.line > 0) {
        remark.file = file;
    } else if (*error->where) {
        buffer_printf(&message, "%s: ", error->where);
        // What the engagement names is told where it names it.
        const struct rule_file *own = engagement ? file_named(engagement, engagement->file) : NULL;
        if (own && place_of_text(own->text, own->length, error->where, &place)) {
            remark.file = engagement->file;
            remark.line = place.line;
            remark.column = place.column;
        }
    }
    buffer_add_text(&message, error->message);
    remark.message = buffer_text(&message);
    session_say_of_file(settings, engagement, &remark);
    buffer_clear(&message);
    return error->kind == ERROR_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
}

int session_report(const struct error *error)
{
    return session_report_to(NULL, NULL, error);
}

static void say_diagnostic(const struct settings *settings, const struct engagement *engagement,
                           const struct diagnostic_line *diagnostic)
{
    struct remark remark = {
        .is_error = diagnostic->is_error,
        .file = diagnostic->file,
        .line = diagnostic->line,
        .column = diagnostic->column,
        .message = diagnostic->message,
    };
    session_say_of_file(settings, engagement, &remark);
}

// A message before the engine looks: most often the command was called in the wrong folder.
static int find_engagement(const struct settings *settings)
{
    struct stat status;
    struct buffer path = {0};
    const char *given = settings->path ? settings->path : ".";
    buffer_add_text(&path, given);
    if (stat(given, &status) == 0 && S_ISDIR(status.st_mode))
        buffer_add_text(&path, "/audit.lua");
    int code = access(buffer_text(&path), F_OK) == 0 ? EXIT_FINE : EXIT_USAGE;
    struct error error;
    if (code != EXIT_FINE) {
        error_set(&error, ERROR_USAGE, "", mistake_NO_ENGAGEMENT, buffer_text(&path));
        session_report_to(settings, NULL, &error);
    }
    buffer_clear(&path);
    return code;
}

int session_load(struct session *session, const struct settings *settings)
{
    struct engagement_options engagement_options = {
        .rules_folder = settings->rules_folder,
        .period = settings->period,
        .as_of = settings->as_of,
        .language = settings->language,
        .only = settings->only.data,
        .parameters = settings->parameters,
        .extra_files = settings->files,
        .imports = import_kinds(),
        .without_engagement = settings->without_engagement,
        .with_cases = settings->with_cases,
    };
    struct error error = {0};
    mistake_speak(settings->language);
    if (!settings->without_engagement && find_engagement(settings) != EXIT_FINE)
        return EXIT_USAGE;
    session->engagement =
        engagement_load(settings->path ? settings->path : ".", &engagement_options, &error);
    if (!session->engagement)
        return session_report_to(settings, NULL, &error);
    for (int i = 0; i < session->engagement->diagnostic_count; i++)
        say_diagnostic(settings, session->engagement, &session->engagement->diagnostics[i]);
    return session->engagement->error_count > 0 ? EXIT_USAGE : EXIT_FINE;
}

static void show_import(void *context, int64_t bytes_done, int64_t bytes_total, int64_t rows)
{
    meter_say(context, "importing: %lld of %lld MB, %lld rows", (long long)(bytes_done / 1000000),
              (long long)(bytes_total / 1000000), (long long)rows);
}

static void add_note(json_t *notes, enum word word, const char *language, const char *a,
                     const char *b, const char *c)
{
    struct buffer text = {0};
    word_add_sentence(word, language, a, b, c, "", &text);
    json_append(notes, json_text(buffer_text(&text)));
    buffer_clear(&text);
}

static bool names(const json_t *list, const json_t *name)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), name))
            return true;
    return false;
}

// A file may feed several tables: a column that any of them takes is used.
static void add_unused_columns(json_t *notes, const struct engagement *engagement,
                               const struct import_summary *summary, size_t first)
{
    const struct import_item *items = summary->items;
    struct buffer tables = {0}, columns = {0};
    for (size_t i = 0; i < first; i++)
        if (strcmp(items[i].name, items[first].name) == 0)
            return; // told with the first
    for (size_t i = first; i < summary->item_count; i++)
        if (strcmp(items[i].name, items[first].name) == 0)
            buffer_printf(&tables, "%s%s", tables.length ? ", " : "",
                          engagement->model->tables[items[i].table].name);
    for (size_t at = 0; at < json_array_size(items[first].unmapped); at++) {
        const json_t *name = json_array_get(items[first].unmapped, at);
        bool unused = true;
        for (size_t i = first; i < summary->item_count; i++)
            unused = unused && (strcmp(items[i].name, items[first].name) != 0 ||
                                names(items[i].unmapped, name));
        if (unused)
            buffer_printf(&columns, "%s%s", columns.length ? ", " : "", json_string_value(name));
    }
    if (columns.length > 0)
        add_note(notes, WORD_COLUMNS_NOT_USED, engagement->language, items[first].name,
                 buffer_text(&tables), buffer_text(&columns));
    buffer_clear(&tables);
    buffer_clear(&columns);
}

static void add_counts(json_t *notes, const struct engagement *engagement,
                       const struct import_item *item)
{
    char count[32];
    snprintf(count, sizeof count, "%lld", (long long)item->blank_lines);
    if (item->blank_lines > 0)
        add_note(notes, WORD_BLANK_LINES, engagement->language, item->name,
                 engagement->model->tables[item->table].name, count);
    snprintf(count, sizeof count, "%lld", (long long)item->left_out);
    if (item->left_out > 0)
        add_note(notes, WORD_RECORDS_LEFT_OUT, engagement->language, item->name,
                 engagement->model->tables[item->table].name, count);
    if (item->numbered)
        add_note(notes, WORD_LINES_NUMBERED, engagement->language, item->name,
                 engagement->model->tables[item->table].name, "");
}

static json_t *notes_of(const struct engagement *engagement, const struct import_summary *summary)
{
    json_t *notes = json_array();
    for (size_t i = 0; i < summary->replaced_count; i++)
        json_append(notes, json_text(summary->replaced[i]));
    for (size_t i = 0; i < summary->item_count; i++) {
        add_unused_columns(notes, engagement, summary, i);
        add_counts(notes, engagement, &summary->items[i]);
    }
    for (size_t i = 0; i < summary->unused_count; i++)
        add_note(notes, WORD_FILE_NOT_USED, engagement->language, summary->unused[i], "", "");
    return notes;
}

int session_import(struct session *session, const struct settings *settings, struct meter *meter)
{
    struct engagement *engagement = session->engagement;
    const char *slash = strrchr(engagement->file, '/');
    struct import_options import_options = {
        .engagement = slash ? slash + 1 : engagement->file,
        .rules = engagement,
        .jobs = settings_jobs(settings),
        .progress = meter ? show_import : NULL,
        .progress_context = meter,
    };
    struct import_summary *summary = &session->summary;
    struct error error = {0};
    session->data = data_new(engagement->model, engagement_take_scope(engagement));
    session->data->refuses_all = settings->no_assumptions;
    session->data->history_pct = engagement->history_pct;
    for (size_t i = 0; i < engagement->statement_count; i++) {
        const struct statement *it = &engagement->statements[i];
        statement_add(session->data, it->kind, it->table, it->field, it->value);
    }
    int result = import_run(session->data, engagement->imports, engagement->folder, &import_options,
                            summary, &error);
    if (result == 0) {
        session->notes = notes_of(engagement, summary);
        data_join(session->data);
        result = computation_run(engagement, session->data, &error);
    }
    if (result == 0)
        result = statement_check_all(session->data, &error);
    if (result == 0)
        data_seal(session->data);
    if (meter)
        meter_clear(meter);
    return result < 0 ? session_report_to(settings, engagement, &error) : EXIT_FINE;
}

void session_clear(struct session *session)
{
    json_decref(session->notes);
    import_summary_clear(&session->summary);
    data_free(session->data);
    engagement_free(session->engagement);
    *session = (struct session){0};
}

void session_unknown(const char *kind, const char *name, const char *const *known, size_t count,
                     const char *listing)
{
    const char *nearest = nearest_name(name, known, count);
    fprintf(stderr, "vouch: error: there is no %s `%s`", kind, name);
    if (nearest)
        fprintf(stderr, "; did you mean `%s`?\n", nearest);
    else
        fprintf(stderr, "; %s\n", listing);
}

const struct control *session_control(const struct session *session, const char *id)
{
    const struct engagement *engagement = session->engagement;
    const struct control *control = engagement_control(engagement, id);
    if (control)
        return control;
    const char **ids =
        arena_take(engagement->arena, (size_t)engagement->control_count, sizeof *ids);
    for (int i = 0; i < engagement->control_count; i++)
        ids[i] = engagement->controls[i].id;
    session_unknown("control", id, ids, (size_t)engagement->control_count,
                    "`vouch list` lists them");
    return NULL;
}

int session_table(const struct model *model, const char *name, const char *listing)
{
    int table = model_find_table(model, name);
    if (table >= 0)
        return table;
    const char **names = memory_new((size_t)model->table_count, sizeof *names);
    for (int i = 0; i < model->table_count; i++)
        names[i] = model->tables[i].name;
    session_unknown("table", name, names, (size_t)model->table_count, listing);
    free(names);
    return -1;
}
