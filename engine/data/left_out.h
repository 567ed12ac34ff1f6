// SPDX-License-Identifier: MIT
// What was left out: records that the engagement declares to be none (`where`, `skip_end`). They
// are counted and shown with their lines and amounts; only one whose key is loaded or referred to
// all the same is a problem.
#ifndef VOUCH_LEFT_OUT_H
#define VOUCH_LEFT_OUT_H

#include <stddef.h>
#include <stdint.h>

struct data;
struct row_index;

enum left_out_cause {
    LEFT_OUT_CONDITION, // `where` is false for it
    LEFT_OUT_FOOTER,    // `skip_end`
    LEFT_OUT_CAUSES
};

// Records that follow one another in a source and were left out for one cause.
struct left_out {
    int table;  // of the model
    int source; // index into the data's sources
    enum left_out_cause cause;
    int64_t first, last; // physical lines, or rows of a query
    size_t records;
    const char
        *amounts; // "amount=1234.50; tax_amount=160.49": sums of what could be read; NULL: none
    const char *value; // what stands in the first of them, cut to 200 bytes
};

// The key that one of them has, as data_key writes it.
struct left_out_key {
    int table, source;
    int64_t line;
    const char *key;
};

struct left_out_list {
    struct left_out *items;
    size_t count, capacity;
    struct left_out_key *keys;
    size_t key_count;
    struct arena *arena; // of all of it but the items; NULL while there are none
};

// The texts are copied.
void left_out_add(struct left_out_list *list, const struct left_out *range);
void left_out_add_key(struct left_out_list *list, int table, int source, int64_t line,
                      const char *key);
// Moves all of `from` to the end of `list`; `from` is left empty.
void left_out_move(struct left_out_list *list, struct left_out_list *from);
void left_out_clear(struct left_out_list *list);

const char *left_out_cause_name(enum left_out_cause cause); // "where", "skip_end"

// Of data whose references are resolved: reports the records whose key is loaded, or stands among
// the references that find nothing. `keys`: indexes of tables by their key, NULL where there is
// none.
void left_out_check(struct data *data, struct row_index *const *keys);

#endif
