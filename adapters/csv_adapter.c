// SPDX-License-Identifier: MIT
// CSV files as sources: which files an import means, and the tasks that read one of them. A file is
// opened in one task; its hash and its pieces are further tasks.
#include "adapters/decode.h"
#include "adapters/delimited.h"
#include "adapters/feed.h"
#include "adapters/intake.h"
#include "adapters/table_file.h"
#include "engine/base/buffer.h"
#include "engine/base/hash.h"
#include "engine/base/memory.h"
#include "engine/base/reason.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_SIZE = 1 << 20, PIECES_PER_JOB = 2, FIELD_CAP = 16 << 20, HEADER_LINES_TRIED = 40 };

// ---- reading a file

struct piece {
    struct csv_file *file;
    struct record_range range;
    struct part *part;
    int64_t blank_lines;
    size_t records;
    bool fits; // it ended where the next piece begins
};

struct csv_file {
    struct feed *feed;
    struct delimited_dialect dialect;
    struct file_bytes bytes;
    struct decoded text;
    struct delimited_layout layout;
    struct piece *pieces;
    size_t piece_count;
    _Atomic size_t tasks_left;
};

static void file_free(struct csv_file *file)
{
    for (size_t i = 0; i < file->piece_count; i++)
        part_free(file->pieces[i].part);
    free(file->pieces);
    delimited_layout_clear(&file->layout);
    decoded_clear(&file->text);
    file_bytes_clear(&file->bytes);
    free(file);
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
    feed->parts = memory_new(file->piece_count, sizeof *feed->parts);
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
    file_free(file);
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
    char sha256[HASH_TEXT];
    file_bytes_hash(&file->bytes, sha256);
    file->feed->sha256 = memory_text(sha256);
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
    struct record_range *ranges = memory_new(wanted, sizeof *ranges);
    file->piece_count =
        delimited_cut(&file->layout, file->text.bytes, file->text.length, wanted, ranges);
    file->pieces = memory_new(file->piece_count, sizeof *file->pieces);
    for (size_t i = 0; i < file->piece_count; i++)
        file->pieces[i] = (struct piece){.file = file, .range = ranges[i]};
    free(ranges);
}

// ---- a header that does not fit

static bool would_map(struct csv_file *file, const struct delimited_dialect *dialect,
                      struct delimited_layout *layout)
{
    struct feed *feed = file->feed;
    struct error ignored = {0};
    if (delimited_layout_read(layout, dialect, file->text.bytes, file->text.length, feed->name,
                              &ignored) != 0)
        return false;
    struct source_columns columns = {.names = (const char *const *)layout->names,
                                     .count = layout->columns,
                                     .source = feed->name};
    struct source_columns all = intake_columns(feed, &columns);
    struct mapping *mapping = mapping_new(feed->import->data->model, feed->table, feed->declaration,
                                          &all, feed->where, &ignored);
    mapping_free(mapping);
    return mapping != NULL;
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
    struct error *error = &file->feed->error;
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
            buffer_printf(&advice, "; the header stands in line %lld: give `skip = %lld`",
                          (long long)guess.skip + 1, (long long)guess.skip);
    }
    if (advice.length) {
        struct error before = *error;
        error_set(error, before.kind, before.where, "%s%s", before.message, buffer_text(&advice));
    }
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
    struct feed *feed = file->feed;
    struct source_columns columns = {.names = (const char *const *)file->layout.names,
                                     .count = file->layout.columns,
                                     .source = feed->name};
    feed->digest_seed = feed->number + 1;
    for (size_t i = 0; file->layout.names && i < file->layout.columns; i++)
        feed->digest_seed =
            hash_quick(feed->digest_seed, file->layout.names[i], strlen(file->layout.names[i]));
    if (intake_map(feed, &columns) == 0)
        return 0;
    if (!feed->mapping && !feed->missing_key && file->layout.names)
        explain_header(file);
    return -1;
}

// Everything that can fail; after it, only rows and cells can be wrong.
static int open_file(struct csv_file *file)
{
    struct feed *feed = file->feed;
    struct import *import = feed->import;
    const json_t *encoding = json_object_get(feed->declaration, "encoding");
    size_t cap = import->options->field_cap ? import->options->field_cap : FIELD_CAP;
    if (delimited_dialect_read(&file->dialect, feed->declaration, cap, feed->where, &feed->error) !=
            0 ||
        file_bytes_read(&file->bytes, feed->path, feed->name, &feed->error) != 0 ||
        decode(&file->text, &file->bytes, feed->name, json_string_value(encoding), &feed->error) !=
            0 ||
        delimited_layout_read(&file->layout, &file->dialect, file->text.bytes, file->text.length,
                              feed->name, &feed->error) != 0)
        return -1;
    feed->bytes = (int64_t)file->bytes.length;
    feed->encoding = memory_text(file->text.encoding);
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
    struct csv_file *file = memory_new(1, sizeof *file);
    file->feed = feed;
    if (open_file(file) != 0) {
        feed_fail(feed);
        file_free(file);
        return;
    }
    if (feed->mapping)
        cut(file);
    struct pool *pool = feed->import->pool;
    size_t pieces = file->piece_count;
    atomic_init(&file->tasks_left, pieces + 1);
    // After the last task is queued the file may be gone at any moment.
    struct piece *first = file->pieces;
    pool_add(pool, run_hash, file, true);
    for (size_t i = 0; i < pieces; i++)
        pool_add(pool, run_piece, &first[i], true);
}

