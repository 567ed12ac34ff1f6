// SPDX-License-Identifier: MIT
// A folder of results may be old, damaged or edited. A record must be of a format that is known,
// and the exceptions are read only when the file has the hash that the record states; even then any
// member may be missing. An exception without an id is refused: everything is found by it.
#include "reports/past/past_run.h"

#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "reports/files/output.h"
#include "reports/files/version.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char exceptions_name[] = "exceptions.jsonl";

// ---- the record

// What was recorded before is read as it was written.
static bool is_known(const json_t *record)
{
    json_int_t format = json_integer_value(json_object_get(record, "format"));
    return format >= 1 && format <= RUN_RECORD_FORMAT &&
           json_is_object(json_object_get(record, "deterministic"));
}

static json_t *parse_record(const char *path, const char *text, size_t length, struct error *error)
{
    json_error_t problem;
    json_t *record = json_loadb(text, length, JSON_REJECT_DUPLICATES, &problem);
    if (!record) {
        error_set(error, ERROR_SOURCE, path, "the run record is damaged: line %d: %s", problem.line,
                  problem.text);
    } else if (!is_known(record)) {
        error_set(error, ERROR_SOURCE, path, "this is no run record of format 1 to %d",
                  RUN_RECORD_FORMAT);
        json_decref(record);
        record = NULL;
    }
    return record;
}

static int read_record(struct past_run *run, const char *path, struct error *error)
{
    struct buffer text = {0};
    char block[1 << 14];
    FILE *file = fopen(path, "re");
    if (!file)
        return error_set_errno(error, errno == ENOENT ? ERROR_USAGE : ERROR_SOURCE, path,
                               "there is no run record to read");
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        buffer_add(&text, block, got);
    int result = ferror(file)
                     ? error_set_errno(error, ERROR_SOURCE, path, "the run record cannot be read")
                     : 0;
    fclose(file);
    if (result == 0) {
        hash_bytes(buffer_text(&text), text.length, run->record_sha256);
        run->record = parse_record(path, buffer_text(&text), text.length, error);
        run->stated = json_object_get(run->record, "deterministic");
        result = run->record ? 0 : -1;
    }
    buffer_clear(&text);
    return result;
}

struct past_run *past_run_open(const char *path, struct error *error)
{
    struct arena *arena = arena_new();
    struct past_run *run = arena_take(arena, 1, sizeof *run);
    struct stat status;
    struct buffer file = {0};
    run->arena = arena;
    buffer_add_text(&file, path);
    if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
        const char *slash = strrchr(path, '/');
        run->folder =
            slash ? arena_text_n(arena, path, slash == path ? 1 : (size_t)(slash - path)) : ".";
    } else {
        run->folder = arena_text(arena, path);
        buffer_add_text(&file, "/" OUTPUT_RUN_RECORD);
    }
    int result = read_record(run, buffer_text(&file), error);
    buffer_clear(&file);
    if (result == 0)
        return run;
    past_run_free(run);
    return NULL;
}

void past_run_free(struct past_run *run)
{
    if (!run)
        return;
    json_decref(run->record);
    dictionary_free(run->texts);
    free(run->exceptions);
    arena_free(run->arena);
}

bool past_run_hashes_rules(const struct past_run *run)
{
    return json_integer_value(json_object_get(run->record, "format")) >= RUN_RECORD_HASHES_RULES;
}

// ---- its exceptions

static const char *recorded_hash(const struct past_run *run)
{
    const json_t *results = json_object_get(run->stated, "results");
    for (size_t i = 0; i < json_array_size(results); i++) {
        const json_t *item = json_array_get(results, i);
        const char *name = json_string_value(json_object_get(item, "name"));
        if (name && strcmp(name, exceptions_name) == 0)
            return json_string_value(json_object_get(item, "sha256"));
    }
    return NULL;
}

