// SPDX-License-Identifier: MIT
// The data of an engagement: its tables, once filled by the adapters, then sealed: references
// resolved, reverse lists built, nothing changes any more. Sealed data are shared with worker
// processes by fork.
#ifndef VOUCH_DATA_H
#define VOUCH_DATA_H

#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/dictionary.h"
#include "engine/base/total.h"
#include "engine/data/assumption.h"
#include "engine/data/column.h"
#include "engine/data/history.h"
#include "engine/data/left_out.h"
#include "engine/data/model.h"
#include "engine/data/part.h"
#include "engine/data/problem.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct merge;
struct nearest_index;
struct row_index;
struct people_index;

// Where rows came from.
struct source {
    const char *name;   // as evidence shows it: "data/sales_order.csv", relative to the engagement
    const char *sha256; // of its bytes, hexadecimal; NULL where a source has no bytes of its own
    int64_t bytes;
    size_t records_read;
    bool keyed;      // evidence names its rows by their keys rather than by their lines
    bool sheet;      // of a workbook: its places are cells, "export.xlsx:发货单!C42"
    json_t *details; // for the run record: encoding, mapping, `extracted`; owned; may be NULL
};

// Rows [first, next span's first) of a table come from `source`.
struct span {
    uint32_t first;
    int source;
};

// A source column kept as text for computed columns.
struct source_column {
    const char *label;
    struct column column;
};

// The rows that refer to each row: rows[offsets[r] .. offsets[r + 1]) in key order.
struct row_lists {
    uint32_t *offsets; // NULL when the referring table was not imported
    uint32_t *rows;
};

// A resolved reference of a table.
struct link {
    struct column rows; // row of the target; CELL_NULL none, CELL_INVALID ambiguous or not readable
    struct column tables; // of a REFERENCE_DOCUMENT: the target's table index
    const char *missing;  // the reason why the reference cannot be followed; NULL
    struct rests rests;   // of following it
    struct rests lost;    // of lists by it: rows whose own cells cannot be read stand in none
    const char
        *unlisted; // the reason why lists by it cannot be read, though it can be followed; NULL
    bool target_missing; // the target was not imported: CELL_INVALID where a row names one
    uint32_t *dangling;  // rows that name one that is not there, in order; owned
    size_t dangling_count;
    size_t named; // rows that name one at all
};

// What a source said it would give a table (`expect`).
struct expectation {
    int table;
    int source, sources;  // the first, and how many
    int field;            // -1: the number of rows
    const char *expected; // as the engagement writes it
    // After sealing. The difference is actual − expected.
    struct total actual, difference;
    bool met;
};

enum { ROW_NONE = -1, ROW_AMBIGUOUS = -2 }; // of data_follow

struct table {
    const struct model_table *definition;
    bool imported;        // some source fed this table, were it without rows
    bool given;           // not imported, and taken as having no rows, or the ids that others name
    uint16_t assumption;  // that it rests on where it was not imported; 0: it was
    uint16_t unrejected;  // that its lists rest on where records were rejected; 0: none were
    uint16_t ungrouped;   // that groups rest on where a row's group cannot be found
    struct rests listing; // of any list of its rows: when they came to be
    struct rests currency_rests; // of its money
    uint32_t rows;
    // read = rows + rejected + left out (by cause) + repeated + merged
    size_t records_read, records_rejected, records_left_out[LEFT_OUT_CAUSES], records_repeated,
        records_merged;
    struct column *columns; // by field
    struct column lines;    // first physical line of each row's record
    struct column digests; // of the texts of its record, until the data are sealed; see part_digest
    struct span *spans;
    size_t span_count;
    struct link *links;         // by reference
    struct row_lists *reverses; // by reverse
    struct source_column *source_columns;
    size_t source_column_count;
    struct history_share history;
    int covered_to;    // the last day that its sources cover; CALENDAR_DAY_MAX: open
    bool one_currency; // all rows have the same currency, `currency`
    uint32_t currency; // text code
};

enum { RATE_DAYS = 31 }; // unless the engagement says otherwise

// What a system may approve by a rule of its own.
struct automatic_approval {
    const char *by;       // the system user's id
    struct decimal limit; // in the company's currency
    const char *rule;
};

