// SPDX-License-Identifier: MIT
// Files of users run only in a child, and what comes back is JSON. A file runs only when the
// checker has found no error in it; a rule file only when the whole library is sound, in a fresh
// state, so that no rule file sees another. A mistake in one rule file costs that file: the others
// are declared all the same.
#include "engine/lua/declaration.h"

#include "engine/base/buffer_json.h"
#include "engine/base/memory.h"
#include "engine/base/process.h"
#include "engine/language/rule_hash.h"
#include "engine/language/rulecheck.h"
#include "engine/language/syntax.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_functions.h"
#include "engine/lua/tester.h"
#include "engine/lua/vocabulary.h"
#include "engine/rules/pass_note.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct limits child_limits = {
    .cpu_seconds = 60, .wall_seconds = 900, .bytes = (size_t)1 << 30};

struct names {
    const char **items;
    size_t count;
};

static void add_name(struct names *names, const char *name)
{
    names->items = memory_resize(names->items, names->count + 1, sizeof *names->items);
    names->items[names->count++] = name;
}

static void add_allowed(struct names *names)
{
    for (size_t group = 0; group < SCRIPT_FUNCTION_GROUPS; group++)
        for (const struct script_function *entry = script_functions_allowed(group); entry->name;
             entry++)
            add_name(names, entry->name);
}

static void add_words(struct names *names, const struct vocabulary_word *words)
{
    for (; words->name; words++)
        add_name(names, words->name);
}

static void add_imports(struct names *names, const struct import_kind *imports)
{
    add_name(names, "import");
    for (const struct import_kind *kind = imports; kind && kind->name; kind++) {
        struct buffer name = {0};
        buffer_printf(&name, "import.%s", kind->name);
        add_name(names, buffer_take(&name));
    }
}

static void add_diagnostic(json_t *list, const char *file, unsigned line, unsigned column,
                           bool is_error, const char *message)
{
    json_t *item = json_pack("{s:s,s:i,s:i,s:b,s:s}", "file", file, "line", (int)line, "column",
                             (int)column, "error", is_error, "message", message);
    if (!item) // a message with bytes that are no UTF-8
        item =
            json_pack("{s:s,s:i,s:i,s:b,s:s}", "file", file, "line", (int)line, "column",
                      (int)column, "error", is_error, "message", "a mistake; is the file UTF-8?");
    json_array_append_new(list, item);
}

// An error of Lua, whose `where` is "file:line" or a file alone.
static void add_error(json_t *list, const char *file, const struct error *error)
{
    char name[sizeof error->where];
    snprintf(name, sizeof name, "%s", error->where);
    char *colon = strrchr(name, ':');
    int line = colon ? atoi(colon + 1) : 0;
    if (line > 0)
        *colon = '\0';
    add_diagnostic(list, line > 0 ? name : file, line > 0 ? (unsigned)line : 0, 0, true,
                   error->message);
}

static struct rulecheck_input input_of(const struct rule_file *file, enum rulecheck_kind kind,
                                       const struct names *names)
{
    return (struct rulecheck_input){.name = file->name,
                                    .text = file->text,
                                    .length = file->length,
                                    .kind = kind,
                                    .globals = names->items,
                                    .global_count = names->count};
}

// true when the checker finds no errors.
static bool check(const struct rulecheck_input *input, json_t *diagnostics)
{
    struct diagnostics found = {0};
    process_doing(input->name);
    rulecheck_run(input, &found);
    for (size_t i = 0; i < found.count; i++)
        add_diagnostic(diagnostics, input->name, found.items[i].line, found.items[i].column,
                       found.items[i].severity == DIAGNOSTIC_ERROR, found.items[i].message);
    bool sound = found.error_count == 0;
    diagnostics_clear(&found);
    return sound;
}

static void dump(json_t *result, struct buffer *out)
{
    buffer_add_json(out, result, JSON_COMPACT);
    json_decref(result);
}

