// SPDX-License-Identifier: MIT
// Every file that the record names with a hash is looked for and counted once, as matching, changed
// or missing; nothing stops the check but a record that cannot be read. A place that is given is
// the only one looked at; otherwise that beside the results goes before that at the time of the
// run. Names come from the record and are printed as untrusted text.
#include "reports/past/verification.h"

#include "engine/base/buffer.h"
#include "engine/base/hash.h"
#include "engine/base/safe_print.h"
#include "reports/files/output.h"
#include "reports/files/run_record.h"
#include "reports/past/past_run.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CHAIN_MAX = 1000 };

struct check {
    struct verification *verification;
    const char *results; // folder
    const char
        *places[3]; // folders of the engagement, the first that has the file counts; then NULL
    const char *rules;
    const char *shown; // before the names of results; NULL
    FILE *out;
};

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static void say(const struct check *check, const char *what, const char *kind, const char *name)
{
    fprintf(check->out, "%s %s: ", what, kind);
    print_safely(name, check->out);
    putc('\n', check->out);
}

static bool join(const char *folder, const char *name, struct buffer *path)
{
    struct stat status;
    buffer_reset(path);
    if (folder && name[0] != '/')
        buffer_printf(path, "%s/", folder);
    buffer_add_text(path, name);
    return stat(buffer_text(path), &status) == 0;
}

static void compare(const struct check *check, const char *kind, const char *name, const char *path,
                    const char *expected)
{
    char actual[65];
    int64_t bytes;
    if (hash_file(path, actual, &bytes) != 0) {
        check->verification->missing++;
        fprintf(check->out, "missing %s: ", kind);
        print_safely(name, check->out);
        fprintf(check->out, errno == ENOENT ? "\n" : " (%s)\n", strerror(errno));
    } else if (strcmp(actual, expected) != 0) {
        check->verification->changed++;
        say(check, "changed", kind, name);
    } else {
        check->verification->matching++;
    }
}

static void check_result(const struct check *check, const json_t *item, struct buffer *path)
{
    const char *name = text_of(item, "name"), *hash = text_of(item, "sha256");
    if (!name || !hash)
        return;
    struct buffer shown = {0};
    if (check->shown)
        buffer_printf(&shown, "%s/", check->shown);
    buffer_add_text(&shown, name);
    join(check->results, name, path);
    compare(check, "result", buffer_text(&shown), buffer_text(path), hash);
    buffer_clear(&shown);
}

static void check_below_engagement(const struct check *check, const char *kind, const char *name,
                                   const char *below, const char *hash, struct buffer *path)
{
    bool found = false;
    for (const char *const *place = check->places; !found && *place; place++)
        found = join(*place, below, path);
    if (!found && !check->places[0])
        join(NULL, below, path);
    compare(check, kind, name, buffer_text(path), hash);
}

static void check_source(const struct check *check, const json_t *item, struct buffer *path)
{
    const char *name = text_of(item, "name"), *hash = text_of(item, "sha256");
    const char *file = text_of(json_object_get(item, "details"), "file"); // of a sheet
    if (name && hash)
        check_below_engagement(check, "source", name, file ? file : name, hash, path);
    else
        check->verification->unhashed++;
}

static void check_list(const struct check *check, const json_t *item, struct buffer *path)
{
    const char *name = text_of(item, "name"), *hash = text_of(item, "sha256");
    if (name && hash)
        check_below_engagement(check, "list", name, name, hash, path);
}

static void check_rule_file(const struct check *check, const json_t *item, struct buffer *path)
{
    const char *name = text_of(item, "name"), *hash = text_of(item, "sha256");
    const char *base = text_of(item, "base"), *below = text_of(item, "path");
    const char *kind = text_of(item, "kind");
    if (!name || !hash || !base || !below)
        return;
    if (check->verification->without_rules && kind &&
        (strcmp(kind, "library") == 0 || strcmp(kind, "controls") == 0))
        return;
    if (strcmp(base, "engagement") == 0) {
        check_below_engagement(check, "rule file", name, below, hash, path);
        return;
    }
    join(strcmp(base, "rules") == 0 ? check->rules : NULL, below, path);
    compare(check, "rule file", name, buffer_text(path), hash);
}

static void check_all(const struct check *check, const json_t *array,
                      void (*each)(const struct check *, const json_t *, struct buffer *))
{
    struct buffer path = {0};
    for (size_t i = 0; i < json_array_size(array); i++)
        each(check, json_array_get(array, i), &path);
    buffer_clear(&path);
}

static bool is_recorded(const json_t *results, const char *name)
{
    for (size_t i = 0; i < json_array_size(results); i++) {
        const char *recorded = text_of(json_array_get(results, i), "name");
        if (recorded && strcmp(recorded, name) == 0)
            return true;
    }
    return strcmp(name, OUTPUT_RUN_RECORD) == 0;
}

