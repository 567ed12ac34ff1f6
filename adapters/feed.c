// SPDX-License-Identifier: MIT
#include "adapters/feed.h"

#include "adapters/intake.h"
#include "engine/base/buffer.h"
#include "engine/base/hash.h"
#include "engine/base/nearest.h"

#include <string.h>

const char *feed_where(const struct import *import, const json_t *declaration, size_t number)
{
    struct buffer where = {0};
    const json_t *line = json_object_get(declaration, "line");
    const char *file = import->options->engagement;
    if (json_is_integer(line))
        buffer_printf(&where, "%s%s%lld", file ? file : "the engagement", file ? ":" : ", line ",
                      (long long)json_integer_value(line));
    else
        buffer_printf(&where, "%s%simport %zu", file ? file : "", file ? ", " : "", number + 1);
    return arena_text_of(import->arena, &where);
}

struct feed *feed_add(struct import *import, const struct adapter *adapter,
                      const json_t *declaration, size_t number, int table, const char *name,
                      const char *path)
{
    struct arena *arena = arena_new();
    struct feed *feed = arena_take(arena, 1, sizeof *feed);
    *feed = (struct feed){.arena = arena,
                          .import = import,
                          .adapter = adapter,
                          .declaration = declaration,
                          .number = number,
                          .position = import->feed_count,
                          .table = table,
                          .name = arena_text(arena, name),
                          .path = arena_text(arena, path),
                          .where = feed_where(import, declaration, number)};
    import->feeds =
        arena_extend(import->arena, import->feeds, import->feed_count, sizeof(struct feed *));
    import->feeds[import->feed_count++] = feed;
    return feed;
}

static void drop_results(struct feed *feed)
{
    for (size_t i = 0; i < feed->part_count; i++)
        part_free(feed->parts[i]);
    mapping_free(feed->mapping);
    intake_free(feed->intake);
    problem_clear(&feed->problems);
    left_out_clear(&feed->left_out);
}

void feed_rewind(struct feed *feed)
{
    drop_results(feed);
    feed->parts = NULL;
    feed->part_count = 0;
    feed->mapping = NULL;
    feed->intake = NULL;
    feed->sha256 = feed->encoding = NULL;
    feed->bytes = feed->blank_lines = 0;
    feed->records = 0;
    if (feed->adapter->rewind)
        feed->adapter->rewind(feed);
}

void feed_notice(struct feed *feed, int64_t line, const char *column, const char *value,
                 const char *reason)
{
    for (size_t i = 0; i < feed->notices.count; i++) {
        const struct problem *told = &feed->notices.items[i]; // when it was read first
        if (strcmp(told->reason, reason) == 0 &&
            (!column || (told->column && strcmp(told->column, column) == 0)))
            return;
    }
    problem_add(&feed->notices, PROBLEM_DOUBTFUL_SOURCE, feed->table, feed->source, line, column,
                value, value ? strlen(value) : 0, reason);
}

uint64_t feed_digest(const struct feed *feed, const struct text *fields, size_t count)
{
    uint64_t digest = feed->digest_seed;
    for (size_t i = 0; i < count; i++)
        digest = hash_quick(digest + 1, fields[i].bytes, fields[i].length);
    return digest;
}

void feed_free(struct feed *feed)
{
    drop_results(feed);
    if (feed->adapter->release)
        feed->adapter->release(feed);
    problem_clear(&feed->notices);
    json_decref(feed->details);
    arena_free(feed->arena);
}

int feed_fail(struct feed *feed)
{
    if (feed->missing_key)
        return -1;
    feed->failed = true;
    size_t first = atomic_load(&feed->import->first_failed);
    while (feed->position < first &&
           !atomic_compare_exchange_weak(&feed->import->first_failed, &first, feed->position))
        ;
    return -1;
}

static bool fits(enum setting_type type, const json_t *value)
{
    switch (type) {
    case SETTING_TEXT:
        return json_is_string(value);
    case SETTING_BOOLEAN:
        return json_is_boolean(value);
    case SETTING_COUNT:
        return json_is_integer(value) && json_integer_value(value) >= 0;
    case SETTING_NUMBER:
        return json_is_integer(value) && json_integer_value(value) > 0;
    default:
        return true;
    }
}

int feed_check_settings(const struct adapter *adapter, const json_t *declaration, const char *whole,
                        const char *where, struct error *error)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)declaration, name, value)
    {
        const struct setting *setting = setting_find(adapter->settings, name);
        if (strcmp(name, "kind") == 0 || strcmp(name, "line") == 0)
            continue;
        if (!setting || (whole && !setting->of_whole))
            return error_set(error, ERROR_USAGE, where, "import.%s has no setting `%s`%s%s",
                             adapter->kind, name, whole ? " for " : "", whole ? whole : "");
        if (setting->wants && !fits(setting->type, value))
            return error_set(error, ERROR_USAGE, where, "`%s` must be %s", name, setting->wants);
    }
    return 0;
}

int feed_find_table(const struct import *import, const json_t *declaration, const char *where,
                    struct error *error)
{
    const struct model *model = import->data->model;
    const char *name = json_string_value(json_object_get(declaration, "table"));
    if (!name)
        return error_set(error, ERROR_USAGE, where, "an import of a file needs its `table`");
    int table = model_find_table(model, name);
    if (table >= 0)
        return table;
    const char **names = arena_take(import->arena, (size_t)model->table_count, sizeof *names);
    for (int i = 0; i < model->table_count; i++)
        names[i] = model->tables[i].name;
    const char *near = nearest_name(name, names, (size_t)model->table_count);
    error_set(error, ERROR_USAGE, where, "the model has no table \"%s\"%s%s%s", name,
              near ? " (meant \"" : "", near ? near : "", near ? "\"?)" : "");
    return -1;
}