static json_t *parse(const struct buffer *text, const char *what, struct error *error)
{
    json_error_t where;
    json_t *result = json_loadb(buffer_text(text), text->length, 0, &where);
    if (!result)
        error_set(error, ERROR_USAGE, what, "its declarations came back damaged: %s", where.text);
    return result;
}

struct engagement_job {
    const struct rule_file *files;
    int count;
    const struct import_kind *imports;
};

static int engagement_body(void *context, struct buffer *out, struct error *error)
{
    struct engagement_job *job = context;
    json_t *result = json_object(), *diagnostics = json_array(), *declared = NULL;
    struct names model_names = {0}, engagement_names = {0};
    add_allowed(&model_names);
    add_words(&model_names, vocabulary_model_words);
    add_allowed(&engagement_names);
    add_words(&engagement_names, vocabulary_model_words);
    add_words(&engagement_names, vocabulary_engagement_words);
    add_imports(&engagement_names, job->imports);
    lua_State *L = sandbox_new(NULL, 0, TESTER_BYTES, error);
    if (!L)
        return -1;
    vocabulary_engagement(L, job->imports);
    bool sound = true;
    for (int i = 0; i < job->count; i++) {
        const struct rule_file *file = &job->files[i];
        bool own = file->kind == RULE_FILE_ENGAGEMENT;
        struct rulecheck_input input = input_of(file, own ? RULECHECK_ENGAGEMENT : RULECHECK_MODEL,
                                                own ? &engagement_names : &model_names);
        bool checked = check(&input, diagnostics);
        if (checked && sandbox_run(L, file->name, file->text, file->length, error) != 0) {
            add_error(diagnostics, file->name, error);
            checked = false;
        }
        sound = sound && checked;
    }
    if (sound && !(declared = vocabulary_declared(L, error)))
        add_error(diagnostics, job->files[job->count - 1].name, error);
    for (int i = 1; declared && vocabulary_mistake(L, i, error); i++)
        add_error(diagnostics, job->files[job->count - 1].name, error);
    json_object_set_new(result, "declared", declared ? declared : json_object());
    json_object_set_new(result, "diagnostics", diagnostics);
    dump(result, out);
    return 0;
}

json_t *declaration_engagement(const struct rule_file *files, int count,
                               const struct import_kind *imports, struct error *error)
{
    struct engagement_job job = {files, count, imports};
    struct buffer text = {0};
    const char *what = count ? files[count - 1].name : "the model";
    json_t *result = NULL;
    if (process_run(engagement_body, &job, &child_limits, what, &text, error) == 0)
        result = parse(&text, what, error);
    buffer_clear(&text);
    return result;
}

struct rules_job {
    const struct rule_file *files;
    int count;
    const struct model *model;
    bool thorough;
    // In the child:
    struct names names[RULE_FILE_CASES + 1]; // that files of a kind may use
    const struct helper_type *helpers;
    size_t helper_count;
    struct helper_signature *signatures;
    size_t signature_count;
    struct rulecheck_library *library;
    struct rule_hash *hash;
};

static struct rulecheck_input rules_input(const struct rules_job *job, int number)
{
    static const enum rulecheck_kind kinds[] = {[RULE_FILE_LIBRARY] = RULECHECK_LIBRARY,
                                                [RULE_FILE_CONTROLS] = RULECHECK_RULES,
                                                [RULE_FILE_CASES] = RULECHECK_CASES};
    const struct rule_file *file = &job->files[number];
    struct rulecheck_input input = input_of(file, kinds[file->kind], &job->names[file->kind]);
    input.helpers = job->helpers;
    input.helper_count = job->helper_count;
    input.signatures = job->signatures;
    input.signature_count = job->signature_count;
    input.model = job->model;
    input.thorough = job->thorough;
    return input;
}

static void add_signature(struct rules_job *job, const char *name, const char *text)
{
    job->signatures =
        memory_resize(job->signatures, job->signature_count + 1, sizeof *job->signatures);
    job->signatures[job->signature_count++] = (struct helper_signature){name, text};
}

