// SPDX-License-Identifier: MIT
// Three steps: the declarations become feeds, in one thread; feeds are read, by many; what they
// left is handed to the data, in one thread and in the order of the feeds. Sources, rows and
// problems therefore never depend on who was first. Nor does the error: of several the first feed's
// is told, since only feeds after one that failed are passed over.
#include "adapters/import.h"

#include "adapters/expect.h"
#include "adapters/feed.h"
#include "adapters/feed_files.h"
#include "adapters/intake.h"
#include "engine/base/buffer.h"
#include "engine/base/calendar.h"
#include "engine/base/reason.h"
#include "engine/data/data_merge.h"
#include "engine/data/extent.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

static const struct adapter *const adapters[] = {&csv_adapter, &xlsx_adapter, &xls_adapter,
                                                 &postgres_adapter};

enum { ADAPTERS = sizeof adapters / sizeof *adapters };

const struct import_kind *import_kinds(void)
{
    static struct import_kind kinds[ADAPTERS + 1];
    for (size_t i = 0; i < ADAPTERS; i++)
        kinds[i] = (struct import_kind){adapters[i]->kind, adapters[i]->settings};
    return kinds;
}

// ---- planning

static int plan_import(struct import *import, const json_t *declaration, size_t number,
                       struct error *error)
{
    const char *kind = json_string_value(json_object_get(declaration, "kind"));
    for (size_t i = 0; i < ADAPTERS; i++)
        if (kind && strcmp(adapters[i]->kind, kind) == 0)
            return adapters[i]->plan(import, declaration, number, error);
    return error_set(error, ERROR_USAGE, feed_where(import, declaration, number),
                     "import.%s is not available in this build", kind ? kind : "?");
}

static void add_name(struct arena *arena, const char ***names, size_t *count, const char *name)
{
    *names = arena_extend(arena, *names, *count, sizeof **names);
    (*names)[(*count)++] = arena_text(arena, name);
}

// The first import that names the feed's table, when the feed comes from a folder; or NULL.
static const struct feed *replacement(const struct import *import, const struct feed *feed)
{
    for (size_t i = 0; i < import->feed_count && feed->from_folder; i++) {
        const struct feed *other = import->feeds[i];
        if (!other->from_folder && other->table == feed->table)
            return other;
    }
    return NULL;
}

static void drop_replaced(struct import *import)
{
    struct import_summary *summary = import->summary;
    bool *dropped = arena_take(import->arena, import->feed_count, sizeof *dropped);
    for (size_t i = 0; i < import->feed_count; i++) {
        const struct feed *other = replacement(import, import->feeds[i]);
        dropped[i] = other != NULL;
        if (!other || strcmp(import->feeds[i]->path, other->path) == 0)
            continue; // the same file, with a mapping of its own, replaces nothing
        struct buffer line = {0};
        buffer_printf(&line, "%s (replaced by %s)", import->feeds[i]->name, other->name);
        add_name(summary->arena, &summary->replaced, &summary->replaced_count, buffer_text(&line));
        buffer_clear(&line);
    }
    size_t kept = 0;
    for (size_t i = 0; i < import->feed_count; i++) {
        struct feed *feed = import->feeds[i];
        if (dropped[i])
            feed_free(feed);
        else
            import->feeds[kept++] = feed;
    }
    import->feed_count = kept;
}

