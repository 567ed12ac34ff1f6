// SPDX-License-Identifier: MIT
// Words are folded and numbered by a dictionary; of each stand the meanings, the model's own first,
// then those of rules/packs/words.csv in its order. A header is looked for whole, then without what
// stands in brackets, then behind its last slash or point: the first that finds something is taken.
#include "guess/terms.h"

#include "adapters/listing.h"
#include "adapters/text_fold.h"
#include "engine/base/arena.h"
#include "engine/base/dictionary.h"
#include "engine/base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum { TEXT, LANGUAGE, TABLES, FIELD, VALUE, MEANING, SYSTEM, SOURCE };
static const char *const columns[] = {"word",    "language", "table",  "field", "value",
                                      "meaning", "system",   "source", NULL};

struct meanings {
    const struct term **items;
    size_t count;
};

struct terms {
    const struct model *model;
    struct arena *arena;          // of all but the dictionary
    struct dictionary *texts;     // folded
    struct meanings *meanings;    // by code
    size_t text_count;            // codes that have any
    const char **totals, **nulls; // as they are written
    size_t total_count, null_count;
    struct table_name *names; // of tables
    size_t name_count;
};

struct table_name {
    const char *folded;
    size_t length;
    int table;
};

// ---- folding

void term_fold(const char *text, struct buffer *out)
{
    struct buffer folded = {0};
    text_fold(text, &folded);
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)buffer_text(&folded);
    utf8proc_int32_t point;
    utf8proc_ssize_t used;
    for (; *at && (used = utf8proc_iterate(at, -1, &point)) > 0; at += used) {
        utf8proc_category_t category = utf8proc_category(point);
        if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO)
            buffer_add(out, at, (size_t)used);
    }
    buffer_clear(&folded);
}

// ---- adding

static void add(struct terms *terms, const struct term *term)
{
    struct buffer folded = {0};
    term_fold(term->text, &folded);
    uint32_t code = dictionary_add(terms->texts, buffer_text(&folded), folded.length);
    struct arena *arena = terms->arena;
    if (code == terms->text_count) {
        terms->meanings =
            arena_extend(arena, terms->meanings, terms->text_count, sizeof *terms->meanings);
        terms->meanings[terms->text_count++] = (struct meanings){0};
    }
    struct meanings *meanings = &terms->meanings[code];
    meanings->items =
        arena_extend(arena, meanings->items, meanings->count, sizeof *meanings->items);
    struct term *kept = arena_take(arena, 1, sizeof *kept);
    *kept = *term;
    meanings->items[meanings->count++] = kept;
    if (!term->field && term->table >= 0) {
        terms->names = arena_extend(arena, terms->names, terms->name_count, sizeof *terms->names);
        terms->names[terms->name_count++] = (struct table_name){
            arena_text(arena, buffer_text(&folded)), folded.length, term->table};
    }
    buffer_clear(&folded);
}

// A term such as "单据状态 (含 void 作废)" or "单价/价格" goes by what stands before its remark.
static const char *bare_label(struct terms *terms, const char *label)
{
    return label ? arena_text_n(terms->arena, label, strcspn(label, " (/")) : NULL;
}

static void add_label(struct terms *terms, const char *label, int table, const char *field)
{
    const char *text = bare_label(terms, label);
    if (text && *text)
        add(terms,
            &(struct term){.text = text, .table = table, .field = field, .strength = TERM_LABEL});
}

static void add_model(struct terms *terms)
{
    for (int t = 0; t < terms->model->table_count; t++) {
        const struct model_table *table = &terms->model->tables[t];
        add(terms, &(struct term){.text = table->name, .table = t, .strength = TERM_OWN});
        add_label(terms, table->label, t, NULL);
        for (int f = 0; f < table->field_count; f++) {
            const char *name = table->fields[f].name;
            add(terms,
                &(struct term){.text = name, .table = t, .field = name, .strength = TERM_OWN});
            add_label(terms, table->fields[f].label, t, name);
        }
    }
}

static const char *given(struct terms *terms, const char *cell)
{
    return *cell ? arena_text(terms->arena, cell) : NULL;
}