static int check_file(const struct past_run *run, const char *path, struct error *error)
{
    const char *recorded = recorded_hash(run);
    char actual[HASH_TEXT];
    int64_t bytes;
    if (!recorded)
        return error_set(error, ERROR_USAGE, run->folder,
                         "this run has no exceptions.jsonl; run again with --format jsonl,...");
    if (hash_file(path, actual, &bytes) != 0)
        return error_set_errno(error, ERROR_SOURCE, path, "the exceptions cannot be read");
    if (strcmp(actual, recorded) != 0)
        return error_set(error, ERROR_SOURCE, path,
                         "is not what the run recorded; `vouch verify` names what was altered");
    return 0;
}

static int each_line(FILE *file, const char *path,
                     bool (*each)(void *context, const json_t *exception), void *context,
                     struct error *error)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    int result = 0, number = 0;
    bool more = true;
    while (result == 0 && more && (length = getline(&line, &capacity, file)) > 0) {
        json_error_t problem;
        json_t *exception = json_loadb(line, (size_t)length, 0, &problem);
        number++;
        if (!json_is_object(exception))
            result = error_set(error, ERROR_SOURCE, path, "line %d is no exception", number);
        else
            more = each(context, exception);
        json_decref(exception);
    }
    if (result == 0 && ferror(file))
        result = error_set_errno(error, ERROR_SOURCE, path, "the exceptions cannot be read");
    free(line);
    return result;
}

int past_run_each(const struct past_run *run, bool (*each)(void *context, const json_t *exception),
                  void *context, struct error *error)
{
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s", run->folder, exceptions_name);
    int result = check_file(run, buffer_text(&path), error);
    FILE *file = result == 0 ? fopen(buffer_text(&path), "re") : NULL;
    if (result == 0 && !file)
        result = error_set_errno(error, ERROR_SOURCE, buffer_text(&path),
                                 "the exceptions cannot be read");
    if (file) {
        result = each_line(file, buffer_text(&path), each, context, error);
        fclose(file);
    }
    buffer_clear(&path);
    return result;
}

// Each distinct text once: most of an exception's are those of many others.
static const char *keep(struct past_run *run, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value))
        return NULL;
    uint32_t code = dictionary_add(run->texts, json_string_value(value), json_string_length(value));
    return dictionary_get(run->texts, code).bytes;
}

static bool take(void *context, const json_t *from)
{
    struct past_run *run = context;
    const json_t *disposition = json_object_get(from, "disposition");
    run->capacity =
        memory_grow((void **)&run->exceptions, run->count, run->capacity, sizeof *run->exceptions);
    run->exceptions[run->count++] = (struct past_exception){
        .id = keep(run, from, "id"),
        .control = keep(run, from, "control"),
        .severity = keep(run, from, "severity"),
        .table = keep(run, from, "table"),
        .key = keep(run, from, "key"),
        .date = keep(run, from, "date"),
        .amount = keep(run, from, "amount"),
        .currency = keep(run, from, "currency"),
        .amount_kind = keep(run, from, "amount_kind"),
        .message = keep(run, from, "message"),
        .fingerprint = keep(run, from, "fingerprint"),
        .status = keep(run, from, "status"),
        .owner = keep(run, disposition, "owner"),
        .disposition = keep(run, disposition, "status"),
        .cause = keep(run, disposition, "cause"),
        .comment = keep(run, disposition, "comment"),
    };
    // What a program of another version wrote may lack what every exception has.
    return run->exceptions[run->count - 1].id != NULL;
}

int past_run_read_exceptions(struct past_run *run, struct error *error)
{
    if (!run->texts)
        run->texts = dictionary_new();
    run->count = 0;
    if (past_run_each(run, take, run, error) != 0)
        return -1;
    if (run->count > 0 && !run->exceptions[run->count - 1].id)
        return error_set(error, ERROR_SOURCE, run->folder, "an exception has no id");
    return 0;
}

static int compare(const void *a, const void *b)
{
    const struct past_exception *left = a, *right = b;
    return strcmp(left->id, right->id);
}

void past_run_sort(struct past_run *run)
{
    if (run->count > 0)
        qsort(run->exceptions, run->count, sizeof *run->exceptions, compare);
}

const struct past_exception *past_run_find(const struct past_run *run, const char *id)
{
    struct past_exception wanted = {.id = id};
    return run->count == 0 ? NULL
                           : bsearch(&wanted, run->exceptions, run->count, sizeof wanted, compare);
}
