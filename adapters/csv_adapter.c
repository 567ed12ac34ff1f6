// SPDX-License-Identifier: MIT
// CSV files as sources: which files an import means, and the tasks that read one of them. A file is
// opened in one task; its hash and its pieces are further tasks.
#include "adapters/decode.h"
#include "adapters/delimited.h"
#include "adapters/feed.h"
#include "adapters/feed_files.h"
#include "adapters/feed_header.h"
#include "adapters/intake.h"
#include "adapters/table_file.h"
#include "engine/base/buffer.h"
#include "engine/base/hash.h"
#include "engine/base/reason.h"

#include <string.h>
#include <sys/stat.h>

enum { PIECE_SIZE = 1 << 20, PIECES_PER_JOB = 2, FIELD_CAP = 16 << 20 };

// ---- reading a file

struct piece {
    struct csv_file *file;
    struct record_range range;
    struct part *part;
    int64_t blank_lines;
    size_t records;
    bool fits; // it ended where the next piece begins
};

struct csv_file { // in the feed's arena
    struct feed *feed;
    char sha256[HASH_TEXT];
    struct delimited_dialect dialect;
    struct file_bytes bytes;
    struct decoded text;
    struct delimited_layout layout;
    struct piece *pieces;
    size_t piece_count;
    _Atomic size_t tasks_left;
};

static void file_close(struct csv_file *file)
{
    for (size_t i = 0; i < file->piece_count; i++)
        part_free(file->pieces[i].part);
    delimited_layout_clear(&file->layout);
    decoded_clear(&file->text);
    file_bytes_clear(&file->bytes);
}

static void read_piece(struct piece *piece)
{
    struct csv_file *file = piece->file;
    struct feed *feed = file->feed;
    const struct data *data = feed->import->data;
    part_free(piece->part);
    piece->part = part_new(data->model, feed->table, feed->source, data->scope.zone);
    mapping_add_columns(feed->mapping, piece->part);
    struct delimited_target target = {.mapping = feed->mapping,
                                      .part = piece->part,
                                      .intake = feed->intake,
                                      .digest_seed = feed->digest_seed,
                                      .progress = &feed->import->progress};
    piece->fits = delimited_read(&file->dialect, &file->layout, &piece->range, &target);
    piece->blank_lines = target.blank_lines;
    piece->records = target.records;
}

// The cuts were a guess; when one was wrong, all is read again as one piece.
static void read_whole(struct csv_file *file)
{
    struct progress *progress = &file->feed->import->progress;
    for (size_t i = 0; i < file->piece_count; i++) {
        struct piece *piece = &file->pieces[i];
        atomic_fetch_sub(&progress->rows, (int64_t)part_rows(piece->part));
        part_free(piece->part);
        piece->part = NULL;
    }
    atomic_fetch_sub(&progress->bytes, (int64_t)(file->text.length - file->layout.start));
    file->piece_count = delimited_cut(&file->layout, file->text.bytes, file->text.length, 1,
                                      &file->pieces[0].range);
    read_piece(&file->pieces[0]);
}

static void hand_over(struct csv_file *file)
{
    struct feed *feed = file->feed;
    feed->sha256 = arena_text(feed->arena, file->sha256);
    feed->parts = arena_take(feed->arena, file->piece_count, sizeof *feed->parts);
    feed->blank_lines = file->layout.blank_lines;
    for (size_t i = 0; i < file->piece_count; i++) {
        feed->parts[feed->part_count++] = file->pieces[i].part;
        feed->blank_lines += file->pieces[i].blank_lines;
        feed->records += file->pieces[i].records;
        file->pieces[i].part = NULL;
    }
}

static void end_task(struct csv_file *file)
{
    if (atomic_fetch_sub(&file->tasks_left, 1) > 1)
        return;
    bool fits = true;
    for (size_t i = 0; i < file->piece_count; i++)
        fits = fits && file->pieces[i].fits;
    if (!fits)
        read_whole(file);
    hand_over(file);
    file_close(file);
}

static void run_piece(void *context)
{
    struct piece *piece = context;
    read_piece(piece);
    end_task(piece->file);
}

static void run_hash(void *context)
{
    struct csv_file *file = context;
    file_bytes_hash(&file->bytes, file->sha256);
    end_task(file);
}

static void cut(struct csv_file *file)
{
    const struct import_options *options = file->feed->import->options;
    size_t piece_size = options->piece_size ? options->piece_size : PIECE_SIZE;
    size_t wanted = options->jobs > 1 ? (size_t)options->jobs * PIECES_PER_JOB : 1;
    if (file->text.length / piece_size < wanted)
        wanted = file->text.length / piece_size + 1;
    if (file->feed->intake)
        wanted = 1; // it takes the records in their order
    struct arena *arena = file->feed->arena;
    struct record_range *ranges = arena_take(arena, wanted, sizeof *ranges);
    file->piece_count =
        delimited_cut(&file->layout, file->text.bytes, file->text.length, wanted, ranges);
    file->pieces = arena_take(arena, file->piece_count, sizeof *file->pieces);
    for (size_t i = 0; i < file->piece_count; i++)
        file->pieces[i] = (struct piece){.file = file, .range = ranges[i]};
}

