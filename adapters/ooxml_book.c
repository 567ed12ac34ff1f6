// SPDX-License-Identifier: MIT
// An .xlsx file's own parts, followed by relations and not by the names that Excel happens to give
// them: the package leads to the workbook, the workbook to sheets, shared strings and styles.
//
// What every sheet says is read at the opening; the texts and styles are read when the first sheet
// needs them, once, under a lock, and are read-only from then on. A part that is missing is no
// fault until a cell refers to it.
#include "adapters/ooxml_book.h"

#include "adapters/file_kind.h"
#include "adapters/workbook.h"
#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

// More than any workbook has, and few enough to look through.
enum { TEXTS_MAX = 1 << 30, STRINGS_MAX = 1 << 26 };
enum { SHEETS_MAX = 4096, RELATIONS_MAX = 16384, FORMATS_MAX = 4096, STYLES_MAX = 65536 };

// ---- relations

struct relation {
    const char *id, *type, *target;
};

struct relations {
    struct arena *arena;
    struct relation *items;
    size_t count;
};

static int on_relation(void *context, const char *name, const char **attributes)
{
    struct relations *relations = context;
    const char *id = ooxml_attribute(attributes, "Id"), *type = ooxml_attribute(attributes, "Type");
    const char *target = ooxml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        relations->count == RELATIONS_MAX)
        return 0;
    const char *word = strrchr(type, '/'); // the same in both forms of the standard
    struct arena *arena = relations->arena;
    relations->items =
        arena_extend(arena, relations->items, relations->count, sizeof *relations->items);
    relations->items[relations->count++] =
        (struct relation){arena_text(arena, id), arena_text(arena, word ? word + 1 : type),
                          arena_text(arena, target)};
    return 0;
}

static int ignore_end(void *context, const char *name)
{
    (void)context, (void)name;
    return 0;
}

// The relations of a part ("": of the package), which may have none.
static int read_relations(struct ooxml_package *package, const char *part,
                          struct relations *relations, struct error *error)
{
    struct buffer name = {0};
    const char *slash = strrchr(part, '/');
    const char *base = slash ? slash + 1 : part;
    buffer_add(&name, part, (size_t)(base - part));
    buffer_printf(&name, "_rels/%s.rels", base);
    struct ooxml_reader reader = {.context = relations, .start = on_relation, .end = ignore_end};
    int result = ooxml_package_has(package, buffer_text(&name))
                     ? ooxml_package_read(package, buffer_text(&name), &reader, error)
                     : 0;
    buffer_clear(&name);
    return result;
}

// The part of the first relation of a type, or of an id; NULL: there is none.
static const char *related(const struct relations *relations, const char *part, const char *type,
                           const char *id)
{
    for (size_t i = 0; i < relations->count; i++) {
        const struct relation *it = &relations->items[i];
        if ((!type || strcmp(it->type, type) == 0) && (!id || strcmp(it->id, id) == 0))
            return ooxml_part_name(relations->arena, part, it->target);
    }
    return NULL;
}

// ---- the workbook's own part

struct listing {
    struct ooxml_book *book;
    const struct relations *relations;
    const char *part;
};

static void add_sheet(struct listing *listing, const char **attributes)
{
    struct ooxml_book *book = listing->book;
    const char *name = ooxml_attribute(attributes, "name"), *id = ooxml_attribute(attributes, "id");
    const char *state = ooxml_attribute(attributes, "state");
    book->sheets = arena_extend(book->arena, book->sheets, book->sheet_count, sizeof *book->sheets);
    book->sheets[book->sheet_count++] = (struct ooxml_sheet_part){
        .name = arena_text(book->arena, name ? name : ""),
        .part = id ? related(listing->relations, listing->part, "worksheet", id) : NULL,
        .hidden = state && strcmp(state, "visible") != 0};
}

static int on_workbook(void *context, const char *name, const char **attributes)
{
    struct listing *listing = context;
    if (strcmp(name, "sheet") == 0 && listing->book->sheet_count < SHEETS_MAX)
        add_sheet(listing, attributes);
    else if (strcmp(name, "workbookPr") == 0)
        listing->book->late = ooxml_is_true(ooxml_attribute(attributes, "date1904"));
    else if (strcmp(name, "calcPr") == 0)
        listing->book->stale = ooxml_is_true(ooxml_attribute(attributes, "fullCalcOnLoad"));
    return 0;
}