static bool same_file(const char *a, const char *b)
{
    struct stat first, second;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static void list_unused(struct import *import)
{
    struct import_summary *summary = import->summary;
    for (size_t i = 0; i < import->folder_file_count; i++) {
        const char *name = import->folder_files[i];
        const char *path = feed_path(import, name);
        bool used = false;
        for (size_t feed = 0; feed < import->feed_count && !used; feed++)
            used = same_file(path, import->feeds[feed]->path) ||
                   strcmp(name, import->feeds[feed]->name) == 0;
        if (!used)
            add_name(summary->arena, &summary->unused, &summary->unused_count, name);
    }
}

static int plan(struct import *import, const json_t *imports, struct error *error)
{
    const json_t *declaration;
    size_t number;
    if (json_array_size(imports) == 0)
        return error_set(error, ERROR_USAGE, import->options->engagement,
                         "nothing is imported: the engagement needs an import.csv, import.xlsx or "
                         "import.postgres");
    json_array_foreach(imports, number, declaration)
    {
        if (plan_import(import, declaration, number, error) != 0)
            return -1;
    }
    drop_replaced(import);
    list_unused(import);
    return expect_check(import, error);
}

// ---- reading

static void read_feed(void *context)
{
    struct feed *feed = context;
    if (feed->position > atomic_load(&feed->import->first_failed))
        return; // an error before this one ends the import
    feed->adapter->read(feed);
}

static void finish_feed(void *context)
{
    intake_finish(context);
}

static void tick(void *context)
{
    struct import *import = context;
    const struct import_options *options = import->options;
    options->progress(options->progress_context, atomic_load(&import->progress.bytes),
                      atomic_load(&import->bytes_total), atomic_load(&import->progress.rows));
}

static void size_feeds(struct import *import)
{
    for (size_t i = 0; i < import->feed_count; i++) {
        struct feed *feed = import->feeds[i];
        struct stat status;
        feed->position = i;
        feed->source = (int)(import->data->source_count + i);
        if (stat(feed->path, &status) == 0 && S_ISREG(status.st_mode))
            atomic_fetch_add(&import->bytes_total, (int64_t)status.st_size);
    }
}

// Runs `task` for the feeds that are `wanted`; all of them where it is NULL.
static int run_feeds(struct import *import, void (*task)(void *feed), const bool *wanted,
                     struct error *error)
{
    import->pool = pool_new(import->options->jobs);
    for (size_t i = 0; i < import->feed_count; i++)
        if (!wanted || wanted[i])
            pool_add(import->pool, task, import->feeds[i], false);
    pool_run(import->pool, import->options->progress ? tick : NULL, import);
    pool_free(import->pool);
    size_t failed = atomic_load(&import->first_failed);
    if (failed == SIZE_MAX)
        return 0;
    *error = import->feeds[failed]->error;
    return -1;
}

// Feeds whose records were kept until all is read.
static int finish_intakes(struct import *import, struct error *error)
{
    bool *wanted = arena_take(import->arena, import->feed_count, sizeof *wanted), any = false;
    for (size_t i = 0; i < import->feed_count; i++)
        any |= wanted[i] = import->feeds[i]->intake != NULL;
    int result = any ? intake_screen(import, error) : 0;
    if (result == 0 && any)
        result = run_feeds(import, finish_feed, wanted, error);
    return result;
}

// ---- numbers of two forms

// Notes a column whose numbers turned out to have a decimal comma; false when it was known.
static bool doubt(struct feed *feed, int field)
{
    const struct model_table *table = &feed->import->data->model->tables[feed->table];
    int64_t line = 0;
    for (size_t i = 0; i < feed->part_count && line == 0; i++)
        line = part_comma_line(feed->parts[i], field);
    if (line == 0 || (feed->doubts && feed->doubts[field]))
        return false;
    if (!feed->doubts)
        feed->doubts = arena_take(feed->arena, (size_t)table->field_count, sizeof *feed->doubts);
    feed->doubts[field] = true;
    struct buffer reason = {0};
    reason_set(&reason, REASON_DECIMAL_COMMA);
    feed_notice(feed, line, table->fields[field].name, NULL, buffer_text(&reason));
    buffer_clear(&reason);
    return true;
}

// Columns with decimal commas that nobody declared are read again, without the numbers in them that
// can mean two.
static int read_doubted(struct import *import, struct error *error)
{
    bool *wanted = arena_take(import->arena, import->feed_count, sizeof *wanted), any = false;
    for (size_t i = 0; i < import->feed_count; i++) {
        struct feed *feed = import->feeds[i];
        for (int field = 0; field < import->data->model->tables[feed->table].field_count; field++)
            wanted[i] |= doubt(feed, field);
        any |= wanted[i];
        if (wanted[i])
            feed_rewind(feed);
    }
    int result = any ? run_feeds(import, read_feed, wanted, error) : 0;
    if (result == 0 && any)
        result = finish_intakes(import, error);
    return result;
}

static int read_feeds(struct import *import, struct error *error)
{
    size_feeds(import);
    if (run_feeds(import, read_feed, NULL, error) != 0 || finish_intakes(import, error) != 0)
        return -1;
    return read_doubted(import, error);
}

// ---- gathering

static json_t *describe(const struct import *import, const struct feed *feed)
{
    json_t *details = json_object();
    json_t *extracted = json_object_get(feed->declaration, "extracted");
    const struct model_table *table = &import->data->model->tables[feed->table];
    json_object_set_new(details, "kind", json_string(feed->adapter->kind));
    json_object_set_new(details, "table", json_string(table->name));
    json_object_update(details, feed->details);
    if (feed->encoding)
        json_object_set_new(details, "encoding", json_string(feed->encoding));
    if (feed->mapping) {
        json_object_set_new(details, "columns", mapping_describe(feed->mapping));
        json_object_set_new(details, "unmapped", mapping_unmapped(feed->mapping));
    }
    if (extracted)
        json_object_set_new(details, "extracted", json_deep_copy(extracted));
    return details;
}

// Everything that was read became something.
static int check_records(const struct feed *feed, const struct import_item *item,
                         struct error *error)
{
    int64_t known = item->rows + item->rejected + item->left_out;
    if (known == (int64_t)feed->records)
        return 0;
    return error_set(error, ERROR_SOURCE, feed->name,
                     "%zu records were read, and %lld are accounted for: this is an error of the "
                     "program",
                     feed->records, (long long)known);
}

static void take_beside_parts(struct data *data, struct feed *feed)
{
    if (json_is_true(json_object_get(feed->declaration, "distinct")) && feed->mapping) {
        int *sums = arena_take(feed->arena, mapping_count(feed->mapping), sizeof *sums);
        data_merge_later(data, feed->table, feed->source, sums, mapping_sums(feed->mapping, sums));
    }
    problem_move(&data->problems, &feed->problems);
    problem_move(&data->problems, &feed->notices);
    left_out_move(&data->left_out, &feed->left_out);
}

// A day of `extracted`: 0, 1 where it does not say, -1 with `error`.
static int extracted_day(const struct feed *feed, const char *name, int *day, struct error *error)
{
    const json_t *value = json_object_get(json_object_get(feed->declaration, "extracted"), name);
    const char *text = json_string_value(value);
    if (!value)
        return 1;
    if (text && calendar_parse_day(text, strlen(text), day) == 0)
        return 0;
    return error_set(error, ERROR_USAGE, feed->where,
                     "extracted.%s is no day; write \"2026-10-31\"", name);
}

// extracted = { from = , to = }: the days that the source covers.
static int declare_extent(const struct import *import, const struct feed *feed, struct error *error)
{
    int from = CALENDAR_DAY_MIN, to;
    if (extracted_day(feed, "from", &from, error) < 0)
        return -1;
    int stated = extracted_day(feed, "to", &to, error);
    if (stated == 0)
        extent_declare(import->data, feed->table, from, to);
    return stated < 0 ? -1 : 0;
}

// Its rows cannot be told apart, so that none is loaded.
static void report_keyless(struct data *data, const struct feed *feed, int source)
{
    struct buffer reason = {0};
    const char *key = feed->missing_key->name;
    reason_set_with(&reason, REASON_KEYLESS, "%s", key);
    problem_add(&data->problems, PROBLEM_KEYLESS_TABLE, feed->table, source, 1, key, NULL, 0,
                buffer_text(&reason));
    buffer_clear(&reason);
}

static int gather_feed(struct import *import, struct feed *feed, struct error *error)
{
    struct data *data = import->data;
    struct import_item *item = &import->summary->items[import->summary->item_count++];
    int source =
        data_add_source(data, feed->name, feed->sha256, feed->bytes, describe(import, feed));
    data->sources[source].keyed = feed->keyed;
    data->sources[source].sheet = feed->sheet;
    if (feed->missing_key)
        report_keyless(data, feed, source);
    else
        data_add_table(data, feed->table);
    if (declare_extent(import, feed, error) != 0)
        return -1;
    *item = (struct import_item){.import = feed->number,
                                 .table = feed->table,
                                 .source = source,
                                 .name = arena_text(import->summary->arena, feed->name),
                                 .blank_lines = feed->blank_lines,
                                 .unmapped = feed->mapping ? mapping_unmapped(feed->mapping)
                                                           : json_array()};
    for (size_t i = 0; i < feed->part_count; i++) {
        item->rows += (int64_t)part_rows(feed->parts[i]);
        item->rejected += (int64_t)part_rejected(feed->parts[i]);
        item->left_out += (int64_t)part_left_out(feed->parts[i]);
        data_add_part(data, feed->parts[i]);
        feed->parts[i] = NULL;
    }
    item->numbered = feed->mapping && mapping_numbered(feed->mapping) >= 0;
    take_beside_parts(data, feed);
    return check_records(feed, item, error) == 0 ? expect_declare(feed, source, error) : -1;
}

// Files that lend columns are sources too: whoever verifies the run looks at their bytes.
static void gather_besides(struct import *import)
{
    struct data *data = import->data;
    for (size_t i = 0; i < import->feed_count; i++) {
        const struct feed *feed = import->feeds[i];
        const char *sha256, *name;
        int64_t bytes;
        for (size_t at = 0; intake_lender(feed, at, &name, &sha256, &bytes); at++) {
            bool known = false;
            for (size_t source = 0; source < data->source_count && !known; source++)
                known = strcmp(data->sources[source].name, name) == 0;
            if (!known)
                data_add_source(data, name, sha256, bytes,
                                json_pack("{s:s,s:s}", "kind", "with", "table",
                                          data->model->tables[feed->table].name));
        }
    }
}

static int gather(struct import *import, struct error *error)
{
    import->summary->items =
        arena_take(import->summary->arena, import->feed_count, sizeof *import->summary->items);
    for (size_t i = 0; i < import->feed_count; i++)
        if (gather_feed(import, import->feeds[i], error) != 0)
            return -1;
    gather_besides(import);
    return 0;
}

int import_run(struct data *data, const json_t *imports, const char *base_folder,
               const struct import_options *options, struct import_summary *summary,
               struct error *error)
{
    *summary = (struct import_summary){.arena = arena_new()};
    struct import import = {.arena = arena_new(),
                            .data = data,
                            .options = options,
                            .summary = summary,
                            .base_folder = base_folder};
    atomic_init(&import.first_failed, SIZE_MAX);
    int result = plan(&import, imports, error);
    if (result == 0)
        result = read_feeds(&import, error);
    if (result == 0)
        result = gather(&import, error);
    for (size_t i = 0; i < import.feed_count; i++)
        feed_free(import.feeds[i]);
    arena_free(import.arena);
    return result;
}

void import_summary_clear(struct import_summary *summary)
{
    for (size_t i = 0; i < summary->item_count; i++)
        json_decref(summary->items[i].unmapped);
    arena_free(summary->arena);
    *summary = (struct import_summary){0};
}
