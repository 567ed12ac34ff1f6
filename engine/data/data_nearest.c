// SPDX-License-Identifier: MIT
// The id that was probably meant by one that finds nothing: equal but for what files lose on their
// way, such as leading zeros. Ids are looked up by what is left of them without all that.
#include "engine/base/memory.h"
#include "engine/base/reason.h"
#include "engine/data/data_inside.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

// Of one column: its ids without what is easily lost, and for each the code of the first such id.
struct nearest_ids {
    int table, field;
    struct dictionary *bare;
    uint32_t *codes;
};

struct nearest_index {
    struct arena *arena; // of it all, but the dictionaries
    struct nearest_ids *items;
    size_t count;
};

enum loss { LOSS_BLANKS = 1, LOSS_CASE = 2, LOSS_WIDTH = 4, LOSS_ZEROS = 8 };
enum { ALL_LOSSES = LOSS_BLANKS | LOSS_CASE | LOSS_WIDTH | LOSS_ZEROS };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Drops blanks, and zeros that lead a number.
static void drop_bytes(const char *text, size_t length, int losses, struct buffer *out)
{
    for (size_t i = 0; i < length; i++) {
        bool blank = text[i] == ' ' || text[i] == '\t';
        bool leads = text[i] == '0' && (i == 0 || !is_digit(text[i - 1])) && i + 1 < length &&
                     is_digit(text[i + 1]);
        if (leads && losses & LOSS_ZEROS) {
            while (i + 1 < length && text[i] == '0' && is_digit(text[i + 1]))
                i++;
            buffer_add_byte(out, text[i]); // the number behind its zeros
        } else if (!blank || !(losses & LOSS_BLANKS)) {
            buffer_add_byte(out, text[i]);
        }
    }
}

static void make_bare(struct text text, int losses, struct buffer *out)
{
    utf8proc_uint8_t *mapped = NULL;
    int options = UTF8PROC_STABLE | (losses & LOSS_CASE ? UTF8PROC_CASEFOLD : 0) |
                  (losses & LOSS_WIDTH ? UTF8PROC_COMPAT | UTF8PROC_COMPOSE : 0);
    utf8proc_ssize_t length = -1;
    if (losses & (LOSS_CASE | LOSS_WIDTH))
        length = utf8proc_map((const utf8proc_uint8_t *)text.bytes, (utf8proc_ssize_t)text.length,
                              &mapped, (utf8proc_option_t)options);
    buffer_reset(out);
    if (length < 0)
        drop_bytes(text.bytes, text.length, losses, out);
    else
        drop_bytes((const char *)mapped, (size_t)length, losses, out);
    free(mapped); // of the library
}

static const struct nearest_ids *find_ids(struct data *data, int table, int field)
{
    struct nearest_index *index = data->nearest;
    if (!index) {
        struct arena *arena = arena_new();
        index = data->nearest = arena_take(arena, 1, sizeof *index);
        index->arena = arena;
    }
    for (size_t i = 0; i < index->count; i++)
        if (index->items[i].table == table && index->items[i].field == field)
            return &index->items[i];
    index->items = arena_extend(index->arena, index->items, index->count, sizeof *index->items);
    struct nearest_ids *ids = &index->items[index->count++];
    const struct table *rows = &data->tables[table];
    struct buffer bare = {0};
    *ids = (struct nearest_ids){table, field, dictionary_new(), NULL};
    ids->codes = arena_take(index->arena, (size_t)rows->rows + 1, sizeof *ids->codes);
    for (uint32_t row = 0; row < rows->rows; row++) {
        int64_t word = column_get(&rows->columns[field], row);
        if (word <= CELL_INVALID)
            continue;
        make_bare(dictionary_get(data->texts, (uint32_t)word), ALL_LOSSES, &bare);
        uint32_t before = dictionary_count(ids->bare);
        uint32_t code = dictionary_add(ids->bare, buffer_text(&bare), bare.length);
        if (code == before)
            ids->codes[code] = (uint32_t)word;
    }
    buffer_clear(&bare);
    return ids;
}

// What the two differ in.
static enum reason difference(struct text a, struct text b)
{
    static const struct {
        int loss;
        enum reason reason;
    } single[] = {{LOSS_BLANKS, REASON_NEAREST_BLANKS},
                  {LOSS_CASE, REASON_NEAREST_CASE},
                  {LOSS_ZEROS, REASON_NEAREST_ZEROS},
                  {LOSS_WIDTH, REASON_NEAREST_WIDTH}};
    enum reason found = REASON_NEAREST_SEVERAL;
    for (size_t i = 0; i < sizeof single / sizeof *single && found == REASON_NEAREST_SEVERAL; i++) {
        struct buffer x = {0}, y = {0};
        make_bare(a, single[i].loss, &x);
        make_bare(b, single[i].loss, &y);
        if (x.length == y.length && memcmp(buffer_text(&x), buffer_text(&y), x.length) == 0)
            found = single[i].reason;
        buffer_clear(&x);
        buffer_clear(&y);
    }
    return found;
}

bool data_nearest_id(struct data *data, int table, int field, const char *text,
                     struct buffer *reason)
{
    if (data->model->tables[table].fields[field].type != TYPE_TEXT ||
        !data->tables[table].columns[field].imported)
        return false;
    const struct nearest_ids *ids = find_ids(data, table, field);
    struct buffer bare = {0};
    struct text wanted = {text, strlen(text)};
    make_bare(wanted, ALL_LOSSES, &bare);
    uint32_t code = dictionary_find(ids->bare, buffer_text(&bare), bare.length);
    buffer_clear(&bare);
    if (code == DICTIONARY_NONE)
        return false;
    struct text near = dictionary_get(data->texts, ids->codes[code]);
    reason_set_with(reason, difference(wanted, near), "%s" REASON_AND "%.*s",
                    data->model->tables[table].name, (int)near.length, near.bytes);
    return true;
}

void data_nearest_clear(struct data *data)
{
    struct nearest_index *index = data->nearest;
    for (size_t i = 0; index && i < index->count; i++)
        dictionary_free(index->items[i].bare);
    if (index)
        arena_free(index->arena);
    data->nearest = NULL;
}
