// SPDX-License-Identifier: MIT
// How a column would be read is tried on its distinct values, each counted as often as it occurs:
// the reading that reads most cells is best, and of equals the first tried, unless the habits of
// the source speak for the other. Two that read as many cells to different values leave a doubt,
// which the engagement says; they are never chosen between in silence.
#include "guess/values.h"

#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>

void values_init(struct values *column, const struct frame *frame, size_t number)
{
    uint32_t texts = dictionary_count(frame->survey->texts);
    size_t *places = memory_new(texts, sizeof *places); // by code, from 1
    *column = (struct values){.records = frame->record_count};
    for (size_t record = 0; record < frame->record_count; record++) {
        uint32_t code = frame_cell(frame, record, number);
        if (code == frame->survey->empty)
            continue;
        column->filled++;
        if (places[code] == 0)
            places[code] = ++column->distinct;
    }
    column->codes = arena_take(frame->arena, column->distinct, sizeof *column->codes);
    column->counts = arena_take(frame->arena, column->distinct, sizeof *column->counts);
    for (size_t record = 0; record < frame->record_count; record++) {
        uint32_t code = frame_cell(frame, record, number);
        if (code == frame->survey->empty)
            continue;
        column->codes[places[code] - 1] = code;
        column->counts[places[code] - 1]++;
    }
    free(places);
}

void reading_format(const struct reading *reading, struct cell_format *format)
{
    *format = (struct cell_format){.date = (char *)reading->date,
                                   .decimal = reading->decimal,
                                   .group = reading->group,
                                   .rounded = reading->places >= 0,
                                   .places = reading->places,
                                   .rounding = ROUND_HALF_UP};
}

// Groups are of three digits: 12.5 has none.
static bool has_groups_of_three(const char *text, char group, char decimal)
{
    for (const char *at = strchr(text, group); at; at = strchr(at + 1, group)) {
        size_t digits = strspn(at + 1, "0123456789");
        if (digits != 3 || (at[4] && at[4] != group && at[4] != decimal && at[4] != '-' &&
                            at[4] != ' ' && at[4] != ')'))
            return false;
    }
    return true;
}

static bool parse(const struct survey *survey, uint32_t code, const struct reading *reading,
                  const struct field *field, const struct zone *zone, struct cell_value *value)
{
    struct cell_format format;
    struct text text = dictionary_get(survey->texts, code);
    if (reading->group && !has_groups_of_three(text.bytes, reading->group, reading->decimal))
        return false;
    reading_format(reading, &format);
    return cell_parse(&format, field, zone, text.bytes, text.length, value, NULL) == 0;
}

// Counts the cells that a candidate reads; gives up where it cannot beat `best` any more.
static void count_read(const struct values *column, const struct survey *survey,
                       const struct field *field, const struct zone *zone,
                       const struct habits *habits, size_t best, struct reading *reading)
{
    struct cell_value value;
    size_t left = column->filled;
    reading->read = 0;
    reading->unread = DICTIONARY_NONE;
    for (size_t i = 0; i < column->distinct && reading->read + left >= best; i++) {
        if ((habits->nulls && habits->nulls[column->codes[i]]) ||
            parse(survey, column->codes[i], reading, field, zone, &value))
            reading->read += column->counts[i];
        else
            reading->unread = column->codes[i];
        left -= column->counts[i];
    }
}

// Do two readings take some cell for two things?
static bool differ(const struct values *column, const struct survey *survey,
                   const struct field *field, const struct zone *zone, const struct reading *a,
                   const struct reading *b)
{
    for (size_t i = 0; i < column->distinct; i++) {
        struct cell_value first, second;
        if (!parse(survey, column->codes[i], a, field, zone, &first) ||
            !parse(survey, column->codes[i], b, field, zone, &second))
            continue;
        if (first.is == CELL_IS_NUMBER && second.is == CELL_IS_NUMBER
                ? decimal_compare(first.number, second.number) != 0
                : first.word != second.word)
            return true;
    }
    return false;
}

struct trial {
    const struct values *column;
    const struct survey *survey;
    const struct field *field;
    const struct zone *zone;
    const struct habits *habits;
    struct reading *best;
};