// name(a, b, ...) of a function of the library.
static char *signature_of(const struct node *name, const struct node *function)
{
    struct buffer text = {0};
    buffer_printf(&text, "%s(", name->text.bytes);
    for (const struct node *one = function->first->first; one; one = one->next)
        buffer_printf(&text, "%s%s", one->text.bytes, one->next ? ", " : "");
    if (function->varargs)
        buffer_add_text(&text, function->first->first ? ", ..." : "...");
    buffer_add_byte(&text, ')');
    return buffer_take(&text);
}

// Names that a library file defines, so that all files may use them. One that does not parse
// defines none; its check says why.
static void add_library_names(struct rules_job *job, const struct rule_file *file)
{
    struct syntax_error error;
    struct syntax *syntax = syntax_parse(file->text, file->length, &error);
    if (!syntax)
        return;
    for (const struct node *at = syntax->root->last->first; at; at = at->next) {
        const struct node *name = node_global_function(at);
        for (int kind = 0; name && kind <= RULE_FILE_CASES; kind++)
            if (job->names[kind].count > 0)
                add_name(&job->names[kind], memory_text_n(name->text.bytes, name->text.length));
        if (name)
            add_signature(job, memory_text_n(name->text.bytes, name->text.length),
                          signature_of(name, at->last));
    }
    syntax_free(syntax);
}

// {"table": ["field", ...]} of some accesses; those for which `chosen` is false are left out.
static json_t *accesses_json(const struct rulecheck_access *accesses, size_t count,
                             const bool *chosen, const struct model *model)
{
    json_t *object = json_object();
    for (size_t i = 0; i < count; i++) {
        if (chosen && !chosen[i])
            continue;
        const struct model_table *table = &model->tables[accesses[i].table];
        json_t *names = json_object_get(object, table->name);
        if (!names) {
            names = json_array();
            json_object_set_new(object, table->name, names);
        }
        if (accesses[i].field >= 0)
            json_array_append_new(names, json_string(table->fields[accesses[i].field].name));
    }
    return object;
}

// {"table": "always"} of the tables. Those that only lead from one row to another are asked for
// where there is such a row.
static json_t *demands_json(const struct rulecheck_need *need, const struct model *model)
{
    static const char *const words[] = {[DEMAND_ALWAYS] = "always",
                                        [DEMAND_SOMETIMES] = "sometimes",
                                        [DEMAND_IMPORTED] = "imported"};
    json_t *demands = json_object();
    for (size_t i = 0; i < need->table_count; i++)
        json_object_set_new(demands, model->tables[need->tables[i].table].name,
                            json_string(words[need->tables[i].demand]));
    for (size_t i = 0; i < need->read_count; i++) {
        const char *name = model->tables[need->reads[i].table].name;
        if (!json_object_get(demands, name))
            json_object_set_new(demands, name, json_string(words[DEMAND_SOMETIMES]));
    }
    return demands;
}

static void add_accesses(json_t *controls, const struct rulecheck_input *input)
{
    struct rulecheck_needs needs = {0};
    rulecheck_accesses(input, &needs);
    for (size_t i = 0; i < needs.count; i++) {
        const struct rulecheck_need *need = &needs.items[i];
        const struct model *model = input->model;
        json_t *accesses = accesses_json(need->accesses, need->count, NULL, model), *control;
        json_t *decides = accesses_json(need->accesses, need->count, need->decides, model);
        json_t *reads = accesses_json(need->reads, need->read_count, NULL, model);
        json_t *demands = demands_json(need, input->model);
        size_t index;
        json_array_foreach(controls, index, control)
        {
            const char *id = json_string_value(json_object_get(control, "id"));
            if (!id || strcmp(id, need->control) != 0)
                continue;
            json_object_set(control, "accesses", accesses);
            json_object_set(control, "decides", decides);
            json_object_set(control, "reads", reads);
            json_object_set(control, "demands", demands);
        }
        json_decref(accesses);
        json_decref(decides);
        json_decref(reads);
        json_decref(demands);
    }
    rulecheck_needs_clear(&needs);
}