// ---- a header that does not fit

static bool would_map(struct csv_file *file, const struct delimited_dialect *dialect,
                      struct delimited_layout *layout)
{
    struct error ignored = {0};
    return delimited_layout_read(layout, dialect, file->text.bytes, file->text.length,
                                 file->feed->name, &ignored) == 0 &&
           feed_header_fits(file->feed, layout->names, layout->columns);
}

struct guess {
    int64_t skip;
    char delimiter;
};

// What would make the header fit: another delimiter, lines above it, or both. false: nothing.
static bool guess_header(struct csv_file *file, struct guess *guess)
{
    const char delimiters[] = {file->dialect.delimiter, '\t', ';', '|', ','};
    for (int64_t more = 0; more <= HEADER_LINES_TRIED; more++)
        for (size_t i = 0; i < sizeof delimiters; i++) {
            struct delimited_dialect tried = file->dialect;
            struct delimited_layout layout = {0};
            tried.skip += more;
            tried.delimiter = delimiters[i];
            bool fits = would_map(file, &tried, &layout);
            *guess = (struct guess){layout.header_line - 1, delimiters[i]};
            delimited_layout_clear(&layout);
            if (fits)
                return true;
        }
    return false;
}

static const char *delimiter_name(char delimiter)
{
    return delimiter == '\t'  ? "tabs"
           : delimiter == ';' ? "semicolons"
           : delimiter == '|' ? "vertical bars"
                              : "commas";
}

// A title above the header, a delimiter that was not declared: what would make it fit is said.
static void explain_header(struct csv_file *file)
{
    struct guess guess;
    struct buffer advice = {0};
    if (file->text.doubtful)
        buffer_printf(&advice,
                      "; its bytes are valid UTF-8, and its `encoding` is \"%s\": is that right?",
                      file->text.encoding);
    else if (guess_header(file, &guess)) {
        if (guess.delimiter != file->dialect.delimiter)
            buffer_printf(&advice, "; it is separated by %s: give `delimiter = \"%s%c\"`",
                          delimiter_name(guess.delimiter), guess.delimiter == '\t' ? "\\" : "",
                          guess.delimiter == '\t' ? 't' : guess.delimiter);
        if (guess.skip > file->dialect.skip)
            feed_header_add_skip(&advice, guess.skip);
    }
    if (advice.length)
        feed_header_advise(file->feed, buffer_text(&advice));
    buffer_clear(&advice);
}

// ---- opening a file

static void notice_encoding(struct csv_file *file)
{
    struct buffer reason = {0};
    if (!file->text.doubtful)
        return;
    reason_set_with(&reason, REASON_ENCODING_DOUBTED, "%s", file->text.encoding);
    feed_notice(file->feed, 1, NULL, file->text.encoding, buffer_text(&reason));
    buffer_clear(&reason);
}

static void find_surplus(struct csv_file *file)
{
    struct buffer reason = {0};
    size_t records = file->layout.names ? delimited_surplus(&file->layout, &file->dialect,
                                                            file->text.bytes, file->text.length)
                                        : 0;
    if (records == 0)
        return;
    reason_set_with(&reason, REASON_TRAILING_DELIMITER, "%zu", records);
    feed_notice(file->feed, file->layout.line, NULL, NULL, buffer_text(&reason));
    buffer_clear(&reason);
}

static int map_file(struct csv_file *file)
{
    const struct delimited_layout *layout = &file->layout;
    if (feed_header_map(file->feed, layout->names, layout->columns) == 0)
        return 0;
    if (!file->feed->mapping && !file->feed->missing_key && layout->names)
        explain_header(file);
    return -1;
}

// Everything that can fail; after it, only rows and cells can be wrong.
static int open_file(struct csv_file *file)
{
    struct feed *feed = file->feed;
    struct import *import = feed->import;
    const json_t *encoding = json_object_get(feed->declaration, "encoding");
    struct unpack_limit limit = unpack_limit_of(feed->declaration);
    size_t cap = import->options->field_cap ? import->options->field_cap : FIELD_CAP;
    if (delimited_dialect_read(&file->dialect, feed->declaration, cap, feed->where, &feed->error) !=
            0 ||
        file_bytes_read(&file->bytes, feed->path, feed->name, &feed->error) != 0 ||
        decode(&file->text, &file->bytes, feed->name, json_string_value(encoding), &limit,
               &feed->error) != 0 ||
        delimited_layout_read(&file->layout, &file->dialect, file->text.bytes, file->text.length,
                              feed->name, &feed->error) != 0)
        return -1;
    feed->bytes = (int64_t)file->bytes.length;
    feed->encoding = arena_text(feed->arena, file->text.encoding);
    atomic_fetch_add(&import->bytes_total, (int64_t)file->text.length - feed->bytes);
    atomic_fetch_add(&import->progress.bytes, (int64_t)file->layout.start);
    notice_encoding(file);
    if (!file->layout.names && file->layout.columns == 0)
        return 0; // no header and no records: nothing is known of its columns, and nothing needs it
    find_surplus(file);
    return map_file(file);
}