// ---- the files that an import means

static char *resolve(const struct import *import, const char *name)
{
    struct buffer path = {0};
    if (*name != '/' && *import->base_folder)
        buffer_printf(&path, "%s/", import->base_folder);
    buffer_add_text(&path, name);
    return buffer_take(&path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// Several files, in the order of their names' bytes.
static int plan_pattern(struct import *import, const json_t *declaration, size_t number, int table,
                        const char *pattern, const char *where, struct error *error)
{
    char *path = resolve(import, pattern);
    size_t base = strlen(path) - strlen(pattern);
    glob_t found;
    int result = 0;
    if (glob(path, GLOB_NOSORT, NULL, &found) != 0) {
        result = error_set(error, ERROR_SOURCE, pattern, "no file has a name of that pattern (%s)",
                           where);
    } else {
        qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, by_name);
        for (size_t i = 0; i < found.gl_pathc; i++)
            feed_add(import, &csv_adapter, declaration, number, table, found.gl_pathv[i] + base,
                     found.gl_pathv[i]);
        globfree(&found);
    }
    free(path);
    return result;
}

static int plan_file(struct import *import, const json_t *declaration, size_t number,
                     const char *where, struct error *error)
{
    const char *file = json_string_value(json_object_get(declaration, "file"));
    int table = feed_find_table(import, declaration, where, error);
    if (table < 0 || mapping_check(import->data->model, table, declaration, where, error) != 0 ||
        intake_check(import->data->model, table, declaration, true, where, error) != 0)
        return -1;
    if (strncmp(file, "./", 2) == 0)
        file += 2;
    char *path = resolve(import, file);
    int result = 0;
    if (strpbrk(file, "*?[") && access(path, F_OK) != 0)
        result = plan_pattern(import, declaration, number, table, file, where, error);
    else
        feed_add(import, &csv_adapter, declaration, number, table, file, path);
    free(path);
    return result;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name,
                  (*b)->d_name); // not by the locale: the order must be the same everywhere
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int plan_entry(struct import *import, const json_t *declaration, size_t number,
                      const char *name, const char *entry, struct error *error)
{
    char *path = resolve(import, name);
    struct stat status;
    bool regular = stat(path, &status) == 0 && S_ISREG(status.st_mode);
    int table = table_file_find(import->data->model, entry), result = 0;
    for (size_t i = 0; i < import->feed_count && table >= 0; i++) {
        const struct feed *other = import->feeds[i];
        if (other->from_folder && other->number == number && other->table == table)
            result = error_set(error, ERROR_USAGE, other->where,
                               "both %s and %s are there for %s: remove one of them", other->name,
                               name, import->data->model->tables[table].name);
    }
    if (result == 0 && table >= 0) {
        struct feed *feed = feed_add(import, &csv_adapter, declaration, number, table, name, path);
        feed->from_folder = true;
    } else if (result == 0 && regular) {
        import->folder_files = memory_resize(import->folder_files, import->folder_file_count + 1,
                                             sizeof *import->folder_files);
        import->folder_files[import->folder_file_count++] = memory_text(name);
    }
    free(path);
    return result;
}

static int plan_folder(struct import *import, const json_t *declaration, size_t number,
                       const char *where, struct error *error)
{
    const char *folder = json_string_value(json_object_get(declaration, "folder"));
    char *path = resolve(import, folder);
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_shown, by_bytes), result = 0;
    free(path);
    if (count < 0)
        return error_set_errno(error, ERROR_SOURCE, folder, "the folder cannot be read (%s)",
                               where);
    size_t before = import->feed_count;
    for (int i = 0; i < count; i++) {
        struct buffer name = {0};
        if (strcmp(folder, ".") != 0)
            buffer_printf(&name, "%s%s", folder,
                          *folder && folder[strlen(folder) - 1] == '/' ? "" : "/");
        buffer_add_text(&name, entries[i]->d_name);
        if (result == 0)
            result = plan_entry(import, declaration, number, buffer_text(&name), entries[i]->d_name,
                                error);
        buffer_clear(&name);
        free(entries[i]);
    }
    free(entries);
    if (result == 0 && import->feed_count == before)
        result =
            error_set(error, ERROR_SOURCE, folder,
                      "the folder holds no TABLE.csv or TABLE.csv.gz named like a table of the "
                      "model (%s)",
                      where);
    return result;
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
    char *where = feed_where(import, declaration, number);
    int result = check_common(declaration, where, error);
    if (result == 0 && json_object_get(declaration, "folder"))
        result = plan_folder(import, declaration, number, where, error);
    else if (result == 0)
        result = plan_file(import, declaration, number, where, error);
    free(where);
    return result;
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
    FEED_SETTINGS,
    {0},
};

const struct adapter csv_adapter = {"csv", settings, csv_plan, csv_read_feed, NULL, NULL};
