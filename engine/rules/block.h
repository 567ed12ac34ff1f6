// SPDX-License-Identifier: MIT
// A block: what came of testing some rows of one control. Blocks are small enough to send from a
// worker process and are merged in their order, so that results do not depend on the number of
// workers.
#ifndef VOUCH_BLOCK_H
#define VOUCH_BLOCK_H

#include "engine/base/buffer.h"
#include "engine/rules/finding.h"
#include "engine/rules/pass_note.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BLOCK_REASONS = 20 }; // told apart; further ones are counted together

// A reason why rows were not tested. Two that read the same are one. Its texts are its own: one
// reason may push out another for each row.
struct block_reason {
    char *reason; // engine/base/reason.h
    char *words;  // in English, by which they are sorted
    size_t rows;
};

// A row that belongs to a group. One that cannot be tested makes its group untestable.
struct group_member {
    const char *key;
    const char *reason; // why it cannot (engine/base/reason.h); NULL: it can
    int table;
    uint32_t row;
};

struct block {
    // Rows that passed, or did not apply, because of an assumption are passed_assumed.
    size_t loaded, in_scope, not_applicable, tested, passed, passed_assumed, untestable, errors,
        exception_rows;
    struct rest_count *rests; // by assumption
    int rest_count;
    struct rests grouping; // of finding the groups
    struct block_reason
        reasons[BLOCK_REASONS]; // of untestable rows and errors, sorted: the first by words, so
    int reason_count;           // that they do not depend on the order of the rows
    size_t other_reasons;       // rows
    struct finding *findings;
    size_t finding_count, finding_capacity;
    struct group_member *members; // when keys of groups were asked for
    size_t member_count, member_capacity;
    struct pass_count notes[PASS_NOTE_KINDS]; // of the rows that passed
    struct pass_person *people;               // whose rows passed because of one day, by their ids
    int person_count;
    int64_t many;        // from so many rows on a person is reported; 0: never
    const char *failure; // the control has failed: the reason; NULL
    int64_t effort;      // nanoseconds of processor time that testing took; differs from run to run
    struct arena *arena; // holds all texts and short lists; NULL: there are none (block_arena)
};

void block_clear(struct block *block);

// Where what is added to the block or to one of its findings is kept.
struct arena *block_arena(struct block *block);

void block_add_reason(struct block *block, const char *reason, size_t rows);

// Counts rows that rest on an assumption.
void block_add_rest(struct block *block, int assumption, size_t exceptions, size_t passed);

// Adds to the rows of a person that passed because of one day.
struct pass_person *block_add_person(struct block *block, uint32_t by, int table, int64_t row);

// Appends an empty finding.
struct finding *block_add_finding(struct block *block);
void block_add_member(struct block *block, const char *key, size_t length, const char *reason,
                      int table, uint32_t row);

// Sorts the members by group, in it by table and key.
void block_sort_members(struct block *block, const struct data *data);

// The end of the group that begins at member `from`.
size_t block_group_end(const struct block *block, size_t from);

// Adds counts, reasons, findings and members of `from`, which is left empty.
void block_merge(struct block *block, struct block *from);

// As bytes for a pipe, and back: -1 when the bytes are no block.
void block_write(const struct block *block, struct buffer *out);
int block_read(struct block *block, const char *bytes, size_t length);

#endif