// The library, so that what controls read through it can be seen.
static struct rulecheck_library *open_library(const struct rules_job *job)
{
    struct rulecheck_input *inputs = memory_new((size_t)job->count, sizeof *inputs);
    size_t count = 0;
    for (int i = 0; i < job->count; i++)
        if (job->files[i].kind == RULE_FILE_LIBRARY)
            inputs[count++] = rules_input(job, i);
    struct rulecheck_library *library = rulecheck_library_new(inputs, count);
    free(inputs);
    return library;
}

static struct rule_hash *open_hash(const struct rules_job *job)
{
    struct text *texts = memory_new((size_t)job->count, sizeof *texts);
    size_t count = 0;
    for (int i = 0; i < job->count; i++)
        if (job->files[i].kind == RULE_FILE_LIBRARY)
            texts[count++] = (struct text){job->files[i].text, job->files[i].length};
    struct rule_hash *hash = rule_hash_new(texts, count);
    free(texts);
    return hash;
}

static json_t *run_rule_file(const struct rules_job *job, int number, json_t *diagnostics)
{
    struct error error;
    json_t *controls = NULL;
    lua_State *L = sandbox_new(NULL, 0, TESTER_BYTES, &error);
    if (!L) {
        add_error(diagnostics, job->files[number].name, &error);
        return NULL;
    }
    (job->files[number].kind == RULE_FILE_CASES ? vocabulary_cases : vocabulary_controls)(L);
    int at = 0;
    for (; at < job->count; at++) {
        const struct rule_file *file = &job->files[at];
        if (file->kind != RULE_FILE_LIBRARY && at != number)
            continue;
        process_doing(file->name);
        if (sandbox_run(L, file->name, file->text, file->length, &error) != 0)
            break;
    }
    if (at == job->count)
        controls = vocabulary_declared_controls(L, &error);
    if (!controls)
        add_error(diagnostics, job->files[at < job->count ? at : number].name, &error);
    sandbox_free(L);
    return controls;
}

static const struct helper_type *helper_types(size_t *count)
{
    struct helper_type *types = NULL;
    *count = 0;
    for (size_t group = 0; group < SCRIPT_FUNCTION_GROUPS; group++)
        for (const struct script_function *entry = script_functions_allowed(group); entry->name;
             entry++) {
            types = memory_resize(types, *count + 1, sizeof *types);
            types[(*count)++] = (struct helper_type){.name = entry->name, .result = entry->result};
        }
    return types;
}

static void know_names(struct rules_job *job)
{
    job->helpers = helper_types(&job->helper_count);
    for (size_t group = 0; group < SCRIPT_FUNCTION_GROUPS; group++)
        for (const struct script_function *entry = script_functions_allowed(group); entry->name;
             entry++)
            add_signature(job, entry->name, entry->signature);
    add_allowed(&job->names[RULE_FILE_LIBRARY]);
    add_allowed(&job->names[RULE_FILE_CONTROLS]);
    add_allowed(&job->names[RULE_FILE_CASES]);
    add_words(&job->names[RULE_FILE_CONTROLS], vocabulary_control_words);
    add_words(&job->names[RULE_FILE_CASES], vocabulary_case_words);
    for (int i = 0; i < job->count; i++)
        if (job->files[i].kind == RULE_FILE_LIBRARY)
            add_library_names(job, &job->files[i]);
}

// Adds a parameter, unless the control declares it.
static void add_parameter(json_t *control, const char *name, const char *type, json_t *value,
                          const char *note, json_t *choices)
{
    json_t *list = json_object_get(control, "parameters"), *declared;
    size_t at;
    bool known = false;
    if (!list) {
        list = json_array();
        json_object_set_new(control, "parameters", list);
    }
    json_array_foreach(list, at, declared) known =
        known || strcmp(json_string_value(json_object_get(declared, "name")), name) == 0;
    json_t *parameter = json_pack("{s:s, s:s, s:o, s:s, s:s}", "name", name, "type", type, "value",
                                  value, "origin", "default", "note", note);
    if (choices)
        json_object_set_new(parameter, "choices", choices);
    if (known)
        json_decref(parameter);
    else
        json_array_append_new(list, parameter);
}

