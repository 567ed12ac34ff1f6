// SPDX-License-Identifier: MIT
// Rows and cells may leave out where they stand, and then follow the one before; where they say it,
// they stand in order. A cell's text is kept in the row's bytes, or where it is a shared string,
// where that is.
#include "adapters/ooxml_sheet.h"

#include "adapters/number_text.h"
#include "engine/base/memory.h"
#include "engine/data/cell.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 32767 * 4, ROW_MAX = 16 << 20, FORMULA_SHOWN = 80 };

enum cell_type {
    CELL_NUMBER,
    CELL_SHARED,
    CELL_STRING,
    CELL_INLINE,
    CELL_BOOLEAN,
    CELL_ERROR,
    CELL_ISO
};

// What is read into the text at hand.
enum capture { CAPTURE_NONE, CAPTURE_VALUE, CAPTURE_FORMULA, CAPTURE_INLINE };

struct placed {
    const char *shared; // NULL: in the row's bytes
    size_t at, length;
};

struct sheet {
    const struct ooxml_book *book;
    struct ooxml_package *package;
    const struct workbook_target *target;
    struct error *error;
    bool failed;

    bool in_data, in_row, in_cell, in_inline;
    int phonetic;
    struct workbook_row row;
    struct buffer bytes; // of the row's cells
    struct placed *placed;
    struct text *cells;
    size_t count, capacity;

    size_t column, next; // of the cell, and of one that does not say where it stands
    enum cell_type type;
    size_t style;
    bool has_value, has_formula;
    struct buffer value, formula;
    enum capture capture;
};

static int fail(struct sheet *sheet, const char *what)
{
    char letters[WORKBOOK_LETTERS] = "";
    if (sheet->in_cell)
        workbook_letters(sheet->column, letters);
    sheet->failed = true;
    error_set(sheet->error, ERROR_SOURCE, sheet->book->name, "is damaged: %s, at %s%lld", what,
              sheet->in_cell ? letters : "row ", (long long)sheet->row.number);
    return 1;
}

// ---- places

// "AB12": column from 0 and row from 1; false when it is none.
static bool read_place(const char **at, size_t *column, int64_t *row)
{
    const char *text = *at;
    size_t letters = 0;
    *row = 0;
    for (; (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z'); text++)
        if (letters <= WORKBOOK_COLUMNS_MAX)
            letters = letters * 26 + (size_t)((*text | 0x20) - 'a') + 1;
    const char *digits = text;
    for (; *text >= '0' && *text <= '9'; text++)
        if (*row <= WORKBOOK_ROWS_MAX)
            *row = *row * 10 + (*text - '0');
    *at = text;
    *column = letters - 1;
    return letters > 0 && letters <= WORKBOOK_COLUMNS_MAX && text > digits && *row > 0 &&
           *row <= WORKBOOK_ROWS_MAX;
}

static int64_t whole_number(const char *text)
{
    int64_t number = 0;
    for (; text && *text >= '0' && *text <= '9' && number <= WORKBOOK_ROWS_MAX; text++)
        number = number * 10 + (*text - '0');
    return text && *text == '\0' ? number : -1;
}

// ---- rows

static int start_row(struct sheet *sheet, const char **attributes)
{
    const char *given = ooxml_attribute(attributes, "r");
    int64_t number = given ? whole_number(given) : sheet->row.number + 1;
    if (sheet->in_row)
        return fail(sheet, "a row within a row");
    if (number <= sheet->row.number)
        return fail(sheet, "its rows are not in order");
    if (number > WORKBOOK_ROWS_MAX)
        return fail(sheet, "it has more than 1,048,576 rows");
    sheet->in_row = true;
    sheet->row.number = number;
    sheet->row.hidden = ooxml_is_true(ooxml_attribute(attributes, "hidden"));
    sheet->row.has_formula = false;
    sheet->count = sheet->next = 0;
    buffer_reset(&sheet->bytes);
    return 0;
}

static int end_row(struct sheet *sheet)
{
    const char *bytes = buffer_text(&sheet->bytes);
    for (size_t i = 0; i < sheet->count; i++) {
        const struct placed *placed = &sheet->placed[i];
        sheet->cells[i] =
            (struct text){placed->shared ? placed->shared : bytes + placed->at, placed->length};
    }
    sheet->in_row = false;
    sheet->row.cells = sheet->cells;
    sheet->row.count = sheet->count;
    return sheet->target->row(sheet->target->context, &sheet->row);
}

// ---- cells

static enum cell_type type_of(const char *text)
{
    static const struct {
        const char *text;
        enum cell_type type;
    } types[] = {{"s", CELL_SHARED},  {"str", CELL_STRING}, {"inlineStr", CELL_INLINE},
                 {"b", CELL_BOOLEAN}, {"e", CELL_ERROR},    {"d", CELL_ISO}};
    for (size_t i = 0; text && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].text, text) == 0)
            return types[i].type;
    return CELL_NUMBER;
}

