// SPDX-License-Identifier: MIT
// The cases as they are written, for who reads rules rather than runs them.
#include "engine/lua/cases.h"

#include "engine/base/buffer_json.h"
#include "engine/base/process.h"
#include "engine/lua/cases_inside.h"
#include "engine/lua/tester.h"
#include "engine/lua/vocabulary.h"

#include <string.h>

struct file_of_cases {
    const struct engagement *engagement;
    int number;
};

static int add_cases(lua_State *L, const char *control, json_t *all, struct error *error)
{
    lua_settop(L, 0);
    vocabulary_push_cases(L, control);
    for (lua_Integer i = 1; lua_istable(L, 1) && lua_rawgeti(L, 1, i) == LUA_TTABLE; i++) {
        json_t *settings = cases_settings(L, error);
        if (!settings)
            return -1;
        lua_rawgeti(L, 2, 1);
        json_object_set_new(
            settings, "name",
            json_string(lua_type(L, 3) == LUA_TSTRING ? lua_tostring(L, 3) : "unnamed"));
        json_object_set_new(settings, "control", json_string(control));
        json_array_append_new(all, settings);
        lua_settop(L, 1);
    }
    return 0;
}

static int tell_file(void *context, struct buffer *out, struct error *error)
{
    const struct file_of_cases *file = context;
    lua_State *L = cases_load(file->engagement, file->number, error);
    json_t *all = json_array();
    if (!L)
        return -1;
    for (int i = 0; i < file->engagement->control_count; i++)
        if (file->engagement->controls[i].cases_index == file->number &&
            file->engagement->controls[i].selected &&
            add_cases(L, file->engagement->controls[i].id, all, error) != 0)
            return -1;
    buffer_add_json(out, all, JSON_COMPACT);
    return 0;
}

json_t *cases_written(const struct engagement *engagement, struct error *error)
{
    static const struct limits limits = {
        .cpu_seconds = 60, .wall_seconds = 900, .bytes = (size_t)2 << 30};
    json_t *all = json_array();
    for (int i = 0; i < engagement->file_count && all; i++) {
        const struct rule_file *file = &engagement->files[i];
        struct file_of_cases context = {engagement, i};
        struct buffer text = {0};
        json_t *cases = NULL;
        if (file->kind != RULE_FILE_CONTROLS && file->kind != RULE_FILE_CASES)
            continue;
        if (process_run(tell_file, &context, &limits, file->name, &text, error) == 0) {
            cases = json_loadb(buffer_text(&text), text.length, 0, NULL);
            if (!cases)
                error_set(error, ERROR_SOURCE, file->name, "came back damaged");
        }
        buffer_clear(&text);
        if (cases) {
            json_array_extend(all, cases);
        } else {
            json_decref(all);
            all = NULL;
        }
        json_decref(cases);
    }
    return all;
}