// What a control lets pass because two moments are of one day is for the engagement to decide.
static void add_same_day(json_t *control)
{
    json_t *choices = json_array();
    for (int i = 0; i < SAME_DAY_CHOICES; i++)
        json_array_append_new(choices, json_string(same_day_names[i]));
    add_parameter(control, SAME_DAY_PARAMETER, "text", json_string(same_day_names[SAME_DAY_PASS]),
                  "what passes only because both moments are of one day is counted, a low "
                  "exception, or untestable",
                  choices);
    add_parameter(control, SAME_DAY_MANY_PARAMETER, "int", json_integer(SAME_DAY_MANY),
                  "rows of one person that pass so: from how many on the person is one low "
                  "exception; 0: never",
                  NULL);
}

static void add_hashes(const struct rules_job *job, int number, json_t *controls)
{
    const struct rule_file *file = &job->files[number];
    json_t *control;
    size_t at;
    rule_hash_open(job->hash, (struct text){file->text, file->length});
    json_array_foreach(controls, at, control)
    {
        char digest[HASH_TEXT];
        rule_hash_get(job->hash, json_string_value(json_object_get(control, "id")), digest);
        json_object_set_new(control, "hash", json_string(digest));
        if (rule_hash_names(job->hash, SAME_DAY_FUNCTION))
            add_same_day(control);
    }
}

// What one file of controls or cases declares; NULL when something is wrong with it.
static json_t *declared_by(const struct rules_job *job, int number, json_t *diagnostics)
{
    struct rulecheck_input input = rules_input(job, number);
    if (!check(&input, diagnostics))
        return NULL;
    json_t *declared = run_rule_file(job, number, diagnostics);
    if (!declared || job->files[number].kind == RULE_FILE_CASES)
        return declared ? json_pack("{s:i,s:o}", "file", number, "cases", declared) : NULL;
    input.library = job->library;
    add_accesses(declared, &input);
    add_hashes(job, number, declared);
    return json_pack("{s:i,s:o}", "file", number, "controls", declared);
}

// What is wrong with the files is part of the answer, so that nothing is left to fail.
static int rules_body(void *context, struct buffer *out, struct error *error)
{
    (void)error;
    struct rules_job *job = context;
    json_t *result = json_object(), *diagnostics = json_array(), *files = json_array();
    bool library_sound = true;
    know_names(job);
    for (int i = 0; i < job->count; i++) {
        struct rulecheck_input input = rules_input(job, i);
        if (job->files[i].kind == RULE_FILE_LIBRARY)
            library_sound &= check(&input, diagnostics);
    }
    job->library = open_library(job);
    job->hash = open_hash(job);
    for (int i = 0; i < job->count && library_sound; i++) {
        bool own =
            job->files[i].kind == RULE_FILE_CONTROLS || job->files[i].kind == RULE_FILE_CASES;
        json_t *declared = own ? declared_by(job, i, diagnostics) : NULL;
        if (declared)
            json_array_append_new(files, declared);
    }
    rulecheck_library_free(job->library);
    rule_hash_free(job->hash);
    json_object_set_new(result, "files", files);
    json_object_set_new(result, "diagnostics", diagnostics);
    dump(result, out);
    return 0;
}

json_t *declaration_rules(const struct rule_file *files, int count, const struct model *model,
                          bool thorough, struct error *error)
{
    struct rules_job job = {.files = files, .count = count, .model = model, .thorough = thorough};
    struct buffer text = {0};
    json_t *result = NULL;
    if (process_run(rules_body, &job, &child_limits, "the rule files", &text, error) == 0)
        result = parse(&text, "the rule files", error);
    buffer_clear(&text);
    return result;
}
