// SPDX-License-Identifier: MIT
// Reads an engagement in the order in which one thing needs another: the shipped model and the
// engagement file, which may add to it; then the library, the rules and, where they are asked for,
// their cases, checked against that model; then the settings; then which controls run. No Lua runs
// here: declaration.h does that in a child. Mistakes are collected as diagnostics, so that all are
// told at once; only what cannot be read at all is an error. Controls are sorted by id, and
// everything afterwards goes over them in that order.
#include "engine/evaluation/engagement_load.h"

#include "engine/base/mistake.h"
#include "engine/base/nearest.h"
#include "engine/evaluation/engagement_inside.h"
#include "engine/lua/declaration.h"
#include "engine/rules/rule_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// The engagement file as results name it: they must not depend on the folder one starts from.
static const char *own_name(const struct engagement *engagement)
{
    const char *slash = strrchr(engagement->file, '/');
    return slash ? slash + 1 : engagement->file;
}

static void take_diagnostics(struct engagement *engagement, const json_t *result)
{
    const json_t *list = json_object_get(result, "diagnostics"), *item;
    size_t at;
    json_array_foreach(list, at, item)
    {
        const char *file = json_string_value(json_object_get(item, "file"));
        if (file && strcmp(file, own_name(engagement)) == 0)
            file = NULL; // on the terminal, as it was named
        engagement_complain(engagement, json_is_true(json_object_get(item, "error")), file,
                            (int)json_integer_value(json_object_get(item, "line")), "%s",
                            json_string_value(json_object_get(item, "message")));
        engagement->diagnostics[engagement->diagnostic_count - 1].column =
            (int)json_integer_value(json_object_get(item, "column"));
    }
}

// The engagement's file and folder from what was given: a file, a folder, or nothing.
static int locate(struct engagement *engagement, const char *path, struct error *error)
{
    struct stat status;
    struct buffer file = {0};
    path = path ? path : ".";
    if (stat(path, &status) != 0)
        return error_set_errno(error, ERROR_USAGE, path, mistake_NO_SUCH_ENGAGEMENT);
    buffer_add_text(&file, path);
    if (S_ISDIR(status.st_mode)) {
        while (file.length > 1 && file.data[file.length - 1] == '/')
            file.data[--file.length] = '\0';
        engagement->folder = arena_text(engagement->arena, file.data);
        if (strcmp(file.data, ".") == 0)
            buffer_reset(&file);
        else
            buffer_add_byte(&file, '/');
        buffer_add_text(&file, "audit.lua");
    } else {
        const char *slash = strrchr(path, '/');
        size_t length = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
        engagement->folder = slash ? arena_text_n(engagement->arena, path, length) : ".";
    }
    engagement->file = arena_text(engagement->arena, file.data);
    buffer_clear(&file);
    return 0;
}

struct passing {
    struct engagement *engagement;
    const json_t *folders; // that are declared
    const char *cases;     // the folder of cases inside, as it is shown; NULL
};

static void own_path(const struct engagement *engagement, const char *folder, struct buffer *path)
{
    if (*folder == '/')
        buffer_add_text(path, folder);
    else
        buffer_printf(path, "%s/%s", engagement->folder, folder);
}

static const char *declared_folder(const json_t *item)
{
    const json_t *value = json_object_get(item, "value");
    return json_is_string(value) ? json_string_value(value)
                                 : json_string_value(json_object_get(value, "folder"));
}

// Whether a folder is loaded by a declaration of its own.
static bool is_declared(const struct passing *passing, const char *folder)
{
    struct stat wanted, status;
    const json_t *item;
    size_t at;
    bool found = false;
    json_array_foreach(passing->folders, at, item)
    {
        struct buffer path = {0};
        own_path(passing->engagement, declared_folder(item) ? declared_folder(item) : "", &path);
        found = found || (stat(folder, &wanted) == 0 && stat(buffer_text(&path), &status) == 0 &&
                          wanted.st_dev == status.st_dev && wanted.st_ino == status.st_ino);
        buffer_clear(&path);
    }
    return found;
}

