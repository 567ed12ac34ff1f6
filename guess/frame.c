// SPDX-License-Identifier: MIT
// Three steps: the header is the row of the first ones with the most words that are known; a row
// below it is no record when it says that it is a total, repeats the header, or is a remark of a
// cell or two where records have many; such rows at the end are the footer.
//
// How many rows fill a column is counted without totals, and what a record looks like is measured
// by that and not by the header: lists have columns that nobody fills. In doubt a row is a record:
// one that is left out would be tested by nothing.
#include "guess/frame.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { HEADER_ROWS_TRIED = 40, MOSTLY_PCT = 60 };

const char *frame_name(const struct frame *frame, size_t column, char room[32])
{
    if (frame->names && *frame->names[column])
        return frame->names[column];
    snprintf(room, 32, "column %zu", column + 1);
    return room;
}

bool frame_is_ambiguous(const struct frame *frame, size_t column)
{
    if (!*frame->names[column])
        return true;
    for (size_t i = 0; i < frame->columns; i++)
        if (i != column && strcmp(frame->names[i], frame->names[column]) == 0)
            return true;
    return false;
}

uint32_t frame_cell(const struct frame *frame, size_t record, size_t column)
{
    return survey_cell(frame->survey, frame->sheet, frame->records[record], column);
}

static size_t filled_cells(const struct frame *frame, size_t row)
{
    size_t filled = 0;
    for (size_t i = 0; i < frame->sheet->rows[row].count; i++)
        filled += survey_cell(frame->survey, frame->sheet, row, i) != frame->survey->empty;
    return filled;
}

// ---- the header

// Has the text a digit and nothing that a name would have?
static bool is_value(const char *text)
{
    bool digit = false, letters = false;
    for (; *text; text++) {
        digit = digit || isdigit((unsigned char)*text);
        letters = letters || isalpha((unsigned char)*text);
    }
    return digit && !letters;
}

// A row of names: all its cells filled with texts that are no values, and each another.
static bool is_naming(const struct frame *frame, size_t row)
{
    const struct survey_sheet *sheet = frame->sheet;
    size_t count = sheet->rows[row].count;
    for (size_t i = 0; i < count; i++) {
        const char *text = survey_text(frame->survey, sheet, row, i);
        if (is_value(text) || (!*text && i + 1 < count))
            return false;
        for (size_t j = 0; j < i; j++)
            if (*text && survey_cell(frame->survey, sheet, row, i) ==
                             survey_cell(frame->survey, sheet, row, j))
                return false;
    }
    return count > 0;
}

static size_t known_cells(const struct frame *frame, size_t row, const struct terms *terms)
{
    const struct term *const *found;
    size_t known = 0;
    for (size_t i = 0; i < frame->sheet->rows[row].count; i++) {
        const char *text = survey_text(frame->survey, frame->sheet, row, i);
        known += *text && terms_find(terms, text, &found) > 0;
    }
    return known;
}

static void take_header(struct frame *frame, size_t row)
{
    const struct survey_sheet *sheet = frame->sheet;
    frame->header = row;
    frame->skip = sheet->rows[row].line - 1;
    frame->columns = sheet->rows[row].count;
    frame->names = arena_take(frame->arena, frame->columns, sizeof *frame->names);
    for (size_t i = 0; i < frame->columns; i++)
        frame->names[i] = survey_text(frame->survey, sheet, row, i);
}

// The row with the most words that are known, else the first that is as wide as most and names
// things.
static void find_header(struct frame *frame, const struct terms *terms)
{
    const struct survey_sheet *sheet = frame->sheet;
    size_t tried = sheet->row_count < HEADER_ROWS_TRIED ? sheet->row_count : HEADER_ROWS_TRIED;
    size_t best = 0, most = 0;
    for (size_t row = 0; row < tried && !sheet->named; row++) {
        size_t known = known_cells(frame, row, terms), filled = filled_cells(frame, row);
        if (known > most && known * 4 >= filled) {
            most = known;
            best = row;
        }
    }
    if (sheet->named || most >= 2 || (most == 1 && is_naming(frame, best))) {
        take_header(frame, best);
        return;
    }
    for (size_t row = 0; row < tried; row++)
        if (sheet->rows[row].count + 1 >= sheet->columns && sheet->columns > 1 &&
            is_naming(frame, row)) {
            take_header(frame, row);
            return;
        }
    frame->columns = sheet->columns;
}

// ---- what is no record

static bool has_total(const struct frame *frame, size_t row, const struct terms *terms)
{
    for (size_t i = 0; i < frame->sheet->rows[row].count; i++)
        if (terms_is_total(terms, survey_text(frame->survey, frame->sheet, row, i)))
            return true;
    return false;
}

// Is the first thing that the row says a word for a total, alone?
static bool begins_with_total(const struct frame *frame, size_t row, const struct terms *terms)
{
    for (size_t i = 0; i < frame->sheet->rows[row].count; i++) {
        const char *text = survey_text(frame->survey, frame->sheet, row, i);
        if (*text)
            return terms_is_bare_total(terms, text);
    }
    return false;
}

