// SPDX-License-Identifier: MIT
// Functions on texts. There are no patterns: matching them cannot be interrupted. Letter case is
// Unicode's, positions are bytes.
#include "engine/base/fold.h"
#include "engine/lua/budget.h"
#include "engine/lua/script_functions.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static int change_case(lua_State *L, utf8proc_int32_t (*convert)(utf8proc_int32_t))
{
    size_t length;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)luaL_checklstring(L, 1, &length);
    struct buffer *scratch = &script_context_of(L)->scratch;
    buffer_reset(scratch);
    script_spend(L, (int64_t)length);
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate(bytes + i, (utf8proc_ssize_t)(length - i), &point);
        if (used <= 0) {
            buffer_add(scratch, bytes + i, 1);
            i++;
            continue;
        }
        utf8proc_uint8_t encoded[4];
        buffer_add(scratch, encoded, (size_t)utf8proc_encode_char(convert(point), encoded));
        i += (size_t)used;
    }
    lua_pushlstring(L, buffer_text(scratch), scratch->length);
    return 1;
}

static int text_upper(lua_State *L)
{
    return change_case(L, utf8proc_toupper);
}

static int text_lower(lua_State *L)
{
    return change_case(L, utf8proc_tolower);
}

static int text_len(lua_State *L)
{
    size_t length;
    luaL_checklstring(L, 1, &length);
    lua_pushinteger(L, (lua_Integer)length);
    return 1;
}

static int text_sub(lua_State *L)
{
    size_t size;
    const char *bytes = luaL_checklstring(L, 1, &size);
    lua_Integer length = (lua_Integer)size;
    lua_Integer from = luaL_checkinteger(L, 2), to = luaL_optinteger(L, 3, -1);
    if (from < 0)
        from = from < -length ? 1 : length + from + 1;
    if (to < 0)
        to = to < -length ? 0 : length + to + 1;
    from = from < 1 ? 1 : from;
    to = to > length ? length : to;
    if (from > to)
        lua_pushliteral(L, "");
    else
        lua_pushlstring(L, bytes + from - 1, (size_t)(to - from + 1));
    return 1;
}

static int text_find(lua_State *L)
{
    size_t length, wanted;
    const char *bytes = luaL_checklstring(L, 1, &length);
    const char *needle = luaL_checklstring(L, 2, &wanted);
    script_spend(L, (int64_t)length / 16 + 1);
    const char *found = memmem(bytes, length, needle, wanted);
    if (!found)
        return 0;
    lua_pushinteger(L, found - bytes + 1);
    return 1;
}

static int text_starts_with(lua_State *L)
{
    size_t length, wanted;
    const char *bytes = luaL_checklstring(L, 1, &length);
    const char *start = luaL_checklstring(L, 2, &wanted);
    lua_pushboolean(L, wanted <= length && memcmp(bytes, start, wanted) == 0);
    return 1;
}

static int text_ends_with(lua_State *L)
{
    size_t length, wanted;
    const char *bytes = luaL_checklstring(L, 1, &length);
    const char *end = luaL_checklstring(L, 2, &wanted);
    lua_pushboolean(L, wanted <= length && memcmp(bytes + length - wanted, end, wanted) == 0);
    return 1;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int text_trim(lua_State *L)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    while (length && is_blank(bytes[length - 1]))
        length--;
    size_t from = 0;
    while (from < length && is_blank(bytes[from]))
        from++;
    lua_pushlstring(L, bytes + from, length - from);
    return 1;
}

// NFKC, case folded, without blanks: how names are compared when people typed them.
static int text_fold(lua_State *L)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    script_spend(L, (int64_t)length * 4);
    size_t size;
    char *folded = fold_text(bytes, length, &size);
    struct buffer *scratch = &script_context_of(L)->scratch;
    buffer_reset(scratch);
    for (size_t at = 0; at < size; at++)
        if (!is_blank(folded[at]))
            buffer_add(scratch, folded + at, 1);
    free(folded);
    lua_pushlstring(L, buffer_text(scratch), scratch->length);
    return 1;
}

// What a character of a number is to telling its parts apart.
enum piece { PIECE_NONE, PIECE_DIGITS, PIECE_LETTERS };

static enum piece piece_of(char c)
{
    if (c >= '0' && c <= '9')
        return PIECE_DIGITS;
    bool mark = (unsigned char)c < 0x80 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    return mark ? PIECE_NONE : PIECE_LETTERS;
}

// The parts of a folded number with a mark between them, those of digits without leading zeros;
// digits that only blanks part are one number ("1234 5678").
static void add_parts(const char *bytes, size_t length, bool join_blanks, struct buffer *out)
{
    enum piece before = PIECE_NONE;
    for (size_t at = 0; at < length; at++) {
        enum piece part = piece_of(bytes[at]);
        bool begins = part != PIECE_NONE && part != before;
        if (part == PIECE_NONE && join_blanks)
            continue;
        if (begins && out->length)
            buffer_add_byte(out, '-');
        while (begins && part == PIECE_DIGITS && bytes[at] == '0' && at + 1 < length &&
               piece_of(bytes[at + 1]) == PIECE_DIGITS)
            at++;
        if (part != PIECE_NONE)
            buffer_add_byte(out, bytes[at]);
        before = part;
    }
}

// NFKC, case folded, its parts told apart however they are: how numbers of documents are compared.
static int text_number_key(lua_State *L)
{
    size_t length;
    const char *bytes = luaL_checklstring(L, 1, &length);
    script_spend(L, (int64_t)length * 4);
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &folded,
                     UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STABLE);
    if (size < 0) {
        lua_pushvalue(L, 1);
        return 1;
    }
    bool digits = true;
    for (utf8proc_ssize_t at = 0; at < size; at++)
        digits =
            digits && (is_blank((char)folded[at]) || piece_of((char)folded[at]) == PIECE_DIGITS);
    struct buffer *scratch = &script_context_of(L)->scratch;
    buffer_reset(scratch);
    add_parts((const char *)folded, (size_t)size, digits, scratch);
    free(folded);
    lua_pushlstring(L, buffer_text(scratch), scratch->length);
    return 1;
}

const struct script_function script_text_functions[] = {
    {"string.upper", text_upper, "string.upper(text)", "text", "in capital letters"},
    {"string.lower", text_lower, "string.lower(text)", "text", "in small letters"},
    {"string.len", text_len, "string.len(text)", "int", "length in bytes"},
    {"string.sub", text_sub, "string.sub(text, from, to)", "text",
     "bytes from .. to, from the end if negative"},
    {"string.find", text_find, "string.find(text, part, ...)", "int",
     "position of part, no patterns; nil"},
    {"starts_with", text_starts_with, "starts_with(text, start)", "bool", "does text begin so"},
    {"ends_with", text_ends_with, "ends_with(text, end)", "bool", "does text end so"},
    {"trim", text_trim, "trim(text)", "text", "without blanks at both ends"},
    {"fold", text_fold, "fold(text)", "text",
     "for comparing names: width, case and blanks ignored"},
    {"number_key", text_number_key, "number_key(text)", "text",
     "for comparing numbers of documents: width, case, marks and leading zeros ignored"},
    {NULL, NULL, NULL, NULL, NULL},
};
