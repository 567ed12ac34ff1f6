// SPDX-License-Identifier: MIT
// Any bytes as a cell: the first chooses type and format. What is read must be sound, and what is
// not must have a reason.
#include "engine/base/reason.h"
#include "engine/data/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

static void check(const struct field *field, const struct cell_value *value)
{
    switch (value->is) {
    case CELL_IS_NULL:
        break;
    case CELL_IS_NUMBER:
        must(field->type == TYPE_DECIMAL || field->type == TYPE_MONEY, "a number is of its type");
        must(value->number.scale >= 0 && value->number.scale <= CELL_SCALE_MAX,
             "the scale is capped");
        break;
    case CELL_IS_TEXT:
        must(field->type == TYPE_TEXT, "a text is of its type");
        must(!memchr(value->text.bytes, '\0', value->text.length), "a text has no NUL");
        break;
    case CELL_IS_WORD:
        must(value->word > CELL_INVALID, "a word is no mark");
        if (field->type == TYPE_DATE)
            must(value->word >= CALENDAR_DAY_MIN && value->word <= CALENDAR_DAY_MAX,
                 "a day is within the calendar");
        if (field->type == TYPE_ENUM)
            must(value->word < field->value_count, "a value is of its list");
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static char *values[] = {"draft", "approved"};
    static char *nulls[] = {"-"};
    static char date[] = "%d/%m/%y %H:%M", packed[] = "%Y%m%d";
    static const struct cell_format formats[] = {{0},
                                                 {.decimal = ',', .nulls = nulls, .null_count = 1},
                                                 {.group = ' ', .negate = true, .date = date},
                                                 {.date = packed}};
    if (size == 0)
        return 0;
    struct field field = {.name = "f",
                          .type = (enum type)(bytes[0] % (TYPE_ENUM + 1)),
                          .values = values,
                          .value_count = 2};
    char *text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, bytes + 1, size - 1);
    struct cell_value value = {0};
    struct buffer reason = {0};
    if (cell_parse(&formats[bytes[0] / 16 % 4], &field, NULL, text, size - 1, &value, &reason) ==
        0) {
        check(&field, &value);
    } else {
        char *said = reason_text(buffer_text(&reason));
        must(*said && strlen(said) < 256, "an invalid cell has a reason");
        free(said);
    }
    buffer_clear(&reason);
    free(text);
    return 0;
}