// `preferred`: of two that read as many, this one.
static void try(const struct trial *trial, const struct reading *candidate, bool preferred)
{
    struct reading reading = *candidate, *best = trial->best;
    if (trial->column->distinct == 0)
        return;
    count_read(trial->column, trial->survey, trial->field, trial->zone, trial->habits, best->read,
               &reading);
    if (reading.read < best->read || reading.read == 0)
        return;
    bool equal = reading.read == best->read &&
                 differ(trial->column, trial->survey, trial->field, trial->zone, best, &reading);
    if (reading.read > best->read || (preferred && equal)) {
        const char *other = best->date;
        *best = reading;
        best->doubtful = equal;
        best->other = equal ? other : NULL;
    } else if (equal && !best->doubtful) {
        best->doubtful = true;
        best->other = reading.date;
    }
}

static void try_numbers(const struct trial *trial)
{
    static const struct {
        char decimal, group;
    } forms[] = {{',', '.'}, {',', ' '}, {'.', '\''}, {'.', ' '}};
    enum { PLACES = 4 };
    try(trial, &(struct reading){.places = -1}, false);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        try(trial,
            &(struct reading){.decimal = forms[i].decimal, .group = forms[i].group, .places = -1},
            trial->habits->comma && i == 0);
    if (trial->best->read < trial->column->filled && trial->field->type != TYPE_INT)
        try(trial, &(struct reading){.places = PLACES}, false);
}

static const char *const date_formats[] = {
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d-%m-%y",
    "%m-%d-%y",
    "%Y/%d/%m",
    "%d-%b-%Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d-%b-%y",
    "%y-%m-%d",
    "%y/%m/%d",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %I:%M %p",
    "%m/%d/%Y %I:%M %p",
    "%d/%m/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%y %H:%M",
    "%d/%m/%y %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y%m%d%H%M%S",
    "%Y-%m-%d %I:%M:%S %p",
};

static bool is_month_first(const char *format)
{
    return strncmp(format, "%m", 2) == 0;
}

static bool is_day_first(const char *format)
{
    return strncmp(format, "%d", 2) == 0;
}

// Whether all values are days' numbers of a spreadsheet from 1990 to 2050: five digits.
static bool are_serials(const struct values *column, const struct survey *survey)
{
    for (size_t i = 0; i < column->distinct; i++) {
        struct text text = dictionary_get(survey->texts, column->codes[i]);
        size_t digits = strspn(text.bytes, "0123456789");
        if (digits != 5 || (text.bytes[5] && text.bytes[5] != '.') ||
            strncmp(text.bytes, "32874", 5) < 0 || strncmp(text.bytes, "54789", 5) > 0)
            return false;
    }
    return column->distinct > 0;
}

static void try_dates(const struct trial *trial)
{
    try(trial, &(struct reading){.places = -1}, false);
    if (are_serials(trial->column, trial->survey))
        try(trial, &(struct reading){.date = "excel", .places = -1}, true);
    for (size_t i = 0; i < sizeof date_formats / sizeof *date_formats &&
                       (trial->best->read < trial->column->filled || trial->best->date);
         i++)
        try(trial, &(struct reading){.date = date_formats[i], .places = -1},
            (trial->habits->month_first && is_month_first(date_formats[i])) ||
                (trial->habits->day_first && is_day_first(date_formats[i]) && trial->best->date &&
                 is_month_first(trial->best->date)));
}

void values_read(const struct values *column, const struct survey *survey,
                 const struct field *field, const struct zone *zone, const struct habits *habits,
                 struct reading *reading)
{
    struct trial trial = {column, survey, field, zone, habits, reading};
    *reading = (struct reading){.places = -1, .unread = DICTIONARY_NONE};
    switch (field->type) {
    case TYPE_INT:
    case TYPE_DECIMAL:
    case TYPE_MONEY:
        try_numbers(&trial);
        return;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        try_dates(&trial);
        return;
    case TYPE_TEXT:
    case TYPE_BOOL:
    case TYPE_ENUM:
        try(&trial, &(struct reading){.places = -1}, false);
        return;
    }
}