// What a run is about; plain values from the engagement file and the command line. What it points
// to is borrowed, or stands in its arena.
struct scope {
    struct arena *arena;  // owned; NULL: it holds nothing of its own (scope_arena)
    int from, to;         // the period, days, inclusive; CALENDAR_DAY_MIN/MAX when open
    int as_of;            // rows dated later are invisible
    const char *currency; // of the company
    struct zone *zone;    // owned
    int *holidays;        // sorted days off, beside Saturdays and Sundays
    size_t holiday_count;
    int *workdays; // sorted Saturdays and Sundays that are worked
    size_t workday_count;
    const char *period_text; // as given: "2026-10"
    enum people people;      // what columns hold of which the model does not say
    struct automatic_approval *automatic;
    size_t automatic_count;
    int rate_days; // so many days an exchange rate is carried forward
};

// Parts waiting to be joined into their table.
struct part_list {
    struct part **items;
    size_t count;
};

struct data {
    struct arena *arena;       // of the small things below: names, lists, what is said of cells
    const struct model *model; // borrowed
    struct dictionary *texts;
    uint32_t own_currency;   // text code of the engagement's currency
    struct table *tables;    // by table index
    struct part_list *parts; // by table index; empty once joined
    struct source *sources;
    size_t source_count;
    struct problem_list problems;
    struct left_out_list left_out;
    struct nearest_index *nearest; // of ids, while references are resolved
    struct merge *merges;          // to be done (data_merge.h)
    size_t merge_count;
    struct expectation *expectations;
    size_t expectation_count;
    struct scope scope;
    int employees, users;      // tables of people; -1 where the model has none
    struct rests people_rests; // of telling who is whom
    uint16_t carried;          // assumption of an older exchange rate; 0: none
    struct people_index *employee_index, *user_index; // by id; NULL where not imported
    struct known_identity *identities;                // the latest that were asked for
    struct assumption *assumptions;                   // by number; the first is none
    int assumption_count;                             // with that one
    struct statement *statements;
    size_t statement_count;
    int history_pct; // of headers, from which on a history decides (history.h)
    struct extent *extents;
    size_t extent_count;
    bool refuses_all;  // only what the engagement states is assumed
    bool all_recorded; // a column that is empty in every row says that nobody did it (cases)
    bool sealed;
};

// May its rows be read, were there none?
static inline bool table_is_there(const struct table *table)
{
    return table->imported || table->given;
}

void scope_clear(struct scope *scope);
struct arena *scope_arena(struct scope *scope);
void scope_add_automatic(struct scope *scope, const char *by, struct decimal limit,
                         const char *rule);

// `scope` is taken over. The caller frees.
struct data *data_new(const struct model *model, struct scope scope);
void data_free(struct data *data);

// Registers a source and returns its index; the arguments are copied, `details` is taken over.
int data_add_source(struct data *data, const char *name, const char *sha256, int64_t bytes,
                    json_t *details);

// Marks a table as imported even when its source held no rows.
void data_add_table(struct data *data, int table);

// Appends the part's rows to its table and takes the part over. Parts of one table keep the order
// in which they are added: that order is the order of the rows.
void data_add_part(struct data *data, struct part *part);

// Joins the parts added so far into their tables: columns can be read, nothing is resolved.
// data_seal does it when it was not done before; computed columns are evaluated in between
// (computation.h).
void data_join(struct data *data);

// Takes rows out of a joined table and adds their number to `*count`; `dropped` by row (of
// data_join).
void data_drop_rows(struct data *data, int table, const bool *dropped, size_t *count);

// A control total of the rows that a source, or that many from it on, gave a table; `field` -1: the
// number of rows loaded.
void data_expect(struct data *data, int table, int source, int sources, int field,
                 const char *expected);

// Joins, decides what is assumed, checks keys, resolves references, builds reverse lists, checks
// expectations. The problems found are added to data->problems, which is then sorted.
void data_seal(struct data *data);

// The row that a reference leads to, ROW_NONE or ROW_AMBIGUOUS; `*table` is the target's index.
int64_t data_follow(const struct data *data, int table, int64_t row, int reference, int *target);

// Whether a row names something by a reference that is not in the data.
bool data_dangles(const struct data *data, int table, int64_t row, int reference);

// Sets the reason why a reference is ambiguous or not readable, or that it names what is not there:
// "2 price_list_line in force".
void data_explain_link(const struct data *data, int table, int64_t row, int reference,
                       struct buffer *reason);

