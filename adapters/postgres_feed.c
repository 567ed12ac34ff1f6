// SPDX-License-Identifier: MIT
// First the columns, as the server describes them, and the mapping to them; then the rows. A large
// table is read in ranges of its blocks, cut by the table's size alone, so that order, hash and
// record are the same for any number of connections; row numbers run on from part to part once all
// are there. The first failure stops the other parts of its feed and is the one that is told.
#include "adapters/postgres_feed.h"

#include "adapters/feed_header.h"
#include "adapters/postgres_copy.h"
#include "adapters/postgres_error.h"
#include "engine/base/hash.h"
#include "engine/base/nearest.h"

#include <string.h>

enum { PART_BYTES = 8 << 20 };

struct piece {
    struct postgres_feed *source;
    struct postgres_copy copy;
};

struct postgres_feed { // in the feed's arena, with all that it has
    struct feed *feed;
    struct postgres_server *server;
    const char *relation, *query;
    int64_t bytes, block_size;
    // Of the reading.
    struct postgres_columns columns;
    int *slots; // columns that are sent
    size_t slot_count;
    bool *days; // columns that fill dates only
    struct piece *pieces;
    size_t piece_count;
    _Atomic size_t left;  // pieces
    _Atomic bool stopped; // one has failed
};

void postgres_feed_set(struct feed *feed, struct postgres_server *server,
                       const struct postgres_source *source)
{
    struct postgres_feed *state = arena_take(feed->arena, 1, sizeof *state);
    state->feed = feed;
    state->server = postgres_server_share(server);
    state->relation = arena_text(feed->arena, source->relation);
    state->query = arena_text(feed->arena, source->query);
    state->columns.arena = feed->arena;
    state->bytes = source->bytes;
    state->block_size = source->block_size;
    feed->state = state;
    feed->details = json_pack("{s:o}", "server", postgres_server_describe(server));
    if (state->query)
        json_object_set_new(feed->details, "query", json_string(state->query));
    else
        json_object_set_new(feed->details, "relation", json_string(state->relation));
}

static void drop_parts(struct postgres_feed *state)
{
    for (size_t i = 0; i < state->piece_count; i++)
        part_free(state->pieces[i].copy.part);
}

void postgres_feed_release(struct feed *feed)
{
    struct postgres_feed *state = feed->state;
    if (!state)
        return;
    drop_parts(state);
    postgres_server_release(state->server);
}

void postgres_feed_rewind(struct feed *feed)
{
    struct postgres_feed *state = feed->state;
    drop_parts(state);
    state->columns.count = state->piece_count = state->slot_count = 0;
}

struct postgres_server *postgres_feed_server(const struct feed *feed)
{
    const struct postgres_feed *state = feed->state;
    return state->server;
}

// ---- what the declaration says of the columns

static int fail_missing(const struct postgres_feed *state, const char *name, const char *field)
{
    const struct postgres_columns *columns = &state->columns;
    struct feed *feed = state->feed;
    const char **names = arena_take(feed->arena, columns->count, sizeof *names);
    for (size_t i = 0; i < columns->count; i++)
        names[i] = columns->items[i].name;
    const char *near = nearest_name(name, names, columns->count);
    struct buffer all = {0};
    for (size_t i = 0; i < columns->count && all.length < 600; i++)
        buffer_printf(&all, "%s%.60s", i ? ", " : "", names[i]);
    error_set(&feed->error, ERROR_SOURCE, feed->name,
              "there is no column \"%s\", which %s needs (%s)%s%s%s; it has: %s%s", name, field,
              feed->where, near ? "; meant \"" : "", near ? near : "", near ? "\"?" : "",
              buffer_text(&all), all.length < 600 ? "" : ", …");
    buffer_clear(&all);
    return -1;
}