static int check(const struct terms *terms, const struct term *term, const char *table,
                 int64_t line, struct error *error)
{
    if (*table && term->table < 0 && strcmp(table, "*") != 0)
        return error_set(error, ERROR_USAGE, "packs/words.csv", "line %lld: there is no table '%s'",
                         (long long)line, table);
    if (term->table >= 0 && term->field && *term->field != '(' &&
        model_find_field(&terms->model->tables[term->table], term->field) < 0)
        return error_set(error, ERROR_USAGE, "packs/words.csv", "line %lld: %s has no field '%s'",
                         (long long)line, table, term->field);
    return 0;
}

static void add_special(struct terms *terms, const char ***list, size_t *count, const char *text)
{
    *list = arena_extend(terms->arena, *list, *count, sizeof **list);
    (*list)[(*count)++] = arena_text(terms->arena, text);
}

// The row names several tables with blanks between them.
static int add_row(struct terms *terms, const struct listing_row *row, struct error *error)
{
    char *rest = arena_text(terms->arena, row->cells[TABLES]), *table;
    int result = 0;
    if (strcmp(row->cells[FIELD], "(total)") == 0) {
        add_special(terms, &terms->totals, &terms->total_count, row->cells[TEXT]);
        rest = NULL;
    } else if (strcmp(row->cells[FIELD], "(null)") == 0) {
        add_special(terms, &terms->nulls, &terms->null_count, row->cells[TEXT]);
        rest = NULL;
    }
    while (result == 0 && (table = strsep(&rest, " "))) {
        struct term term = {.text = arena_text(terms->arena, row->cells[TEXT]),
                            .system = given(terms, row->cells[SYSTEM]),
                            .table = model_find_table(terms->model, table),
                            .field = given(terms, row->cells[FIELD]),
                            .value = given(terms, row->cells[VALUE]),
                            .meaning = given(terms, row->cells[MEANING])};
        term.strength = term.table < 0 ? TERM_ANYWHERE : TERM_OF_TABLE;
        result = check(terms, &term, table, row->line, error);
        if (result == 0)
            add(terms, &term);
    }
    return result;
}

struct terms *terms_new(const struct model *model, const char *folder, struct error *error)
{
    struct arena *arena = arena_new();
    struct terms *terms = arena_take(arena, 1, sizeof *terms);
    struct listing listing = {0};
    struct buffer path = {0};
    terms->model = model;
    terms->arena = arena;
    terms->texts = dictionary_new();
    add_model(terms);
    buffer_printf(&path, "%s/packs/words.csv", folder);
    int result =
        listing_read(&listing, buffer_text(&path), "packs/words.csv", NULL, columns, error);
    for (size_t i = 0; result == 0 && i < listing.row_count; i++)
        result = listing.rows[i].reason ? error_set_reason(error, ERROR_USAGE, "packs/words.csv",
                                                           listing.rows[i].reason, "line %lld",
                                                           (long long)listing.rows[i].line)
                                        : add_row(terms, &listing.rows[i], error);
    listing_clear(&listing);
    buffer_clear(&path);
    if (result == 0)
        return terms;
    terms_free(terms);
    return NULL;
}

void terms_free(struct terms *terms)
{
    if (!terms)
        return;
    dictionary_free(terms->texts);
    arena_free(terms->arena);
}

// ---- finding

static size_t find(const struct terms *terms, const char *text, const struct term *const **found)
{
    struct buffer folded = {0};
    term_fold(text, &folded);
    uint32_t code = dictionary_find(terms->texts, buffer_text(&folded), folded.length);
    buffer_clear(&folded);
    if (code == DICTIONARY_NONE)
        return 0;
    *found = terms->meanings[code].items;
    return terms->meanings[code].count;
}