static int start_cell(struct sheet *sheet, const char **attributes)
{
    const char *place = NULL, *type = NULL, *style = NULL;
    for (; *attributes; attributes += 2) { // there are millions of them
        if (strcmp(*attributes, "r") == 0)
            place = attributes[1];
        else if (strcmp(*attributes, "t") == 0)
            type = attributes[1];
        else if (strcmp(*attributes, "s") == 0)
            style = attributes[1];
    }
    size_t column = sheet->next;
    int64_t row = sheet->row.number, number = style ? whole_number(style) : 0;
    if (place && (!read_place(&place, &column, &row) || *place))
        return fail(sheet, "a cell has no such place");
    if (column < sheet->next || row != sheet->row.number)
        return fail(sheet, "its cells are not in order");
    if (column >= WORKBOOK_COLUMNS_MAX)
        return fail(sheet, "it has more than 16,384 columns");
    sheet->in_cell = true;
    sheet->column = column;
    sheet->next = column + 1;
    sheet->type = type_of(type);
    sheet->style = number < 0 ? 0 : (size_t)number;
    sheet->has_value = sheet->has_formula = false;
    buffer_reset(&sheet->value);
    buffer_reset(&sheet->formula);
    return 0;
}

static void reserve(struct sheet *sheet, size_t count)
{
    if (count > sheet->capacity) {
        sheet->capacity = count * 2;
        sheet->placed = memory_resize(sheet->placed, sheet->capacity, sizeof *sheet->placed);
        sheet->cells = memory_resize(sheet->cells, sheet->capacity, sizeof *sheet->cells);
    }
    for (; sheet->count < count; sheet->count++)
        sheet->placed[sheet->count] = (struct placed){0};
}

static int put_shared(struct sheet *sheet, struct placed *placed)
{
    struct text text;
    const char *digits = buffer_text(&sheet->value);
    char *end;
    unsigned long number = strtoul(digits, &end, 10);
    if (*digits < '0' || *digits > '9' || *end || !ooxml_book_string(sheet->book, number, &text))
        return fail(sheet, "a cell refers to a text that is not there");
    if (ooxml_package_spend(sheet->package, text.length, sheet->error) != 0) {
        sheet->failed = true;
        return 1;
    }
    *placed = (struct placed){.shared = text.bytes, .length = text.length};
    return 0;
}

static void put_number(struct sheet *sheet)
{
    const char *digits = buffer_text(&sheet->value);
    size_t length = sheet->value.length, from = sheet->bytes.length;
    enum number_format format = sheet->style < sheet->book->format_count
                                    ? (enum number_format)sheet->book->formats[sheet->style]
                                    : FORMAT_NUMBER;
    if (!number_text_add(digits, length, &sheet->bytes)) {
        buffer_add(&sheet->bytes, digits, length); // it is none, and no cell will take it for one
        return;
    }
    if (format == FORMAT_NUMBER)
        return;
    char number[512];
    length = sheet->bytes.length - from;
    if (length >= sizeof number)
        return;
    memcpy(number, sheet->bytes.data + from, length);
    sheet->bytes.length = from;
    number_format_add(format, sheet->book->late, number, length, &sheet->bytes);
}