static int check_named(const struct postgres_feed *state)
{
    const json_t *columns = json_object_get(state->feed->declaration, "columns"), *entry;
    size_t index;
    json_array_foreach(columns, index, entry)
    {
        const char *field = json_string_value(json_object_get(entry, "field"));
        const char *name = json_string_value(json_object_get(entry, "source"));
        const char *mark =
            json_string_value(json_object_get(json_object_get(entry, "negate"), "source"));
        if (name && postgres_columns_find(&state->columns, name) < 0)
            return fail_missing(state, name, field);
        if (mark && postgres_columns_find(&state->columns, mark) < 0)
            return fail_missing(state, mark, field);
    }
    return 0;
}

// Goes through what fills what: types that cannot be read, and moments of which only the day is
// wanted.
static int check_types(struct postgres_feed *state)
{
    struct feed *feed = state->feed;
    const struct model_table *table = &feed->import->data->model->tables[feed->table];
    json_t *filled = mapping_describe(feed->mapping), *entry;
    size_t index;
    int outcome = 0;
    bool *others = arena_take(feed->arena, state->columns.count, sizeof *others);
    json_array_foreach(filled, index, entry)
    {
        const char *source = json_string_value(json_object_get(entry, "source"));
        int column = source ? postgres_columns_find(&state->columns, source) : -1;
        int field = model_find_field(table, json_string_value(json_object_get(entry, "field")));
        if (column < 0)
            continue;
        if (outcome == 0 && state->columns.items[column].refused)
            outcome =
                postgres_column_refuse(&state->columns.items[column], feed->name, &feed->error);
        if (table->fields[field].type == TYPE_DATE)
            state->days[column] = true;
        else
            others[column] = true;
    }
    for (size_t i = 0; i < state->columns.count; i++)
        state->days[i] = state->days[i] && !others[i];
    json_decref(filled);
    return outcome;
}

// Does this source column fill a key column of the model as it stands?
static bool fills_key(const struct postgres_feed *state, const json_t *filled, const char *name)
{
    const struct feed *feed = state->feed;
    const struct model_table *table = &feed->import->data->model->tables[feed->table];
    for (size_t i = 0; i < json_array_size(filled); i++) {
        const json_t *entry = json_array_get(filled, i);
        const char *source = json_string_value(json_object_get(entry, "source"));
        int field = model_find_field(table, json_string_value(json_object_get(entry, "field")));
        if (source && strcmp(source, name) == 0 && table->fields[field].key)
            return true;
    }
    return false;
}

// Rows of a table are known by their keys where its primary key is the model's.
static int find_key(struct postgres_feed *state, PGconn *connection)
{
    static const char sql[] =
        "SELECT a.attname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a"
        " ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
        " WHERE i.indisprimary AND i.indrelid = $1::pg_catalog.regclass";
    struct feed *feed = state->feed;
    const struct model_table *table = &feed->import->data->model->tables[feed->table];
    const char *relation = state->relation;
    PGresult *result = PQexecParams(connection, sql, 1, NULL, &relation, NULL, NULL, 0);
    json_t *filled = mapping_describe(feed->mapping);
    int outcome = 0;
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        outcome = postgres_fail(&feed->error, feed->name, connection, result, relation);
    else
        feed->keyed = PQntuples(result) == table->key_count && table->key_count > 0;
    for (int row = 0; feed->keyed && row < table->key_count; row++)
        feed->keyed = fills_key(state, filled, PQgetvalue(result, row, 0));
    json_decref(filled);
    PQclear(result);
    return outcome;
}

static bool holds(const json_t *names, const char *name)
{
    for (size_t i = 0; i < json_array_size(names); i++)
        if (strcmp(json_string_value(json_array_get(names, i)), name) == 0)
            return true;
    return false;
}

// Of a table only the columns that are used are asked for: others may be large, of types that are
// not read, or not allowed. A query is sent as it was written.
static void choose_columns(struct postgres_feed *state)
{
    // An intake asks for columns that no field takes.
    json_t *unmapped =
        state->relation && !state->feed->intake ? mapping_unmapped(state->feed->mapping) : NULL;
    state->slots = arena_take(state->feed->arena, state->columns.count, sizeof *state->slots);
    for (size_t i = 0; i < state->columns.count; i++)
        if (!holds(unmapped, state->columns.items[i].name))
            state->slots[state->slot_count++] = (int)i;
    json_decref(unmapped);
}

