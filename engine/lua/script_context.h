// SPDX-License-Identifier: MIT
// What the C functions of a Lua state work on: the data, the budget, what the row under test has
// touched. One context belongs to one state and is found through the state's extra space.
#ifndef VOUCH_SCRIPT_CONTEXT_H
#define VOUCH_SCRIPT_CONTEXT_H

#include "engine/base/buffer.h"
#include "engine/data/data.h"
#include "engine/data/lookup.h"
#include "engine/rules/pass_note.h"

#include <lua.h>

enum { ACCESS_CACHE = 1024 };

// How a name on a row of a table is read, remembered by the address of Lua's interned string.
struct access {
    const char *name;
    int table;
    enum { ACCESS_FIELD, ACCESS_REFERENCE, ACCESS_REVERSE } kind;
    int number;
};

// Notes which lines of one file run.
struct line_watch {
    char chunk[512]; // the file, as Lua names it: "=rules/controls/prc.lua"
    bool *ran;       // by line, from 1
    uint32_t line_count;
};

struct script_context {
    const struct data *data; // NULL while declarations are loaded: rows cannot exist then
    // Of the row under test:
    uint32_t currency;    // of the money read so far; DICTIONARY_NONE
    bool currency_chosen; // select_currency: reads no longer compare
    uint64_t *rests;      // a bit for each assumption that it rests on; none while rules load
    bool rests_any;
    const uint64_t *refused;  // assumptions that the control at work does not accept; NULL: none
    const uint64_t *compared; // of these, those derived from what it compares them with
    bool showing;             // what is read now is only shown: nothing rests on it
    struct pass_note *notes;  // should it pass: why
    size_t note_count, note_capacity;
    struct buffer reason;  // why it is untestable: engine/base/reason.h
    struct buffer scratch; // for building text where Lua may raise: survives, is reused
    // Budget:
    int64_t instructions; // a row may take
    int64_t steps;        // of work inside C functions, counted like instructions
    bool out_of_budget;
    size_t bytes, byte_limit, byte_peak;
    bool out_of_memory;
    struct access cache[ACCESS_CACHE];
    struct lookups *lookups;     // of lookup and in_force; NULL: none yet
    struct lookups *own_lookups; // the same, unless others share them
    struct line_watch *watch;    // NULL: lines are not noted
};

static inline struct script_context *script_context_of(lua_State *L)
{
    return *(struct script_context **)lua_getextraspace(L);
}

// How many words of 64 bits a set of assumptions has.
static inline size_t script_rest_words(const struct data *data)
{
    return data ? (size_t)data->assumption_count / 64 + 1 : 0;
}

// Notes that the row under test rests on an assumption, unless what is read is only shown; one that
// the control does not accept ends the row as untestable. 0: none.
void script_rest(lua_State *L, int assumption);
void script_rest_all(lua_State *L, const struct rests *rests);

// The next assumption that the row under test rests on after that number; 0 when there is none. A
// row rests on few of many: words without any are passed over whole.
static inline int script_rest_after(const struct script_context *context, int assumption)
{
    size_t words = context->rests_any ? script_rest_words(context->data) : 0;
    uint64_t from = UINT64_MAX << ((assumption + 1) % 64);
    for (size_t at = (size_t)(assumption + 1) / 64; at < words; at++, from = UINT64_MAX)
        if (context->rests[at] & from)
            return (int)at * 64 + __builtin_ctzll(context->rests[at] & from);
    return 0;
}

// Ends the row under test as untestable, with the reason in context->reason. Does not return.
_Noreturn void script_untestable(lua_State *L);

#endif
