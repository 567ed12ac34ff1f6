// SPDX-License-Identifier: MIT
// A frame: which rows of a sheet are its records, and which are what people and systems put round
// them: a title, the header, totals, page headers, footers.
#ifndef VOUCH_GUESS_FRAME_H
#define VOUCH_GUESS_FRAME_H

#include "adapters/survey.h"
#include "guess/terms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum frame_row { FRAME_ABOVE, FRAME_HEADER, FRAME_RECORD, FRAME_NO_RECORD, FRAME_FOOTER };

struct frame {
    struct arena *arena; // of what is found
    const struct survey *survey;
    const struct survey_sheet *sheet;
    const char **names; // of the columns; NULL without a header
    size_t columns;     // of the header, or of the records
    size_t header;      // its row; meaningless without names
    int64_t skip;       // lines above the header
    enum frame_row *rows;
    size_t record_count, footer_count, left_count; // records; rows at the end; others that are none
    size_t *records;                               // their rows
    // How the others are told: those whose cell of this column is empty; -1: by their texts.
    int told_by;
};

// `terms` tells a header and totals. What is found lives as long as the arena.
void frame_init(struct frame *frame, struct arena *arena, const struct survey *survey,
                const struct survey_sheet *sheet, const struct terms *terms);

// A column's name, or "column 3" from 1 without a header; lives as long as `room`.
const char *frame_name(const struct frame *frame, size_t column, char room[32]);

// Does another column have that name too?
bool frame_is_ambiguous(const struct frame *frame, size_t column);

// A record's cell: its code.
uint32_t frame_cell(const struct frame *frame, size_t record, size_t column);

#endif