size_t terms_find(const struct terms *terms, const char *text, const struct term *const **found)
{
    static const char *const brackets[] = {"(", "（", "[", "【"};
    size_t count = find(terms, text, found);
    for (size_t i = 0; count == 0 && i < sizeof brackets / sizeof *brackets; i++) {
        const char *bracket = strstr(text, brackets[i]);
        char *front = bracket ? memory_text_n(text, (size_t)(bracket - text)) : NULL;
        if (front && *front)
            count = find(terms, front, found);
        free(front);
    }
    const char *slash = strrchr(text, '/'), *point = strrchr(text, '.');
    if (count == 0 && slash && slash[1])
        count = find(terms, slash + 1, found);
    if (count == 0 && point && point[1])
        count = find(terms, point + 1, found);
    return count;
}

int term_field(const struct term *term, const struct model *model, int table)
{
    const struct model_table *it = &model->tables[table];
    if (!term->field || (term->table >= 0 && term->table != table))
        return -1;
    if (strcmp(term->field, "(key)") == 0)
        return it->key[0];
    if (strcmp(term->field, "(date)") == 0)
        return it->period.field >= 0 && it->period.depth == 0 ? it->period.field : -1;
    return model_find_field(it, term->field);
}

const char *terms_value(const struct terms *terms, const struct model *model, int table, int field,
                        const char *text)
{
    const struct term *const *found;
    size_t count = find(terms, text, &found);
    const char *value = NULL;
    enum term_strength best = 0;
    for (size_t i = 0; i < count; i++)
        if (found[i]->value && term_field(found[i], model, table) == field &&
            found[i]->strength > best) {
            value = found[i]->value;
            best = found[i]->strength;
        }
    return value;
}

enum {
    SHORTEST_MENTION = 5, // bytes; three are one Chinese character
    LONGEST_TOTAL = 60,
};

unsigned terms_name(const struct terms *terms, int table, const char *name)
{
    struct buffer folded = {0}, bare = {0};
    unsigned best = 0;
    term_fold(name, &folded);
    for (size_t i = 0; i < folded.length; i++)
        if (folded.data[i] < '0' || folded.data[i] > '9')
            buffer_add_byte(&bare, folded.data[i]);
    for (size_t i = 0; i < terms->name_count; i++) {
        const struct table_name *it = &terms->names[i];
        unsigned found = 0;
        if (it->table != table || it->length == 0)
            continue;
        if (strcmp(it->folded, buffer_text(&folded)) == 0 ||
            strcmp(it->folded, buffer_text(&bare)) == 0)
            found = TERMS_NAMED;
        else if (it->length >= SHORTEST_MENTION && strstr(buffer_text(&bare), it->folded))
            found = (unsigned)(TERMS_MENTIONED * it->length / bare.length);
        if (found > best)
            best = found;
    }
    buffer_clear(&folded);
    buffer_clear(&bare);
    return best;
}

// Letters behind a word in Latin letters make it another: "Summer" is no sum.
static bool ends_word(const char *rest, const char *word)
{
    return (unsigned char)word[0] >= 0x80 || !isalpha((unsigned char)*rest);
}

bool terms_is_null(const struct terms *terms, const char *text)
{
    for (size_t i = 0; i < terms->null_count; i++)
        if (strcmp(text, terms->nulls[i]) == 0)
            return true;
    return false;
}

bool terms_is_total(const struct terms *terms, const char *text)
{
    size_t length = strlen(text);
    if (length > LONGEST_TOTAL)
        return false;
    for (size_t i = 0; i < terms->total_count; i++) {
        const char *word = terms->totals[i];
        size_t size = strlen(word);
        if (length < size)
            continue;
        if (strncasecmp(text, word, size) == 0 && ends_word(text + size, word))
            return true;
        if (strcasecmp(text + length - size, word) == 0 &&
            (length == size || ends_word(text + length - size - 1, word)))
            return true;
    }
    return false;
}

bool terms_is_bare_total(const struct terms *terms, const char *text)
{
    for (size_t i = 0; i < terms->total_count; i++) {
        size_t size = strlen(terms->totals[i]);
        if (strncasecmp(text, terms->totals[i], size) == 0 &&
            (text[size] == '\0' || strcmp(text + size, ":") == 0 || strcmp(text + size, "：") == 0))
            return true;
    }
    return false;
}