// A result put there later would be taken for one of this run.
static void check_unrecorded(const struct check *check, const json_t *results)
{
    struct dirent **entries;
    int count = scandir(check->results, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (check->verification->is_result(name) && !is_recorded(results, name)) {
            check->verification->unrecorded++;
            say(check, "unrecorded", "result", name);
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static void check_record(struct verification *verification, const char *folder,
                         const json_t *record, FILE *out)
{
    const json_t *stated = json_object_get(record, "deterministic");
    const json_t *places = json_object_get(record, "places");
    const char *steps = text_of(places, "from_results");
    struct buffer near_results = {0};
    struct check check = {.verification = verification,
                          .results = folder,
                          .rules = verification->rules_folder,
                          .out = out};
    int count = 0;
    if (verification->engagement_folder) {
        check.places[count++] = verification->engagement_folder;
    } else {
        // An engagement and its results moved together, then the place at the time of the run.
        if (steps) {
            join(folder, steps, &near_results);
            check.places[count++] = buffer_text(&near_results);
        }
        if (text_of(places, "engagement"))
            check.places[count++] = text_of(places, "engagement");
    }
    if (!check.rules)
        check.rules = text_of(places, "rules");
    if (!verification->inputs_only) {
        check_all(&check, json_object_get(stated, "results"), check_result);
        check_unrecorded(&check, json_object_get(stated, "results"));
        check_all(&check, json_object_get(stated, "lists"), check_list);
    }
    check_all(&check, json_object_get(stated, "sources"), check_source);
    check_all(&check, json_object_get(stated, "rule_files"), check_rule_file);
    buffer_clear(&near_results);
}

// A record that was edited no longer has the hash that stands in it.
static void check_own_hash(struct verification *verification, const struct past_run *run,
                           bool is_previous, FILE *out)
{
    const char *stated = text_of(run->record, "sha256");
    char actual[HASH_TEXT];
    if (!stated)
        return; // of the first format
    run_record_hash(run->stated, actual);
    if (strcmp(stated, actual) == 0)
        return;
    verification->changed++;
    fputs("changed run record: ", out);
    if (is_previous) {
        print_safely(run->folder, out);
        putc('/', out);
    }
    fputs(OUTPUT_RUN_RECORD "\n", out);
}

// The run before, where it lies beside this one or lay then; NULL when it is gone.
static struct past_run *open_previous(const struct past_run *run, struct buffer *where)
{
    const json_t *places = json_object_get(run->record, "places");
    const char *steps = text_of(places, "previous_from_results");
    const char *then = text_of(places, "previous");
    struct error ignored;
    struct past_run *previous = NULL;
    if (steps) {
        buffer_printf(where, "%s/%s", run->folder, steps);
        previous = past_run_open(buffer_text(where), &ignored);
    }
    if (!previous && then) {
        buffer_reset(where);
        buffer_add_text(where, then);
        previous = past_run_open(then, &ignored);
    }
    return previous;
}

static void say_run(const char *what, const char *folder, FILE *out)
{
    fprintf(out, "%s previous run: ", what);
    print_safely(folder, out);
    putc('\n', out);
}

// One step back along the chain; the run before, whose results were checked, or NULL at its end.
static struct past_run *check_previous(struct verification *verification,
                                       const struct past_run *run, FILE *out)
{
    const char *expected = text_of(run->stated, "previous");
    struct buffer where = {0};
    if (!expected)
        return NULL;
    struct past_run *previous = open_previous(run, &where);
    if (!previous) {
        verification->missing++;
        say_run("missing", buffer_text(&where), out);
    } else if (strcmp(previous->record_sha256, expected) != 0) {
        verification->changed++;
        say_run("changed", previous->folder, out);
    } else {
        verification->matching++;
    }
    if (previous) {
        struct check check = {.verification = verification,
                              .results = previous->folder,
                              .shown = previous->folder,
                              .out = out};
        verification->runs++;
        check_own_hash(verification, previous, true, out);
        check_all(&check, json_object_get(previous->stated, "results"), check_result);
    }
    buffer_clear(&where);
    return previous;
}

int verification_run(struct verification *verification, const char *path, FILE *out,
                     struct error *error)
{
    struct past_run *run = past_run_open(path, error);
    if (!run)
        return -1;
    verification->runs = 1;
    if (!verification->inputs_only)
        check_own_hash(verification, run, false, out);
    check_record(verification, run->folder, run->record, out);
    // A chain that leads back into itself cannot have right hashes, but must end all the same.
    while (run && !verification->inputs_only && verification->runs < CHAIN_MAX) {
        struct past_run *previous = check_previous(verification, run, out);
        past_run_free(run);
        run = previous;
    }
    past_run_free(run);
    return 0;
}
