// SPDX-License-Identifier: MIT
// The exception is shown from data imported again, so all must be as it was: files must have the
// hashes that the run recorded (a database has none, which is said), and period, day and parameters
// are the run's. A mask may be added to that of the run, never taken away.
#include "cli/explain_exception.h"

#include "cli/command.h"
#include "engine/base/memory.h"
#include "reports/past/explanation.h"
#include "reports/past/verification.h"
#include "reports/terminal/explanation_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct search {
    const char *id;
    json_t *found;
};

static bool look_at(void *context, const json_t *exception)
{
    struct search *search = context;
    const char *id = json_string_value(json_object_get(exception, "id"));
    if (!id || strcmp(id, search->id) != 0)
        return true;
    search->found = json_deep_copy(exception);
    return false;
}

static json_t *find(const struct past_run *run, const char *id)
{
    struct search search = {id, NULL};
    struct error error = {0};
    if (past_run_each(run, look_at, &search, &error) == 0 && !search.found)
        error_set(&error, ERROR_USAGE, run->folder, "this run has no exception %s", id);
    if (!search.found)
        session_report(&error);
    return search.found;
}

// The folder of the engagement that was named, or "."
static void engagement_folder(const char *path, struct buffer *folder)
{
    struct stat status;
    const char *slash = path ? strrchr(path, '/') : NULL;
    if (!path)
        buffer_add_text(folder, ".");
    else if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        buffer_add_text(folder, path);
    else if (slash)
        buffer_add(folder, path, (size_t)(slash - path) + (slash == path));
    else
        buffer_add_text(folder, ".");
}

static struct past_run *open_run(const struct explain_exception *wanted, const char *engagement)
{
    struct error error = {0};
    struct buffer path = {0};
    if (!wanted->run) {
        engagement_folder(engagement, &path);
        buffer_add_text(&path, "/vouch-out");
    }
    struct past_run *run = past_run_open(wanted->run ? wanted->run : buffer_text(&path), &error);
    buffer_clear(&path);
    if (!run)
        session_report(&error);
    return run;
}

static int refuse(const struct past_run *run)
{
    struct error error = {0};
    error_set(&error, ERROR_USAGE, run->folder,
              "the exception can no longer be shown as it was found; run again");
    session_report(&error);
    return EXIT_FOUND;
}

// The rule that found the exception must be the one of today, whatever else stands in its files.
static int check_rule(const struct past_run *run, const struct engagement *engagement,
                      const json_t *exception)
{
    const char *id = json_string_value(json_object_get(exception, "control"));
    const char *hash = json_string_value(json_object_get(exception, "rule"));
    const struct control *control = id ? engagement_control(engagement, id) : NULL;
    if (!past_run_hashes_rules(run) || !control || (hash && strcmp(hash, control->hash) == 0))
        return EXIT_FINE;
    fprintf(stderr, "changed rule: %s\n", control->id);
    return refuse(run);
}

// What the exception was found in must be what is read now.
static int check_inputs(const struct past_run *run, const char *engagement, const char *rules)
{
    struct verification verification = {.engagement_folder = engagement,
                                        .rules_folder = rules,
                                        .inputs_only = true,
                                        .without_rules = past_run_hashes_rules(run)};
    struct error error = {0};
    if (verification_run(&verification, run->folder, stderr, &error) != 0)
        return session_report(&error);
    if (verification.changed + verification.missing > 0)
        return refuse(run);
    if (verification.unhashed > 0)
        fputs("vouch: warning: a source without a hash of its own (a database) may have changed "
              "since\n",
              stderr);
    return EXIT_FINE;
}

static const char *stated(const struct past_run *run, const char *group, const char *name)
{
    return json_string_value(json_object_get(json_object_get(run->stated, group), name));
}

static const char *place(const struct past_run *run, const char *name)
{
    return json_string_value(json_object_get(json_object_get(run->record, "places"), name));
}

// Moved together with its results, or where it lay then.
static void engagement_path(const struct past_run *run, const char *given, struct buffer *path)
{
    const char *steps = place(run, "from_results"), *file = stated(run, "engagement", "file");
    if (given) {
        engagement_folder(given, path);
    } else {
        buffer_printf(path, "%s/%s/%s", run->folder, steps ? steps : ".", file ? file : "");
        bool there = access(buffer_text(path), F_OK) == 0;
        buffer_reset(path);
        if (there || !place(run, "engagement"))
            buffer_printf(path, "%s/%s", run->folder, steps ? steps : ".");
        else
            buffer_add_text(path, place(run, "engagement"));
    }
    buffer_printf(path, "/%s", file ? file : "audit.lua");
}

