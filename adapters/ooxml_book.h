// SPDX-License-Identifier: MIT
// What the sheets of an .xlsx file share: their names and parts, the texts that cells refer to, and
// which of the cells' styles show dates. ECMA-376 in both its forms, transitional and strict.
#ifndef VOUCH_OOXML_BOOK_H
#define VOUCH_OOXML_BOOK_H

#include "adapters/decode.h"
#include "adapters/number_format.h"
#include "adapters/ooxml_package.h"
#include "engine/base/dictionary.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct ooxml_sheet_part {
    const char *name, *part; // part NULL: it has none, or one that is no table
    bool hidden;
};

struct ooxml_book {
    struct arena *arena; // the workbook's: whoever reads texts and styles takes from it by himself
    const char *name;
    struct file_bytes file;
    struct unpack_limit limit;
    struct ooxml_sheet_part *sheets;
    size_t sheet_count;
    bool late;  // days are counted from 1904
    bool stale; // formulas are to be calculated before they are looked at
    const char *strings_part, *styles_part; // NULL: it has none
    // Read when a sheet first needs them.
    pthread_mutex_t mutex;
    bool loaded, failed;
    struct error error;
    struct buffer texts; // of the shared strings, one behind the other
    size_t *ends;        // of each, counted from 0
    size_t string_count, string_capacity;
    unsigned char *formats; // enum number_format, by style
    size_t format_count;
};

// A book of the arena, called `name`: reads the file and what it says of its sheets. -1 with
// `error`. It is to be closed either way.
int ooxml_book_open(struct ooxml_book *book, const char *path, const struct unpack_limit *limit,
                    struct error *error);
void ooxml_book_close(struct ooxml_book *book);

// Shared strings and styles; any number of threads may ask for them. -1 with `error`.
int ooxml_book_load(struct ooxml_book *book, struct error *error);

// The n-th shared string; false when there is none.
bool ooxml_book_string(const struct ooxml_book *book, size_t number, struct text *text);

// Ends the text that begins at `from` of `out`: takes _x000D_ and the like for what they mean.
void ooxml_unescape(struct buffer *out, size_t from);

#endif