// 2026-10-05T00:00:00 is a day.
static void put_iso(struct sheet *sheet)
{
    static const char midnight[] = "T00:00:00";
    size_t length = sheet->value.length;
    const char *text = buffer_text(&sheet->value);
    const char *found = memmem(text, length, midnight, sizeof midnight - 1);
    if (found && strspn(found + sizeof midnight - 1, ".0Z") == strlen(found + sizeof midnight - 1))
        length = (size_t)(found - text);
    buffer_add(&sheet->bytes, text, length);
}

static void put_no_value(struct sheet *sheet, const char *sign, const struct buffer *shown)
{
    size_t length = shown->length < FORMULA_SHOWN ? shown->length : FORMULA_SHOWN;
    while (length < shown->length && ((unsigned char)shown->data[length] & 0xC0) == 0x80)
        length--; // not within a character
    buffer_add_text(&sheet->bytes, CELL_NO_VALUE);
    buffer_add_text(&sheet->bytes, sign);
    buffer_add(&sheet->bytes, buffer_text(shown), length);
}

static void put_value(struct sheet *sheet)
{
    size_t from = sheet->bytes.length;
    switch (sheet->type) {
    case CELL_NUMBER:
        put_number(sheet);
        return;
    case CELL_ERROR:
        put_no_value(sheet, "", &sheet->value);
        return;
    case CELL_BOOLEAN:
        buffer_add_text(&sheet->bytes,
                        ooxml_is_true(buffer_text(&sheet->value)) ? "TRUE" : "FALSE");
        return;
    case CELL_ISO:
        put_iso(sheet);
        return;
    case CELL_SHARED:
    case CELL_STRING:
    case CELL_INLINE:
        break;
    }
    buffer_add(&sheet->bytes, buffer_text(&sheet->value), sheet->value.length);
    ooxml_unescape(&sheet->bytes, from);
}

static int end_cell(struct sheet *sheet)
{
    bool text = sheet->type == CELL_STRING || sheet->type == CELL_INLINE;
    sheet->row.has_formula |= sheet->has_formula;
    if (sheet->value.length == 0 && !(sheet->has_formula && !sheet->has_value)) {
        sheet->in_cell = false;
        return 0; // empty
    }
    reserve(sheet, sheet->column + 1);
    struct placed *placed = &sheet->placed[sheet->column];
    int result = 0;
    if (sheet->type == CELL_SHARED && sheet->has_value) {
        result = put_shared(sheet, placed);
    } else {
        placed->at = sheet->bytes.length;
        if (sheet->has_value || text)
            put_value(sheet);
        else
            put_no_value(sheet, "=", &sheet->formula);
        placed->length = sheet->bytes.length - placed->at;
    }
    if (result == 0 && sheet->bytes.length > ROW_MAX)
        result = fail(sheet, "a row has more than 16 MiB of text");
    sheet->in_cell = false;
    return result;
}

// ---- what stands around the rows

static void hide_columns(const struct sheet *sheet, const char **attributes)
{
    int64_t first = whole_number(ooxml_attribute(attributes, "min"));
    int64_t last = whole_number(ooxml_attribute(attributes, "max"));
    if (!sheet->target->hidden_column || !ooxml_is_true(ooxml_attribute(attributes, "hidden")) ||
        first < 1)
        return;
    for (int64_t i = first; i <= last && i <= WORKBOOK_COLUMNS_MAX; i++)
        sheet->target->hidden_column(sheet->target->context, (size_t)i - 1);
}

// "A2:A5"
static void merge(const struct sheet *sheet, const char *place)
{
    size_t first_column, last_column;
    int64_t first_row, last_row;
    if (!sheet->target->merged || !place || !read_place(&place, &first_column, &first_row) ||
        *place++ != ':' || !read_place(&place, &last_column, &last_row) || *place ||
        last_row <= first_row || last_column < first_column)
        return;
    sheet->target->merged(sheet->target->context, first_row, last_row, first_column, last_column);
}