static void warn_passed_over(void *context, const char *name, const char *path, bool is_folder)
{
    const struct passing *passing = context;
    for (int i = 0; i < passing->engagement->diagnostic_count; i++)
        if (strcmp(passing->engagement->diagnostics[i].file, name) == 0)
            return;
    if (is_folder && passing->cases && strcmp(name, passing->cases) == 0)
        return;
    if (is_folder && is_declared(passing, path))
        return;
    engagement_complain(passing->engagement, false, name, 0, "%s",
                        is_folder ? mistake_NOT_LOADED_FOLDER : mistake_NOT_LOADED_NAME);
}

// `folders`: those that the engagement declares; NULL for a shipped one.
static int add_folder(struct engagement *engagement, int kind, const char *folder,
                      const char *shown, const json_t *folders, struct error *error)
{
    struct buffer cases = {0};
    buffer_printf(&cases, "%s/cases", shown);
    int result = rule_files_add_folder(engagement->arena, &engagement->files,
                                       &engagement->file_count, kind, folder, shown, error);
    if (result == 0)
        rule_files_passed_over(folder, shown, warn_passed_over,
                               &(struct passing){engagement, folders, folders ? cases.data : NULL});
    buffer_clear(&cases);
    return result;
}

static int add_shipped(struct engagement *engagement, const struct engagement_options *options,
                       const char *part, int kind, struct error *error)
{
    struct buffer folder = {0}, shown = {0};
    buffer_printf(&folder, "%s/%s", options->rules_folder, part);
    buffer_printf(&shown, "rules/%s", part);
    int result = add_folder(engagement, kind, folder.data, shown.data, NULL, error);
    buffer_clear(&folder);
    buffer_clear(&shown);
    return result;
}

// The folder `cases` inside a folder of rules, where it has one.
static int add_cases(struct engagement *engagement, const char *rules, const char *shown_rules,
                     const json_t *folders, struct error *error)
{
    struct stat status;
    struct buffer folder = {0}, shown = {0};
    buffer_printf(&folder, "%s/cases", rules);
    buffer_printf(&shown, "%s/cases", shown_rules);
    int result = 0;
    if (stat(folder.data, &status) == 0 && S_ISDIR(status.st_mode))
        result = add_folder(engagement, RULE_FILE_CASES, folder.data, shown.data, folders, error);
    buffer_clear(&folder);
    buffer_clear(&shown);
    return result;
}

// Adds the fields, references and lists of `extend` to the tables they name.
static void extend_tables(struct engagement *engagement, json_t *declared)
{
    const json_t *extensions = json_object_get(declared, "extensions"), *extension;
    json_t *tables = json_object_get(declared, "tables"), *table;
    static const char *const lists[] = {"fields", "references", "reverse"};
    size_t at, index;
    json_array_foreach(extensions, at, extension)
    {
        const char *name = json_string_value(json_object_get(extension, "name"));
        json_t *found = NULL;
        json_array_foreach(tables, index, table)
        {
            if (strcmp(json_string_value(json_object_get(table, "name")), name) == 0)
                found = table;
        }
        if (!found) {
            engagement_complain(engagement, true, NULL, 0, mistake_EXTEND_NO_TABLE, name);
            continue;
        }
        for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
            json_t *more = json_object_get(extension, lists[list]);
            if (!json_object_get(found, lists[list]))
                json_object_set_new(found, lists[list], json_array());
            if (more)
                json_array_extend(json_object_get(found, lists[list]), more);
        }
    }
}

// Mistakes are told in the language of the engagement even where it cannot be read: by what its
// text says.
static const char *written_language(const char *text, size_t length)
{
    const char *end = text + length;
    for (const char *at = text; (at = memmem(at, (size_t)(end - at), "language", 8)); at += 8) {
        const char *value = at + 8;
        while (value < end && (*value == ' ' || *value == '='))
            value++;
        if (end - value >= 4 && (memcmp(value, "\"zh\"", 4) == 0 || memcmp(value, "'zh'", 4) == 0))
            return "zh";
    }
    return "en";
}

static void speak(const struct engagement *engagement, const struct engagement_options *options)
{
    const struct rule_file *own = NULL;
    for (int i = 0; i < engagement->file_count; i++)
        if (engagement->files[i].kind == RULE_FILE_ENGAGEMENT)
            own = &engagement->files[i];
    if (options->language || own)
        mistake_speak(options->language ? options->language
                                        : written_language(own->text, own->length));
}

