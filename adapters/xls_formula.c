// SPDX-License-Identifier: MIT
// MS-XLS 2.4.127: a formula's record has its last result, a number, or what kind of other thing it
// is; a text follows in a record of its own.
#include "adapters/xls_formula.h"

#include "adapters/xls_number.h"
#include "engine/base/memory.h"
#include "engine/data/cell.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { RECORD_FORMULA = 0x0006, RECORD_FORMULA_3 = 0x0206, RECORD_FORMULA_4 = 0x0406 };
enum { RECORD_END = 0x000A, RECORD_SHEET = 0x0085, RECORD_TEXT = 0x0207, RECORD_ERROR = 0x0205 };
enum {
    RECORD_BEGIN_2 = 0x0009,
    RECORD_BEGIN_3 = 0x0209,
    RECORD_BEGIN_4 = 0x0409,
    RECORD_BEGIN = 0x0809
};
enum { SHEETS_MAX = 4096 };

struct record {
    uint32_t type;
    const char *data;
    size_t length;
};

static uint32_t u8(const char *at)
{
    return (unsigned char)*at;
}

static uint32_t u16(const char *at)
{
    return u8(at) | u8(at + 1) << 8;
}

static bool next_record(const struct buffer *stream, size_t *at, struct record *record)
{
    if (*at > stream->length || stream->length - *at < 4)
        return false;
    *record = (struct record){u16(stream->data + *at), stream->data + *at + 4,
                              u16(stream->data + *at + 2)};
    *at += 4 + record->length;
    return *at <= stream->length;
}

static void add_error(uint32_t code, struct buffer *out)
{
    static const struct {
        uint32_t code;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    const char *text = "#ERROR";
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == code)
            text = errors[i].text;
    buffer_add_text(out, CELL_NO_VALUE);
    buffer_add_text(out, text);
}

// A text of BIFF8: its length in units, whether they have two bytes, the units.
static void add_text(const struct record *record, struct buffer *out)
{
    if (record->length < 3)
        return;
    size_t count = u16(record->data), size = u8(record->data + 2) & 1 ? 2 : 1;
    const char *at = record->data + 3, *end = record->data + record->length;
    for (; count > 0 && (size_t)(end - at) >= size; count--, at += size) {
        utf8proc_uint8_t bytes[4];
        utf8proc_int32_t point = (utf8proc_int32_t)(size == 2 ? u16(at) : u8(at));
        if (point >= 0xD800 && point < 0xDC00 && count > 1 && end - at >= 4) {
            point = 0x10000 + ((point - 0xD800) << 10) + ((int)u16(at + 2) - 0xDC00);
            at += 2, count--;
        }
        if (point && utf8proc_codepoint_valid(point))
            buffer_add(out, bytes, (size_t)utf8proc_encode_char(point, bytes));
    }
}

static struct xls_formula *add(struct xls_formulas *formulas, uint32_t sheet,
                               const struct record *record)
{
    formulas->capacity = memory_grow((void **)&formulas->items, formulas->count, formulas->capacity,
                                     sizeof *formulas->items);
    struct xls_formula *formula = &formulas->items[formulas->count++];
    *formula = (struct xls_formula){sheet, u16(record->data), u16(record->data + 2),
                                    formulas->texts.length, 0};
    return formula;
}

// The result of a formula; true when it is a text, which follows.
static bool add_result(const char *result, struct buffer *out)
{
    FreeXL_CellValue value = {.type = FREEXL_CELL_DOUBLE};
    if (u16(result + 6) != 0xFFFF) {
        memcpy(&value.value.double_value, result, sizeof value.value.double_value);
        xls_number_add(&value, out);
        return false;
    }
    if (u8(result) == 1)
        buffer_add_text(out, u8(result + 2) ? "TRUE" : "FALSE");
    if (u8(result) == 2)
        add_error(u8(result + 2), out);
    bool to_calculate = u16(result + 8) & 2, empty = u8(result) == 3;
    if (u8(result) == 0 || (empty && to_calculate))
        buffer_add_text(out, CELL_NO_VALUE "=…"); // a text still comes
    return u8(result) == 0;
}

static void read_cell(struct xls_formulas *formulas, uint32_t sheet, const struct record *record,
                      bool *wants_text)
{
    struct buffer *texts = &formulas->texts;
    struct xls_formula *formula = NULL;
    switch (record->type) {
    case RECORD_FORMULA:
    case RECORD_FORMULA_3:
    case RECORD_FORMULA_4:
        if (record->length < 16)
            return;
        formula = add(formulas, sheet, record);
        *wants_text = add_result(record->data + 6, texts);
        break;
    case RECORD_ERROR:
        if (record->length < 8 || u8(record->data + 7) == 0)
            return; // a boolean, which libfreexl knows
        formula = add(formulas, sheet, record);
        add_error(u8(record->data + 6), texts);
        break;
    case RECORD_TEXT:
        if (!*wants_text)
            return;
        formula = &formulas->items[formulas->count - 1];
        formula->at = texts->length;
        add_text(record, texts);
        *wants_text = false;
        break;
    default:
        return;
    }
    formula->length = texts->length - formula->at;
}

static bool is_begin(uint32_t type)
{
    return type == RECORD_BEGIN || type == RECORD_BEGIN_2 || type == RECORD_BEGIN_3 ||
           type == RECORD_BEGIN_4;
}

// A sheet from its beginning to its end; charts within it begin and end too.
static bool read_sheet(const struct buffer *stream, size_t at, uint32_t sheet,
                       struct xls_formulas *formulas)
{
    struct record record;
    bool wants_text = false;
    int depth = 0;
    do {
        if (!next_record(stream, &at, &record))
            return false;
        depth += is_begin(record.type);
        depth -= record.type == RECORD_END;
        if (depth == 1)
            read_cell(formulas, sheet, &record, &wants_text);
    } while (depth > 0);
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct xls_formula *first = a, *second = b;
    if (first->sheet != second->sheet)
        return first->sheet < second->sheet ? -1 : 1;
    if (first->row != second->row)
        return first->row < second->row ? -1 : 1;
    return (first->column > second->column) - (first->column < second->column);
}

bool xls_formulas_find(const struct buffer *stream, struct xls_formulas *formulas)
{
    struct record record;
    uint32_t sheet = 0;
    size_t at = 0;
    bool whole = next_record(stream, &at, &record) && is_begin(record.type);
    bool alone = whole && record.type != RECORD_BEGIN; // a sheet without a workbook around it
    if (alone)
        whole = read_sheet(stream, 0, 0, formulas);
    while (whole && !alone && record.type != RECORD_END) {
        whole = next_record(stream, &at, &record);
        if (!whole || record.type != RECORD_SHEET || record.length < 4 || sheet == SHEETS_MAX)
            continue;
        size_t begin = u16(record.data) | (size_t)u16(record.data + 2) << 16;
        whole = read_sheet(stream, begin, sheet++, formulas);
    }
    if (formulas->count)
        qsort(formulas->items, formulas->count, sizeof *formulas->items, by_place);
    return whole;
}

void xls_formulas_clear(struct xls_formulas *formulas)
{
    free(formulas->items);
    buffer_clear(&formulas->texts);
    *formulas = (struct xls_formulas){0};
}