static void csv_read_feed(struct feed *feed)
{
    struct csv_file *file = arena_take(feed->arena, 1, sizeof *file);
    file->feed = feed;
    if (open_file(file) != 0) {
        feed_fail(feed);
        file_close(file);
        return;
    }
    if (feed->mapping)
        cut(file);
    struct pool *pool = feed->import->pool;
    size_t pieces = file->piece_count;
    atomic_init(&file->tasks_left, pieces + 1);
    // After the last task is queued the file may be closed at any moment.
    struct piece *first = file->pieces;
    pool_add(pool, run_hash, file, true);
    for (size_t i = 0; i < pieces; i++)
        pool_add(pool, run_piece, &first[i], true);
}

// ---- the files that an import means

// The import at hand.
struct planning {
    struct import *import;
    const json_t *declaration;
    size_t number;
    int table; // of a file; -1: of a folder
};

static int plan_one(void *context, const char *name, const char *path, struct error *error)
{
    const struct planning *plan = context;
    (void)error;
    feed_add(plan->import, &csv_adapter, plan->declaration, plan->number, plan->table, name, path);
    return 0;
}

static int plan_file(struct planning *plan, const char *where, struct error *error)
{
    const char *file = json_string_value(json_object_get(plan->declaration, "file"));
    const struct model *model = plan->import->data->model;
    plan->table = feed_find_table(plan->import, plan->declaration, where, error);
    if (plan->table < 0 ||
        mapping_check(model, plan->table, plan->declaration, where, error) != 0 ||
        intake_check(model, plan->table, plan->declaration, true, where, error) != 0)
        return -1;
    return feed_files_visit(plan->import, file, where, plan_one, plan, error);
}

static int plan_entry(void *context, const char *name, const char *path, struct error *error)
{
    static const char *const endings[] = {".csv", ".csv.gz", NULL};
    const struct planning *plan = context;
    struct feed *feed;
    struct stat status;
    const char *slash = strrchr(name, '/');
    int table = table_file_find(plan->import->data->model, slash ? slash + 1 : name, endings);
    if (table >= 0)
        return feed_add_of_whole(plan->import, &csv_adapter, plan->declaration, plan->number, table,
                                 name, path, &feed, error);
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
        feed_note_unused(plan->import, name);
    return 0;
}

static int plan_folder(struct planning *plan, const char *where, struct error *error)
{
    const char *folder = json_string_value(json_object_get(plan->declaration, "folder"));
    size_t before = plan->import->feed_count;
    if (feed_folder_visit(plan->import, folder, where, plan_entry, plan, error) != 0)
        return -1;
    if (plan->import->feed_count > before)
        return 0;
    return error_set(error, ERROR_SOURCE, folder,
                     "the folder holds no TABLE.csv or TABLE.csv.gz named like a table of the "
                     "model (%s)",
                     where);
}

static int check_common(const json_t *declaration, const char *where, struct error *error)
{
    struct delimited_dialect dialect;
    const json_t *encoding = json_object_get(declaration, "encoding");
    const char *whole = json_object_get(declaration, "folder") ? "a folder" : NULL;
    if (feed_check_settings(&csv_adapter, declaration, whole, where, error) != 0 ||
        delimited_dialect_read(&dialect, declaration, FIELD_CAP, where, error) != 0 ||
        decode_check(json_string_value(encoding), where, error) != 0)
        return -1;
    if (json_is_string(json_object_get(declaration, "folder")) ||
        json_is_string(json_object_get(declaration, "file")))
        return 0;
    return error_set(error, ERROR_USAGE, where, "import.csv needs `folder`, or `table` and `file`");
}

static int csv_plan(struct import *import, const json_t *declaration, size_t number,
                    struct error *error)
{
    struct planning plan = {import, declaration, number, -1};
    const char *where = feed_where(import, declaration, number);
    if (check_common(declaration, where, error) != 0)
        return -1;
    return json_object_get(declaration, "folder") ? plan_folder(&plan, where, error)
                                                  : plan_file(&plan, where, error);
}

static const struct setting settings[] = {
    {"folder", .type = SETTING_TEXT, .of_whole = true},
    {"table", .type = SETTING_TEXT},
    {"file", .type = SETTING_TEXT},
    {"encoding", .type = SETTING_TEXT, .of_whole = true, .wants = "the name of an encoding"},
    {"delimiter", .type = SETTING_TEXT, .of_whole = true},
    {"header", .type = SETTING_BOOLEAN, .of_whole = true, .wants = "true or false"},
    {"field_cap", .type = SETTING_NUMBER, .of_whole = true, .wants = "a number of bytes"},
    {"skip", .type = SETTING_COUNT, .of_whole = true, .wants = "a number of lines"},
    UNPACK_LIMIT_SETTING,
    FEED_SETTINGS,
    {0},
};

const struct adapter csv_adapter = {"csv", settings, csv_plan, csv_read_feed, NULL, NULL};
