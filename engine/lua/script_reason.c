// SPDX-License-Identifier: MIT
// A reason in two languages travels packed, with both its texts as values. Since the first value
// ends at a control character, none of those stays in either.
#include "engine/lua/script_reason.h"

#include "engine/base/reason.h"
#include "engine/lua/budget.h"
#include "engine/lua/script_context.h"
#include "engine/lua/script_value.h"

#include <lauxlib.h>
#include <string.h>

enum { REASON_BYTES = 500 }; // of one language

// Control characters become blanks. What is beyond the length that reports show is left away: a row
// does not become an error by saying much.
static void add_bytes(lua_State *L, const char *bytes, size_t length, size_t begin,
                      struct buffer *out)
{
    script_spend(L, (int64_t)length);
    for (size_t i = 0; i < length && out->length - begin <= REASON_BYTES; i++)
        buffer_add_byte(out, (unsigned char)bytes[i] < ' ' || bytes[i] == 0x7F ? ' ' : bytes[i]);
}

// What a {name} stands for in the table at `index`.
static void add_named(lua_State *L, int index, const char *name, size_t length, size_t begin,
                      struct buffer *out)
{
    struct buffer *scratch = &script_context_of(L)->scratch;
    lua_pushlstring(L, name, length);
    lua_pushvalue(L, -1);
    if (lua_gettable(L, index) == LUA_TNIL)
        luaL_error(L, "the reason shows {%s}, which stands for nothing", lua_tostring(L, -2));
    buffer_reset(scratch);
    if (!script_value_text(L, -1, scratch))
        luaL_error(L, "the reason shows {%s}, a %s, which has no text", lua_tostring(L, -2),
                   script_value_type(L, -1));
    add_bytes(L, buffer_text(scratch), scratch->length, begin, out);
    lua_pop(L, 2);
}

static void add_filled(lua_State *L, int index, const char *text, struct buffer *out)
{
    const char *open, *close;
    size_t begin = out->length;
    while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
        add_bytes(L, text, (size_t)(open - text), begin, out);
        add_named(L, index, open + 1, (size_t)(close - open - 1), begin, out);
        text = close + 1;
    }
    add_bytes(L, text, strlen(text), begin, out);
    buffer_shorten(out, begin, REASON_BYTES);
}

void script_reason_read(lua_State *L, int index, struct buffer *reason)
{
    static const char *const languages[] = {"en", "zh"};
    index = lua_absindex(L, index);
    buffer_reset(reason);
    if (lua_type(L, index) != LUA_TTABLE) {
        size_t length;
        const char *text = luaL_checklstring(L, index, &length);
        add_bytes(L, text, length, 0, reason);
        buffer_shorten(reason, 0, REASON_BYTES);
        return;
    }
    reason_set(reason, REASON_RULE);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (lua_getfield(L, index, languages[i]) != LUA_TSTRING)
            luaL_error(L, "a reason is a text, or { en = \"...\", zh = \"...\" }");
        buffer_add_text(reason, REASON_AND);
        add_filled(L, index, lua_tostring(L, -1), reason);
        lua_pop(L, 1);
    }
}