// How many rows fill each column, totals left out, and behind the columns how many rows that are.
static size_t *fills(const struct frame *frame, size_t from, const struct terms *terms)
{
    size_t *filled = arena_take(frame->arena, frame->columns + 1, sizeof *filled);
    for (size_t row = from; row < frame->sheet->row_count; row++) {
        if (has_total(frame, row, terms))
            continue;
        filled[frame->columns]++;
        for (size_t i = 0; i < frame->columns; i++)
            filled[i] += survey_cell(frame->survey, frame->sheet, row, i) != frame->survey->empty;
    }
    return filled;
}

// Columns that most rows fill and this one does not; `*most` is how many most rows fill.
static size_t lacks(const struct frame *frame, const size_t *filled, size_t row, size_t *most)
{
    size_t rows = filled[frame->columns], lacking = 0;
    *most = 0;
    for (size_t i = 0; i < frame->columns; i++) {
        if (filled[i] * 100 < rows * MOSTLY_PCT)
            continue;
        ++*most;
        lacking += survey_cell(frame->survey, frame->sheet, row, i) == frame->survey->empty;
    }
    return lacking;
}

static bool repeats_header(const struct frame *frame, size_t row)
{
    const struct survey_sheet *sheet = frame->sheet;
    size_t same = 0;
    for (size_t i = 0; frame->names && i < frame->columns; i++)
        same += survey_cell(frame->survey, sheet, row, i) ==
                    survey_cell(frame->survey, sheet, frame->header, i) &&
                *frame->names[i];
    return same >= 2 && same * 2 > frame->columns;
}

static enum frame_row judge(const struct frame *frame, const size_t *filled, size_t row,
                            const struct terms *terms)
{
    size_t most, lacking = lacks(frame, filled, row, &most);
    if (repeats_header(frame, row))
        return FRAME_NO_RECORD;
    if (begins_with_total(frame, row, terms) || (lacking > 0 && has_total(frame, row, terms)))
        return FRAME_NO_RECORD;
    // A remark of one cell or two, where records have many.
    size_t few = most > 3 ? 2 : 1;
    if (most > 2 && lacking >= most - 1 && filled_cells(frame, row) <= few)
        return FRAME_NO_RECORD;
    return FRAME_RECORD;
}

// Rows at the end that are no records, when the last of them is no total.
static void find_footers(struct frame *frame, size_t from, const struct terms *terms)
{
    size_t row = frame->sheet->row_count;
    if (row == from || frame->rows[row - 1] != FRAME_NO_RECORD ||
        has_total(frame, row - 1, terms) || repeats_header(frame, row - 1))
        return;
    while (row > from && frame->rows[row - 1] == FRAME_NO_RECORD)
        row--;
    // Totals that come first are left out by what they say; those between footers go with them.
    while (row < frame->sheet->row_count && has_total(frame, row, terms))
        row++;
    for (; row < frame->sheet->row_count; row++) {
        frame->rows[row] = FRAME_FOOTER;
        frame->footer_count++;
    }
}

static bool tells(const struct frame *frame, size_t from, size_t column)
{
    for (size_t row = from; row < frame->sheet->row_count; row++) {
        bool empty = survey_cell(frame->survey, frame->sheet, row, column) == frame->survey->empty;
        if ((frame->rows[row] == FRAME_RECORD && empty) ||
            (frame->rows[row] == FRAME_NO_RECORD && !empty))
            return false;
    }
    return true;
}

static void find_records(struct frame *frame, size_t from, const struct terms *terms)
{
    size_t *filled = fills(frame, from, terms);
    for (size_t row = from; row < frame->sheet->row_count; row++)
        frame->rows[row] = judge(frame, filled, row, terms);
    find_footers(frame, from, terms);
    for (size_t row = from; row < frame->sheet->row_count; row++)
        if (frame->rows[row] == FRAME_RECORD)
            frame->records[frame->record_count++] = row;
        else if (frame->rows[row] == FRAME_NO_RECORD)
            frame->left_count++;
    frame->told_by = -1;
    for (size_t i = 0; i < frame->columns && frame->told_by < 0 && frame->left_count > 0; i++)
        if (tells(frame, from, i))
            frame->told_by = (int)i;
}

void frame_init(struct frame *frame, struct arena *arena, const struct survey *survey,
                const struct survey_sheet *sheet, const struct terms *terms)
{
    *frame = (struct frame){.arena = arena, .survey = survey, .sheet = sheet, .told_by = -1};
    frame->rows = arena_take(arena, sheet->row_count, sizeof *frame->rows);
    frame->records = arena_take(arena, sheet->row_count, sizeof *frame->records);
    find_header(frame, terms);
    for (size_t row = 0; frame->names && row <= frame->header; row++)
        frame->rows[row] = row < frame->header ? FRAME_ABOVE : FRAME_HEADER;
    find_records(frame, frame->names ? frame->header + 1 : 0, terms);
}