static int load_model(struct engagement *engagement, const struct engagement_options *options,
                      json_t **declared, struct error *error)
{
    if (add_shipped(engagement, options, "model", RULE_FILE_MODEL, error) != 0)
        return -1;
    if (!options->without_engagement &&
        rule_files_add(engagement->arena, &engagement->files, &engagement->file_count,
                       RULE_FILE_ENGAGEMENT, engagement->file, own_name(engagement), error) != 0)
        return -1;
    speak(engagement, options);
    json_t *result =
        declaration_engagement(engagement->files, engagement->file_count, options->imports, error);
    if (!result)
        return -1;
    take_diagnostics(engagement, result);
    *declared = json_incref(json_object_get(result, "declared"));
    json_decref(result);
    extend_tables(engagement, *declared);
    engagement->model = model_new(*declared, error);
    if (!engagement->model) {
        engagement_complain(engagement, true, NULL, 0, "%s: %s", error->where, error->message);
        json_t *nothing = json_object();
        engagement->model = model_new(nothing, error);
        json_decref(nothing);
    }
    return 0;
}

// Folders of own rule files, beside the shipped library.
static int add_own_rules(struct engagement *engagement, const struct engagement_options *options,
                         const json_t *declared, struct error *error)
{
    const json_t *list = json_object_get(declared, "controls"), *item;
    size_t at;
    json_array_foreach(list, at, item)
    {
        const char *folder = declared_folder(item);
        struct buffer path = {0};
        if (!folder) {
            engagement_complain(engagement, true, NULL,
                                (int)json_integer_value(json_object_get(item, "line")),
                                mistake_CONTROLS_FORM);
            continue;
        }
        own_path(engagement, folder, &path);
        int result = add_folder(engagement, RULE_FILE_CONTROLS, path.data, folder, list, error);
        if (result == 0 && options->with_cases)
            result = add_cases(engagement, path.data, folder, list, error);
        buffer_clear(&path);
        if (result != 0)
            engagement_complain(
                engagement, true, NULL, (int)json_integer_value(json_object_get(item, "line")),
                mistake_CONTROLS_FOLDER, error->where[0] ? error->where : folder, error->message);
    }
    return 0;
}

static int compare_controls(const void *a, const void *b)
{
    return strcmp(((const struct control *)a)->id, ((const struct control *)b)->id);
}

static void take_controls(struct engagement *engagement, const json_t *result)
{
    const json_t *files = json_object_get(result, "files"), *file, *item;
    size_t at, index;
    json_array_foreach(files, at, file)
    {
        int number = (int)json_integer_value(json_object_get(file, "file"));
        const struct rule_file *from = &engagement->files[number];
        json_array_foreach(json_object_get(file, "controls"), index, item)
        {
            struct error error;
            engagement->controls =
                arena_extend(engagement->arena, engagement->controls,
                             (size_t)engagement->control_count, sizeof *engagement->controls);
            struct control *control = &engagement->controls[engagement->control_count];
            if (control_init(control, item, engagement->model, engagement->arena, &error) != 0) {
                engagement_complain(engagement, true, from->name, control->line, "%s: %s",
                                    error.where, error.message);
                continue;
            }
            control->file = from->name;
            control->file_index = control->cases_index = number;
            engagement->control_count++;
        }
    }
    if (engagement->control_count)
        qsort(engagement->controls, (size_t)engagement->control_count, sizeof *engagement->controls,
              compare_controls);
    for (int next = 1; next < engagement->control_count; next++) {
        const struct control *control = &engagement->controls[next];
        if (strcmp(control->id, control[-1].id) == 0)
            engagement_complain(engagement, true, control->file, control->line,
                                mistake_CONTROL_TWICE, control->id, control[-1].file);
    }
}

// Files given by name: those in a folder `cases` hold cases.
static int add_named(struct engagement *engagement, const struct engagement_options *options,
                     struct error *error)
{
    for (int i = 0; options->extra_files && options->extra_files[i]; i++) {
        const char *name = options->extra_files[i], *slash = strrchr(name, '/');
        size_t folder = slash ? (size_t)(slash - name) : 0;
        bool cases =
            folder >= 5 && memcmp(slash - 5, "cases", 5) == 0 && (folder == 5 || slash[-6] == '/');
        if (rule_files_add(engagement->arena, &engagement->files, &engagement->file_count,
                           cases ? RULE_FILE_CASES : RULE_FILE_CONTROLS, name, name, error) != 0)
            return -1;
    }
    return 0;
}