// The word at the end of a path from `row` of `table`; CELL_NULL where a step leads nowhere,
// CELL_INVALID where it names what is not in the data.
int64_t data_walk(const struct data *data, int table, const struct path *path, int64_t row);

// Sets the reason why the word at the end of a path cannot be read; false where it can.
bool data_explain_path(const struct data *data, int table, const struct path *path, int64_t row,
                       struct buffer *reason);

// Adds what reading along a path rests on; `rests` stand in `arena`.
void data_path_rests(const struct data *data, struct arena *arena, int table,
                     const struct path *path, struct rests *rests);

// Negative, zero, positive: two rows of a table by their keys; null before values, texts bytewise.
int data_compare_keys(const struct data *data, int table, int64_t a, int64_t b);

// The key of a row as results write it: key columns joined by "/", special bytes percent-encoded.
void data_key(const struct data *data, int table, int64_t row, struct buffer *out);

// Percent-encodes one column's text of a key.
void data_encode_key(const char *bytes, size_t length, struct buffer *out);

// The source of a row, by its span.
int data_source(const struct table *table, int64_t row);

// A place in a source: "data/sales_order.csv:42"; in a workbook "export.xlsx:发货单!42", and with
// what the source calls a column (NULL: none, or one that it does not have)
// "export.xlsx:发货单!C42". The source alone where `line` is 0.
void data_place(const struct data *data, int source, int64_t line, const char *column,
                struct buffer *out);

// The same of a row, or "postgres:erp.sales.sales_order:SO1" where the source knows keys.
void data_origin(const struct data *data, int table, int64_t row, struct buffer *out);

// A field as text, as reports print it; amounts with at least their currency's minor digits. Null
// or invalid: nothing is added and false is returned.
bool data_format(const struct data *data, int table, int64_t row, int field, struct buffer *out);

// Text code of the currency of a row's money fields, by the table's currency path or the
// engagement's.
uint32_t data_currency(const struct data *data, int table, int64_t row);

// What a row says that it is worth, in its currency; false where it does not.
bool data_amount(const struct data *data, int table, int64_t row, struct decimal *amount);

// The day that places a row in time by `path`: its date, its timestamp's local day, or the last day
// of its accounting period. false when a step is missing, null or invalid.
bool data_day(const struct data *data, int table, const struct path *path, int64_t row, int *day);

// The same by the table's own declaration: its period, otherwise what stands in for it.
bool data_row_day(const struct data *data, int table, int64_t row, int *day);

// Whether a row may stand in a list: it is not dated after as_of.
bool data_visible(const struct data *data, int table, int64_t row);

// The row of `table` with this text key (as data_key writes it), or ROW_NONE.
int64_t data_find_key(const struct data *data, int table, const char *key);

// The exact sum of a numeric column.
struct total data_sum(const struct data *data, int table, int field);

// The same over the rows that came from one source.
struct total data_sum_source(const struct data *data, int table, int field, int source);

// Who is behind an id (a text code) of an employee or a user. Ids compare without regard to case
// and width.
struct identity {
    enum {
        IDENTITY_NOBODY, // no id
        IDENTITY_SYSTEM, // an account marked as the system's
        IDENTITY_PERSON,
        IDENTITY_TWO_PEOPLE, // the id of one person's account and of another employee
    } kind;
    uint32_t id; // the employee's, as far as it is known; else the id itself
    int64_t row; // of the employee; ROW_NONE, or ROW_AMBIGUOUS of two people
};

// `people`: what the column of the id holds. PEOPLE_EITHER: as the engagement says.
struct identity data_identify(const struct data *data, uint32_t id, enum people people);

bool data_has_systems(const struct data *data); // any account that is a system's

// Up to which amount a system user's decisions are approvals, as the engagement states; false: none
// is.
bool data_automatic_limit(const struct data *data, uint32_t id, struct decimal *limit);

bool data_is_user(const struct data *data, uint32_t id); // has an account

// One person? Nobody and systems are nobody's equal; an id that no table of people knows is at
// least equal to itself. What may be two people equals none here: ask for it first.
bool identity_is_same(const struct data *data, struct identity a, struct identity b);

// The same of ids from columns that hold either.
int64_t data_person(const struct data *data, uint32_t id); // row of the employee
bool data_is_system(const struct data *data, uint32_t id);
bool data_same_person(const struct data *data, uint32_t a, uint32_t b);

#endif