// ---- elements

static int start_within_cell(struct sheet *sheet, const char *name)
{
    if (strcmp(name, "v") == 0) {
        sheet->has_value = true;
        sheet->capture = CAPTURE_VALUE;
    } else if (strcmp(name, "f") == 0) {
        sheet->has_formula = true;
        sheet->capture = CAPTURE_FORMULA;
    } else if (strcmp(name, "is") == 0) {
        sheet->in_inline = sheet->has_value = true;
    } else if (strcmp(name, "rPh") == 0) {
        sheet->phonetic++;
    } else if (strcmp(name, "t") == 0 && sheet->in_inline && !sheet->phonetic) {
        sheet->capture = CAPTURE_INLINE;
    }
    return 0;
}

static int on_start(void *context, const char *name, const char **attributes)
{
    struct sheet *sheet = context;
    if (sheet->in_cell)
        return start_within_cell(sheet, name);
    if (sheet->in_row)
        return strcmp(name, "c") == 0 ? start_cell(sheet, attributes) : 0;
    if (sheet->in_data)
        return strcmp(name, "row") == 0 ? start_row(sheet, attributes) : 0;
    if (strcmp(name, "sheetData") == 0)
        sheet->in_data = true;
    else if (strcmp(name, "col") == 0)
        hide_columns(sheet, attributes);
    else if (strcmp(name, "mergeCell") == 0)
        merge(sheet, ooxml_attribute(attributes, "ref"));
    return 0;
}

static int on_end(void *context, const char *name)
{
    struct sheet *sheet = context;
    sheet->capture = CAPTURE_NONE;
    if (sheet->in_cell) {
        if (strcmp(name, "is") == 0)
            sheet->in_inline = false;
        sheet->phonetic -= sheet->phonetic > 0 && strcmp(name, "rPh") == 0;
        return strcmp(name, "c") == 0 ? end_cell(sheet) : 0;
    }
    if (sheet->in_row)
        return strcmp(name, "row") == 0 ? end_row(sheet) : 0;
    if (strcmp(name, "sheetData") == 0)
        sheet->in_data = false;
    return 0;
}

static int on_text(void *context, const char *bytes, size_t length)
{
    struct sheet *sheet = context;
    struct buffer *into = sheet->capture == CAPTURE_FORMULA ? &sheet->formula : &sheet->value;
    if (sheet->capture == CAPTURE_NONE)
        return 0;
    if (into->length + length > TEXT_MAX) {
        if (sheet->capture == CAPTURE_FORMULA)
            return 0; // only its beginning is ever shown
        return fail(sheet, "a cell has more than the 32,767 characters that a cell can hold");
    }
    buffer_add(into, bytes, length);
    return 0;
}

static int read_part(struct sheet *sheet, const char *part)
{
    struct ooxml_reader reader = {.context = sheet,
                                  .start = on_start,
                                  .end = on_end,
                                  .text = on_text,
                                  .position = &sheet->row.position};
    int result = ooxml_package_read(sheet->package, part, &reader, sheet->error);
    buffer_clear(&sheet->bytes);
    buffer_clear(&sheet->value);
    buffer_clear(&sheet->formula);
    free(sheet->placed);
    free(sheet->cells);
    return sheet->failed ? -1 : result;
}

int ooxml_sheet_read(struct ooxml_book *book, size_t number, const struct workbook_target *target,
                     struct error *error)
{
    const struct ooxml_sheet_part *part = &book->sheets[number];
    if (!part->part)
        return error_set(error, ERROR_SOURCE, book->name,
                         "its sheet \"%s\" has no cells: it is a chart, a macro, or lost",
                         part->name);
    if (ooxml_book_load(book, error) != 0)
        return -1;
    struct ooxml_package *package = ooxml_package_new(&book->file, book->name, &book->limit, error);
    if (!package)
        return -1;
    struct sheet sheet = {.book = book, .package = package, .target = target, .error = error};
    int result = read_part(&sheet, part->part);
    ooxml_package_free(package);
    return result;
}
