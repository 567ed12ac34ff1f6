// SPDX-License-Identifier: MIT
#include "engine/lua/script_chunk.h"

#include "engine/base/buffer.h"
#include "engine/base/memory.h"
#include "engine/lua/sandbox.h"
#include "engine/lua/script_shown.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

// Never freed: a process that tests keeps them to its end.
static struct chunk {
    const char *text; // of the file, which outlives the process's tests
    struct buffer code;
    struct chunk *next;
} * chunks;

static int add_code(lua_State *L, const void *bytes, size_t length, void *code)
{
    (void)L;
    buffer_add(code, bytes, length);
    return 0;
}

// The file's code, empty when the text does not compile.
static void compile(const struct rule_file *file, struct buffer *code)
{
    char name[512];
    lua_State *L = luaL_newstate();
    if (!L)
        memory_exhausted();
    struct buffer text = {0};
    snprintf(name, sizeof name, "=%s", file->name);
    script_shown_rewrite(file->text, file->length, &text);
    if (luaL_loadbufferx(L, text.data, text.length, name, "t") == LUA_OK)
        lua_dump(L, add_code, code, 0);
    buffer_clear(&text);
    lua_close(L);
}

int script_chunk_run(lua_State *L, const struct rule_file *file, struct error *error)
{
    struct chunk *chunk = chunks;
    while (chunk && chunk->text != file->text)
        chunk = chunk->next;
    if (!chunk) {
        chunk = memory_new(1, sizeof *chunk);
        *chunk = (struct chunk){.text = file->text, .next = chunks};
        compile(file, &chunk->code);
        chunks = chunk;
    }
    if (chunk->code.length == 0)
        return sandbox_run(L, file->name, file->text, file->length, error);
    return sandbox_run_code(L, file->name, chunk->code.data, chunk->code.length, error);
}
