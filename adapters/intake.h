// SPDX-License-Identifier: MIT
// The intake of a feed: what becomes of its records before they are rows, where that takes more
// than the record at hand. In this order: footers are taken off (`skip_end`), records that are none
// are left out (`where`), empty cells take the value above (`fill`), columns of another file are
// added (`with`), the columns are mapped, lines are numbered (`number`). A feed without these
// settings has no intake: its records go straight to the part.
#ifndef VOUCH_INTAKE_H
#define VOUCH_INTAKE_H

#include "adapters/feed.h"
#include "engine/base/dictionary.h"

struct intake;

// Checks the settings of an import before its source is read. `ordered`: its records have an order
// of their own, which skip_end, fill and number need.
int intake_check(const struct model *model, int table, const json_t *declaration, bool ordered,
                 const char *where, struct error *error);

// Maps the feed to a source's columns: sets feed->mapping, and feed->intake where it needs one,
// whose other files are read here. -1 with feed->error.
int intake_map(struct feed *feed, const struct source_columns *columns);
void intake_free(struct intake *intake);

// The n-th file that lends the feed columns, counted from 0; false: there are no more.
bool intake_lender(const struct feed *feed, size_t number, const char **name, const char **sha256,
                   int64_t *bytes);

// Does an empty cell of that column take the value above?
bool intake_fills(const struct feed *feed, size_t column);

// One record, copied. `last_line` is that of its last physical line. With a `reason` it cannot be
// split into the source's columns, and has `count` fields (none where they are not known).
void intake_add(struct intake *intake, int64_t line, int64_t last_line, const struct text *fields,
                size_t count, const char *reason, struct text first_line);

// The columns with those that the feed's other files lend.
struct source_columns intake_columns(const struct feed *feed, const struct source_columns *columns);

// When all feeds are read and no thread is left: decides what `where` leaves out.
int intake_screen(struct import *import, struct error *error);

// Makes the rows of a feed that has an intake; a task of its own.
void intake_finish(struct feed *feed);

#endif