// Parameters are shown as the run had them.
static char **parameters_of(const struct past_run *run)
{
    const json_t *list =
        json_object_get(json_object_get(run->stated, "command_line"), "parameters");
    char **texts = memory_new(json_array_size(list) + 1, sizeof *texts);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        texts[i] = (char *)(text ? text : ""); // which nobody changes
    }
    return texts;
}

// What the run masked, and what is asked for now.
static int mask_of(const struct explain_exception *wanted, const struct session *session,
                   const struct past_run *run, struct mask **mask, struct error *error)
{
    const json_t *recorded = json_object_get(json_object_get(run->stated, "command_line"), "mask");
    struct buffer list = {0};
    buffer_add_text(&list, wanted->mask ? wanted->mask : "");
    for (size_t i = 0; i < json_array_size(recorded); i++) {
        const char *name = json_string_value(json_array_get(recorded, i));
        buffer_printf(&list, "%s%s", list.length ? "," : "", name ? name : "");
    }
    int result = 0;
    if (list.length > 0 || wanted->mask)
        *mask = mask_new(session->engagement->model, buffer_text(&list), error);
    if (*mask)
        mask_gather(*mask, session->data);
    else if (list.length > 0 || wanted->mask)
        result = -1;
    buffer_clear(&list);
    return result;
}

static int show(const struct explain_exception *wanted, const struct session *session,
                const struct past_run *run, const json_t *exception)
{
    struct error error = {0};
    struct mask *mask = NULL;
    if (mask_of(wanted, session, run, &mask, &error) != 0)
        return session_report(&error);
    struct explanation_of of = {run, session->engagement, session->data, exception, mask};
    json_t *explanation = explanation_new(&of, &error);
    mask_free(mask);
    if (!explanation)
        return session_report(&error);
    if (wanted->json && json_dumpf(explanation, stdout, JSON_INDENT(2)) < 0)
        memory_exhausted();
    if (wanted->json)
        putchar('\n');
    else
        explanation_print(explanation, session->engagement->language, look_of(stdout), stdout);
    json_decref(explanation);
    return EXIT_FINE;
}

static int import_and_show(const struct explain_exception *wanted, const struct settings *given,
                           const struct past_run *run, const json_t *exception, const char *path,
                           const char *rules)
{
    struct session session = {0};
    struct settings settings = {
        .path = path,
        .rules_folder = rules,
        .period = stated(run, "scope", "period"),
        .as_of = stated(run, "scope", "as_of"),
        .language = given->language ? given->language : stated(run, "command_line", "language"),
        .parameters = parameters_of(run),
        .jobs = given->jobs,
    };
    while (settings.parameters[settings.parameter_count])
        settings.parameter_count++;
    int code = session_load(&session, &settings);
    if (code == EXIT_FINE)
        code = check_rule(run, session.engagement, exception);
    if (code == EXIT_FINE)
        code = session_import(&session, &settings, NULL);
    if (code == EXIT_FINE)
        code = show(wanted, &session, run, exception);
    session_clear(&session);
    settings_clear(&settings);
    return code;
}

int explain_exception(const struct explain_exception *wanted, const struct settings *settings)
{
    struct past_run *run = open_run(wanted, settings->path);
    json_t *exception = run ? find(run, wanted->id) : NULL;
    struct buffer path = {0};
    int code = EXIT_USAGE;
    if (exception) {
        const char *rules = wanted->own_rules ? wanted->own_rules : place(run, "rules");
        engagement_path(run, settings->path, &path);
        struct buffer folder = {0};
        buffer_add(&folder, path.data, (size_t)(strrchr(path.data, '/') - path.data));
        code = check_inputs(run, buffer_text(&folder), rules);
        buffer_clear(&folder);
        if (code == EXIT_FINE)
            code = import_and_show(wanted, settings, run, exception, buffer_text(&path),
                                   rules ? rules : settings->rules_folder);
    }
    buffer_clear(&path);
    json_decref(exception);
    past_run_free(run);
    return code;
}