// Gives one control the cases that a file declares for it.
static void take_case_names(struct engagement *engagement, int number, const json_t *item)
{
    const char *file = engagement->files[number].name;
    const char *id = json_string_value(json_object_get(item, "control"));
    int line = (int)json_integer_value(json_object_get(item, "line"));
    const struct control *known = engagement_control(engagement, id);
    struct control *control = known ? &engagement->controls[known - engagement->controls] : NULL;
    if (!control) {
        char hint[96];
        struct nearest nearest = nearest_start((struct text){id, strlen(id)});
        for (int i = 0; i < engagement->control_count; i++)
            nearest_try(&nearest, engagement->controls[i].id);
        engagement_complain(engagement, true, file, line, mistake_CASES_NO_CONTROL, id,
                            nearest_hint(&nearest, hint));
    } else if (control->case_count > 0 || control->cases_index != control->file_index)
        engagement_complain(engagement, true, file, line, mistake_CASES_TWICE, id,
                            engagement->files[control->cases_index].name);
    else
        control_take_cases(control, number, json_object_get(item, "cases"), engagement->arena);
}

// After all controls are known. A mistake in a rule file leaves its controls out: their cases are
// not blamed for that.
static void take_cases(struct engagement *engagement, const json_t *result)
{
    const json_t *files = json_object_get(result, "files"), *file, *item;
    size_t at, index;
    if (engagement->error_count > 0)
        return;
    json_array_foreach(files, at, file)
    {
        int number = (int)json_integer_value(json_object_get(file, "file"));
        json_array_foreach(json_object_get(file, "cases"), index, item)
            take_case_names(engagement, number, item);
    }
    for (int number = 0; number < engagement->control_count; number++) {
        const struct control *control = &engagement->controls[number];
        if (control->case_count == 0)
            engagement_complain(engagement, false, control->file, control->line,
                                mistake_CONTROL_NO_CASES, control->id);
    }
}

static int load_rules(struct engagement *engagement, const struct engagement_options *options,
                      const json_t *declared, struct error *error)
{
    if (add_shipped(engagement, options, "library", RULE_FILE_LIBRARY, error) != 0 ||
        add_shipped(engagement, options, "controls", RULE_FILE_CONTROLS, error) != 0 ||
        (options->with_cases &&
         add_cases(engagement, options->rules_folder, "rules", NULL, error) != 0) ||
        add_own_rules(engagement, options, declared, error) != 0 ||
        add_named(engagement, options, error) != 0)
        return -1;
    json_t *result = declaration_rules(engagement->files, engagement->file_count, engagement->model,
                                       options->with_cases, error);
    if (!result)
        return -1;
    take_diagnostics(engagement, result);
    take_controls(engagement, result);
    if (options->with_cases)
        take_cases(engagement, result);
    json_array_append_new(engagement->kept, result);
    return 0;
}

struct engagement *engagement_load(const char *path, const struct engagement_options *options,
                                   struct error *error)
{
    struct arena *arena = arena_new();
    struct engagement *engagement = arena_take(arena, 1, sizeof *engagement);
    json_t *declared = NULL;
    int result = 0;
    engagement->arena = arena;
    engagement->kept = json_array();
    engagement->import_kinds = options->imports;
    if (options->without_engagement) {
        engagement->file = "";
        engagement->folder = ".";
    } else {
        result = locate(engagement, path, error);
    }
    if (result == 0)
        result = load_model(engagement, options, &declared, error);
    // Rules checked against a model that is not whole would only be blamed for it.
    bool sound = engagement->error_count == 0;
    if (result == 0 && sound)
        result = load_rules(engagement, options, declared, error);
    // What the engagement says of itself is looked at in any case, so that all is told at once.
    if (result == 0 && (sound || json_object_get(declared, "engagement")))
        engagement_read_settings(engagement, declared, options);
    if (result == 0 && sound) {
        engagement_read_statements(engagement, declared);
        engagement_read_automatic(engagement, declared);
        engagement_select(engagement, declared, options);
        engagement->imports = json_incref(json_object_get(declared, "imports"));
        if (!engagement->imports)
            engagement->imports = json_array();
        json_object_del(declared, "tables");
        engagement->settings = json_incref(declared);
    }
    if (!sound)
        engagement->imports = json_array();
    json_decref(declared);
    if (result == 0)
        return engagement;
    engagement_free(engagement);
    return NULL;
}