static int map_columns(struct postgres_feed *state)
{
    struct feed *feed = state->feed;
    size_t count = state->columns.count;
    if (check_named(state) != 0)
        return -1;
    const char **names = arena_take(feed->arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = state->columns.items[i].name;
    if (feed_header_map(feed, names, count) != 0) {
        feed->error.kind = ERROR_SOURCE; // the declaration was found right; the table is another
        return -1;
    }
    state->days = arena_take(feed->arena, count, sizeof *state->days);
    if (check_types(state) != 0)
        return -1;
    choose_columns(state);
    return 0;
}

// ---- pieces

static void add_select(const struct postgres_feed *state, PGconn *connection, struct buffer *sql)
{
    buffer_add_text(sql, "SELECT ");
    for (size_t i = 0; i < state->slot_count; i++) {
        const char *name = state->columns.items[state->slots[i]].name;
        buffer_add_text(sql, i ? ", " : "");
        postgres_add_identifier(connection, name, sql);
    }
    buffer_printf(sql, " FROM %s", state->relation);
}

// The condition for the blocks [from, to); to < 0: all that follow.
static void add_blocks(struct buffer *sql, int64_t from, int64_t to)
{
    buffer_printf(sql, " WHERE ctid >= '(%lld,0)'", (long long)from);
    if (to >= 0)
        buffer_printf(sql, " AND ctid < '(%lld,0)'", (long long)to);
}

static const char *copy_sql(const struct postgres_feed *state, PGconn *connection, size_t piece,
                            int64_t blocks)
{
    struct buffer sql = {0};
    buffer_add_text(&sql, "COPY (");
    if (state->query)
        buffer_printf(&sql, "\n%s\n", state->query);
    else
        add_select(state, connection, &sql);
    if (state->piece_count > 1)
        add_blocks(&sql, (int64_t)piece * blocks,
                   piece + 1 < state->piece_count ? (int64_t)(piece + 1) * blocks : -1);
    buffer_add_text(&sql, ") TO STDOUT");
    return arena_text_of(state->feed->arena, &sql);
}

static void make_pieces(struct postgres_feed *state, PGconn *connection)
{
    const struct import_options *options = state->feed->import->options;
    int64_t wanted = options->piece_size ? (int64_t)options->piece_size : PART_BYTES;
    int64_t all = state->block_size ? state->bytes / state->block_size : 0, blocks = 0;
    state->piece_count = 1;
    if (all > 1 && state->bytes > wanted && !state->feed->intake) {
        int64_t count = (state->bytes + wanted - 1) / wanted;
        blocks = (all + count - 1) / count; // all of one size: none keeps the others waiting
        state->piece_count = (size_t)((all + blocks - 1) / blocks);
    }
    state->pieces = arena_take(state->feed->arena, state->piece_count, sizeof *state->pieces);
    for (size_t i = 0; i < state->piece_count; i++) {
        struct piece *piece = &state->pieces[i];
        piece->source = state;
        piece->copy = (struct postgres_copy){.feed = state->feed,
                                             .sql = copy_sql(state, connection, i, blocks),
                                             .relation = state->relation,
                                             .columns = &state->columns,
                                             .slots = state->slots,
                                             .slot_count = state->slot_count,
                                             .days = state->days,
                                             .stopped = &state->stopped};
    }
    if (state->piece_count > 1)
        json_object_set_new(state->feed->details, "parts",
                            json_integer((json_int_t)state->piece_count));
}

// ---- the end of the reading

// The hash of one COPY is that of its bytes; of several, that of their hashes' digits in order.
static void set_hash(struct postgres_feed *state)
{
    char digits[HASH_TEXT];
    struct hash *hash = state->piece_count > 1 ? hash_new() : NULL;
    for (size_t i = 0; hash && i < state->piece_count; i++)
        hash_add(hash, state->pieces[i].copy.sha256, HASH_TEXT - 1);
    if (hash)
        hash_finish(hash, digits);
    state->feed->sha256 =
        arena_text(state->feed->arena, hash ? digits : state->pieces[0].copy.sha256);
}

static void hand_over(struct postgres_feed *state)
{
    struct feed *feed = state->feed;
    int64_t before = 0;
    feed->parts = arena_take(feed->arena, state->piece_count, sizeof *feed->parts);
    for (size_t i = 0; i < state->piece_count; i++) {
        struct part *part = state->pieces[i].copy.part;
        if (before)
            part_shift_lines(part, before); // each was read as if it were the first
        before += (int64_t)part_rows(part) + (int64_t)part_rejected(part);
        feed->parts[feed->part_count++] = part;
        feed->bytes += state->pieces[i].copy.bytes;
        feed->records += (size_t)state->pieces[i].copy.rows;
        state->pieces[i].copy.part = NULL;
    }
    set_hash(state);
    // The storage was an estimate of what would come.
    atomic_fetch_add(&feed->import->bytes_total, feed->bytes - state->bytes);
}

// The first failure is the one that counts; the others only stopped because of it.
static void stop(struct postgres_feed *state, const struct error *error)
{
    if (atomic_exchange(&state->stopped, true))
        return;
    state->feed->error = *error;
    feed_fail(state->feed);
}

static void end_piece(struct postgres_feed *state)
{
    if (atomic_fetch_sub(&state->left, 1) == 1 && !atomic_load(&state->stopped))
        hand_over(state);
}

static void run_piece(void *context)
{
    struct piece *piece = context;
    struct postgres_feed *state = piece->source;
    struct error error;
    PGconn *connection = NULL;
    if (!atomic_load(&state->stopped)) {
        connection = postgres_server_take(state->server, state->feed->name, &error);
        if (!connection || postgres_copy_read(&piece->copy, connection, &error) != 0)
            stop(state, &error);
    }
    if (connection)
        postgres_server_give(state->server, connection);
    end_piece(state);
}

// All pieces over one connection, one after the other.
static void read_in_turn(struct postgres_feed *state, PGconn *connection)
{
    struct error error;
    for (size_t i = 0; i < state->piece_count && !atomic_load(&state->stopped); i++) {
        if (postgres_copy_read(&state->pieces[i].copy, connection, &error) != 0)
            stop(state, &error);
    }
    if (!atomic_load(&state->stopped))
        hand_over(state);
}

static int open_source(struct postgres_feed *state, PGconn *connection)
{
    struct feed *feed = state->feed;
    struct buffer sql = {0};
    if (state->query)
        buffer_add_text(&sql, state->query);
    else
        buffer_printf(&sql, "SELECT * FROM %s", state->relation);
    int outcome = postgres_columns_read(&state->columns, connection, buffer_text(&sql),
                                        state->relation, feed->name, &feed->error);
    buffer_clear(&sql);
    if (outcome != 0 || map_columns(state) != 0 ||
        (state->relation && find_key(state, connection) != 0))
        return -1;
    make_pieces(state, connection);
    feed->encoding = "UTF-8";
    return 0;
}

void postgres_feed_read(struct feed *feed)
{
    struct postgres_feed *state = feed->state;
    struct import *import = feed->import;
    PGconn *connection = postgres_server_take(state->server, feed->name, &feed->error);
    if (!connection) {
        feed_fail(feed);
        return;
    }
    atomic_fetch_add(&import->bytes_total, state->bytes);
    bool parallel = false;
    if (open_source(state, connection) != 0) {
        feed_fail(feed);
    } else if (state->piece_count == 1 || import->options->jobs <= 1) {
        read_in_turn(state, connection);
    } else {
        parallel = true;
        atomic_init(&state->left, state->piece_count);
    }
    postgres_server_give(state->server, connection);
    for (size_t i = 0; parallel && i < state->piece_count; i++)
        pool_add(import->pool, run_piece, &state->pieces[i], true);
}