static const char *foreign_package(const struct ooxml_package *package)
{
    static const char *const kinds[][2] = {
        {"xl/workbook.bin", "is a binary workbook (.xlsb)"},
        {"content.xml", "is an OpenDocument file (.ods)"},
        {"word/document.xml", "is a text document (.docx)"},
        {"ppt/presentation.xml", "is a presentation (.pptx)"},
        {"Index/Document.iwa", "is a Numbers document"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ooxml_package_has(package, kinds[i][0]))
            return kinds[i][1];
    return "is a ZIP archive that holds no workbook";
}

static int list_parts(struct ooxml_book *book, struct ooxml_package *package, const char *part,
                      struct error *error)
{
    struct relations relations = {.arena = book->arena};
    struct listing listing = {book, &relations, part};
    struct ooxml_reader reader = {.context = &listing, .start = on_workbook, .end = ignore_end};
    int result = read_relations(package, part, &relations, error);
    if (result == 0)
        result = ooxml_package_read(package, part, &reader, error);
    book->strings_part = related(&relations, part, "sharedStrings", NULL);
    book->styles_part = related(&relations, part, "styles", NULL);
    if (result == 0 && book->sheet_count == 0)
        return error_set(error, ERROR_SOURCE, book->name, "is a workbook without sheets");
    return result;
}

static int read_package(struct ooxml_book *book, struct ooxml_package *package, struct error *error)
{
    struct relations relations = {.arena = book->arena};
    if (read_relations(package, "", &relations, error) != 0)
        return -1;
    const char *part = related(&relations, "", "officeDocument", NULL);
    if (!part)
        part = "xl/workbook.xml";
    return ooxml_package_has(package, part) && !strstr(part, ".bin")
               ? list_parts(book, package, part, error)
               : error_set(error, ERROR_SOURCE, book->name,
                           "%s; save it as a workbook (.xlsx) and import that",
                           foreign_package(package));
}

int ooxml_book_open(struct ooxml_book *book, const char *path, const struct unpack_limit *limit,
                    struct error *error)
{
    const char *name = book->name;
    book->limit = *limit;
    pthread_mutex_init(&book->mutex, NULL);
    if (file_bytes_read(&book->file, path, name, error) != 0)
        return -1;
    book->limit.packed = (int64_t)book->file.length;
    if (book->file.length == 0)
        return error_set(error, ERROR_SOURCE, name, "is empty: a workbook was expected");
    enum file_kind kind = file_kind_of(book->file.bytes, book->file.length);
    if (kind != FILE_ZIP)
        return file_kind_refuse(kind, "xlsx", name, error);
    struct ooxml_package *package = ooxml_package_new(&book->file, name, &book->limit, error);
    int result = package ? read_package(book, package, error) : -1;
    ooxml_package_free(package);
    return result;
}

void ooxml_book_close(struct ooxml_book *book)
{
    free(book->ends);
    buffer_clear(&book->texts);
    file_bytes_clear(&book->file);
    pthread_mutex_destroy(&book->mutex);
}

// ---- shared strings

// _x000D_ is a carriage return, _x005F_ the first of such five characters meant as they stand.
static size_t escaped(const char *at, size_t left, utf8proc_int32_t *point)
{
    *point = 0;
    if (left < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        char c = at[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                           : -1;
        if (digit < 0)
            return 0;
        *point = *point * 16 + digit;
    }
    return *point && utf8proc_codepoint_valid(*point) ? 7 : 0;
}

void ooxml_unescape(struct buffer *out, size_t from)
{
    size_t to = from;
    if (out->length == from || !memmem(out->data + from, out->length - from, "_x", 2))
        return;
    for (size_t at = from; at < out->length;) {
        utf8proc_int32_t point;
        size_t length = escaped(out->data + at, out->length - at, &point);
        if (length)
            to += (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out->data + to);
        else
            out->data[to++] = out->data[at];
        at += length ? length : 1;
    }
    out->length = to;
}

struct strings {
    struct ooxml_book *book;
    bool within, shown; // of a string; of text that is shown
    int phonetic;       // depth of what says how to pronounce it
    size_t from;
};

static int on_string(void *context, const char *name, const char **attributes)
{
    struct strings *strings = context;
    (void)attributes;
    if (strcmp(name, "si") == 0) {
        strings->within = true;
        strings->from = strings->book->texts.length;
    }
    strings->phonetic += strcmp(name, "rPh") == 0;
    strings->shown = strings->within && !strings->phonetic && strcmp(name, "t") == 0;
    return 0;
}

static int on_string_text(void *context, const char *bytes, size_t length)
{
    struct strings *strings = context;
    if (strings->shown)
        buffer_add(&strings->book->texts, bytes, length);
    return strings->book->texts.length > TEXTS_MAX;
}

static int on_string_end(void *context, const char *name)
{
    struct strings *strings = context;
    struct ooxml_book *book = strings->book;
    strings->shown = false;
    strings->phonetic -= strings->phonetic > 0 && strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") != 0 || !strings->within)
        return 0;
    strings->within = false;
    ooxml_unescape(&book->texts, strings->from);
    book->string_capacity = memory_grow((void **)&book->ends, book->string_count,
                                        book->string_capacity, sizeof *book->ends);
    book->ends[book->string_count++] = book->texts.length;
    return book->string_count == STRINGS_MAX;
}

bool ooxml_book_string(const struct ooxml_book *book, size_t number, struct text *text)
{
    if (number >= book->string_count)
        return false;
    size_t from = number ? book->ends[number - 1] : 0;
    *text = (struct text){buffer_text(&book->texts) + from, book->ends[number] - from};
    return true;
}

// ---- styles

struct styles {
    struct ooxml_book *book;
    bool cells; // within the formats of cells
    struct declared_format {
        int id;
        enum number_format format;
    } * declared;
    size_t count;
};

static int number_of(const char *text)
{
    return text ? atoi(text) : 0;
}

static enum number_format format_of(const struct styles *styles, int id)
{
    for (size_t i = styles->count; i > 0; i--)
        if (styles->declared[i - 1].id == id)
            return styles->declared[i - 1].format;
    return number_format_built_in(id);
}

static int on_style(void *context, const char *name, const char **attributes)
{
    struct styles *styles = context;
    struct ooxml_book *book = styles->book;
    const char *code = ooxml_attribute(attributes, "formatCode");
    int id = number_of(ooxml_attribute(attributes, "numFmtId"));
    if (strcmp(name, "cellXfs") == 0)
        styles->cells = true;
    if (strcmp(name, "numFmt") == 0 && code && styles->count < FORMATS_MAX) {
        styles->declared =
            arena_extend(book->arena, styles->declared, styles->count, sizeof *styles->declared);
        styles->declared[styles->count++] = (struct declared_format){id, number_format_of(code)};
    }
    if (styles->cells && strcmp(name, "xf") == 0 && book->format_count < STYLES_MAX) {
        book->formats =
            arena_extend(book->arena, book->formats, book->format_count, sizeof *book->formats);
        book->formats[book->format_count++] = (unsigned char)format_of(styles, id);
    }
    return 0;
}

static int on_style_end(void *context, const char *name)
{
    struct styles *styles = context;
    if (strcmp(name, "cellXfs") == 0)
        styles->cells = false;
    return 0;
}

// ---- both

static int load(struct ooxml_book *book, struct error *error)
{
    struct ooxml_package *package = ooxml_package_new(&book->file, book->name, &book->limit, error);
    struct strings strings = {.book = book};
    struct styles styles = {.book = book};
    struct ooxml_reader of_strings = {
        .context = &strings, .start = on_string, .end = on_string_end, .text = on_string_text};
    struct ooxml_reader of_styles = {.context = &styles, .start = on_style, .end = on_style_end};
    int result = package ? 0 : -1;
    if (result == 0 && book->strings_part && ooxml_package_has(package, book->strings_part))
        result = ooxml_package_read(package, book->strings_part, &of_strings, error);
    if (result > 0)
        result = error_set(error, ERROR_SOURCE, book->name,
                           "has more texts than any workbook: they are more than 1 GiB");
    if (result == 0 && book->styles_part && ooxml_package_has(package, book->styles_part))
        result = ooxml_package_read(package, book->styles_part, &of_styles, error);
    ooxml_package_free(package);
    return result;
}

int ooxml_book_load(struct ooxml_book *book, struct error *error)
{
    pthread_mutex_lock(&book->mutex);
    if (!book->loaded)
        book->failed = load(book, &book->error) != 0;
    book->loaded = true;
    if (book->failed)
        *error = book->error;
    int result = book->failed ? -1 : 0;
    pthread_mutex_unlock(&book->mutex);
    return result;
}
