// SPDX-License-Identifier: MIT
// Workbooks as sources: which files an import means, and which sheets of them. A workbook is looked
// into when it is planned, since only it knows its sheets.
#include "adapters/feed_files.h"
#include "adapters/intake.h"
#include "adapters/table_file.h"
#include "adapters/workbook_feed.h"
#include "engine/base/buffer.h"
#include "engine/base/nearest.h"
#include "engine/data/cell.h"

#include <string.h>
#include <sys/stat.h>

struct planning {
    struct import *import;
    const struct adapter *adapter;
    const struct workbook_format *format;
    const json_t *declaration;
    size_t number;
    const char *where;
    int table; // of all that is found; -1: sheets named like tables are
};

// A workbook that is being planned.
struct candidate {
    const struct planning *plan;
    struct workbook *workbook;
    struct workbook_share *share;
    const char *name, *path;
};

// ---- sheets

static const char *sheet_name(const struct candidate *it, size_t sheet)
{
    struct buffer name = {0};
    buffer_printf(&name, "%s:%s", it->name, it->workbook->sheets[sheet].name);
    return arena_text_of(it->workbook->arena, &name);
}

static int add_sheet(const struct candidate *it, bool *taken, size_t sheet, int table, bool whole,
                     struct error *error)
{
    const struct planning *plan = it->plan;
    const char *name = sheet_name(it, sheet);
    struct feed *feed = NULL;
    int result = 0;
    if (whole)
        result = feed_add_of_whole(plan->import, plan->adapter, plan->declaration, plan->number,
                                   table, name, it->path, &feed, error);
    else
        feed = feed_add(plan->import, plan->adapter, plan->declaration, plan->number, table, name,
                        it->path);
    if (feed)
        workbook_feed_set(feed, it->share, it->name, it->workbook->sheets[sheet].name);
    taken[sheet] = true;
    return result;
}

static int stop_at_value(void *context, const struct workbook_row *row)
{
    bool *any = context;
    for (size_t i = 0; i < row->count && !*any; i++)
        *any = row->cells[i].length > 0;
    return *any;
}

// Is there anything on it?
static bool has_values(const struct workbook *workbook, size_t sheet)
{
    bool any = false;
    struct error ignored = {0};
    struct workbook_target target = {.context = &any, .row = stop_at_value};
    if (!workbook->sheets[sheet].is_table)
        return false;
    return workbook_read(workbook, sheet, &target, &ignored) < 0 || any;
}

// The only sheet that can be meant where none is named, or -1.
static int only_sheet(const struct candidate *it, int table)
{
    const struct workbook *workbook = it->workbook;
    int named = workbook_find(workbook, it->plan->import->data->model->tables[table].name);
    int found = -1;
    if (named >= 0)
        return named;
    if (workbook->sheet_count == 1)
        return 0;
    for (size_t i = 0; i < workbook->sheet_count; i++)
        if (!workbook->sheets[i].hidden && has_values(workbook, i)) {
            if (found >= 0)
                return -1;
            found = (int)i;
        }
    return found;
}

static int fail_sheet(const struct candidate *it, const char *sheet, struct error *error)
{
    const struct workbook *workbook = it->workbook;
    struct buffer names = {0};
    workbook_add_names(workbook, &names);
    if (!sheet) {
        error_set(error, ERROR_USAGE, it->plan->where,
                  "%s has %zu sheets: say which with `sheet`: %s", it->name, workbook->sheet_count,
                  buffer_text(&names));
    } else {
        const char **all = arena_take(workbook->arena, workbook->sheet_count, sizeof *all);
        for (size_t i = 0; i < workbook->sheet_count; i++)
            all[i] = workbook->sheets[i].name;
        const char *near = nearest_name(sheet, all, workbook->sheet_count);
        error_set(error, ERROR_USAGE, it->plan->where, "%s has no sheet \"%s\"%s%s%s; it has: %s",
                  it->name, sheet, near ? " (meant \"" : "", near ? near : "", near ? "\"?)" : "",
                  buffer_text(&names));
    }
    buffer_clear(&names);
    return -1;
}

// Does the name have the form of a pattern, in which * is any text and ? any character?
static bool has_form(const char *name, const char *pattern)
{
    const char *star = NULL, *tried = NULL; // where to go on when the rest does not fit
    while (*name) {
        if (*pattern == '*') {
            star = ++pattern;
            tried = name;
        } else if (*pattern == '?') {
            pattern++;
            do
                name++;
            while (((unsigned char)*name & 0xC0) == 0x80);
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (star) {
            pattern = star;
            name = ++tried;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

// "*月": sheets of one form, in the order of their tabs, without those that wait for their month.
static int add_pattern(const struct candidate *it, bool *taken, const char *pattern,
                       struct error *error)
{
    bool any = false;
    for (size_t i = 0; i < it->workbook->sheet_count; i++)
        if (has_form(it->workbook->sheets[i].name, pattern) && has_values(it->workbook, i)) {
            any = true;
            add_sheet(it, taken, i, it->plan->table, false, error);
        }
    return any ? 0 : fail_sheet(it, pattern, error);
}

static int add_given(const struct candidate *it, bool *taken, const json_t *given,
                     struct error *error)
{
    const char *name = json_string_value(given);
    json_int_t number = json_integer_value(given);
    int sheet = name ? workbook_find(it->workbook, name) : (int)number - 1;
    if (name && sheet < 0 && strpbrk(name, "*?"))
        return add_pattern(it, taken, name, error);
    if (name && sheet < 0)
        return fail_sheet(it, name, error);
    if (number > (json_int_t)it->workbook->sheet_count)
        return error_set(error, ERROR_USAGE, it->plan->where, "sheet number %lld, but %s has %zu",
                         (long long)number, it->name, it->workbook->sheet_count);
    return add_sheet(it, taken, (size_t)sheet, it->plan->table, false, error);
}

// Sheets that are tables by their names; the others are listed as unused.
static int add_named(const struct candidate *it, bool *taken, struct error *error)
{
    static const char *const endings[] = {"", NULL};
    const struct model *model = it->plan->import->data->model;
    int result = 0;
    for (size_t i = 0; i < it->workbook->sheet_count && result == 0; i++) {
        const struct workbook_sheet *sheet = &it->workbook->sheets[i];
        int table = sheet->is_table ? table_file_find(model, sheet->name, endings) : -1;
        if (table >= 0)
            result = add_sheet(it, taken, i, table, true, error);
    }
    return result;
}

static void note_others(const struct candidate *it, const bool *taken)
{
    for (size_t i = 0; i < it->workbook->sheet_count; i++)
        if (!taken[i] && has_values(it->workbook, i))
            feed_note_unused(it->plan->import, sheet_name(it, i));
}

static int add_sheets(const struct candidate *it, int table, bool whole, struct error *error)
{
    const json_t *given = json_object_get(it->plan->declaration, "sheet");
    bool *taken = arena_take(it->workbook->arena, it->workbook->sheet_count, sizeof *taken);
    int result, sheet = table >= 0 && !given ? only_sheet(it, table) : -1;
    if (table < 0)
        result = add_named(it, taken, error);
    else if (given)
        result = add_given(it, taken, given, error);
    else if (sheet >= 0)
        result = add_sheet(it, taken, (size_t)sheet, table, whole, error);
    else
        result = fail_sheet(it, NULL, error);
    if (result == 0 && whole)
        note_others(it, taken);
    return result;
}

// ---- workbooks

static int add_workbook(const struct planning *plan, const char *name, const char *path, int table,
                        bool whole, struct error *error)
{
    struct unpack_limit limit = unpack_limit_of(plan->declaration);
    struct candidate it = {.plan = plan, .name = name, .path = path};
    it.workbook = workbook_new(plan->format, path, name, &limit, error);
    if (!it.workbook)
        return -1;
    it.share = workbook_share_new(it.workbook, path, &limit);
    int result = add_sheets(&it, table, whole, error);
    workbook_share_settle(it.share);
    return result;
}

static int plan_workbook(void *context, const char *name, const char *path, struct error *error)
{
    const struct planning *plan = context;
    return add_workbook(plan, name, path, plan->table, plan->table < 0, error);
}

static bool is_file_of(const struct planning *plan, const char *name)
{
    size_t length = strlen(name), ending = strlen(plan->format->kind);
    return length > ending && name[length - ending - 1] == '.' &&
           strcasecmp(name + length - ending, plan->format->kind) == 0;
}

// A workbook of a folder: a table by its own name, or by those of its sheets. What cannot be opened
// may be anything, and is unused unless it is named like a table.
static int plan_entry(void *context, const char *name, const char *path, struct error *error)
{
    static const char *const endings[] = {".xlsx", ".xls", NULL};
    const struct planning *plan = context;
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || strncmp(base, "~$", 2) == 0)
        return 0; // a lock that a spreadsheet program leaves
    if (!is_file_of(plan, base)) {
        feed_note_unused(plan->import, name);
        return 0;
    }
    int table = table_file_find(plan->import->data->model, base, endings);
    size_t before = plan->import->feed_count;
    int result = add_workbook(plan, name, path, table, true, error);
    if (table >= 0 || (result != 0 && error->kind == ERROR_USAGE))
        return result;
    if (result != 0 || plan->import->feed_count == before)
        feed_note_unused(plan->import, name);
    return 0;
}

// ---- the declaration

static int plan_folder(struct planning *plan, struct error *error)
{
    const char *folder = json_string_value(json_object_get(plan->declaration, "folder"));
    size_t before = plan->import->feed_count;
    if (feed_folder_visit(plan->import, folder, plan->where, plan_entry, plan, error) != 0)
        return -1;
    if (plan->import->feed_count > before)
        return 0;
    return error_set(
        error, ERROR_SOURCE, folder,
        "the folder holds no TABLE.%s named like a table of the model, and no workbook "
        "with such a sheet (%s)",
        plan->format->kind, plan->where);
}

static int plan_file(struct planning *plan, struct error *error)
{
    const char *file = json_string_value(json_object_get(plan->declaration, "file"));
    const struct model *model = plan->import->data->model;
    size_t before = plan->import->feed_count;
    if (json_object_get(plan->declaration, "table")) {
        plan->table = feed_find_table(plan->import, plan->declaration, plan->where, error);
        if (plan->table < 0 ||
            mapping_check(model, plan->table, plan->declaration, plan->where, error) != 0 ||
            intake_check(model, plan->table, plan->declaration, true, plan->where, error) != 0)
            return -1;
    }
    if (feed_files_visit(plan->import, file, plan->where, plan_workbook, plan, error) != 0)
        return -1;
    if (plan->import->feed_count > before)
        return 0;
    return error_set(
        error, ERROR_USAGE, plan->where,
        "%s has no sheet named like a table of the model: say which `table` its list is", file);
}

static int check(const struct planning *plan, struct error *error)
{
    const json_t *declaration = plan->declaration, *sheet = json_object_get(declaration, "sheet");
    bool folder = json_object_get(declaration, "folder") != NULL;
    const char *whole = folder                                  ? "a folder"
                        : json_object_get(declaration, "table") ? NULL
                                                                : "a workbook without a `table`";
    if (!folder && !json_is_string(json_object_get(declaration, "file")))
        return error_set(error, ERROR_USAGE, plan->where,
                         "import.%s needs `file`, with `table` where its sheets are not named like "
                         "tables, or `folder`",
                         plan->format->kind);
    if (sheet && !json_is_string(sheet) &&
        (!json_is_integer(sheet) || json_integer_value(sheet) < 1))
        return error_set(error, ERROR_USAGE, plan->where,
                         "`sheet` is the name of a sheet, or its number from 1");
    return feed_check_settings(plan->adapter, declaration, whole, plan->where, error);
}

static int plan_import(const struct adapter *adapter, const struct workbook_format *format,
                       struct import *import, const json_t *declaration, size_t number,
                       struct error *error)
{
    const char *where = feed_where(import, declaration, number);
    struct planning plan = {import, adapter, format, declaration, number, where, -1};
    if (check(&plan, error) != 0)
        return -1;
    return json_object_get(declaration, "folder") ? plan_folder(&plan, error)
                                                  : plan_file(&plan, error);
}

static int xlsx_plan(struct import *import, const json_t *declaration, size_t number,
                     struct error *error)
{
    return plan_import(&xlsx_adapter, &workbook_xlsx, import, declaration, number, error);
}

static int xls_plan(struct import *import, const json_t *declaration, size_t number,
                    struct error *error)
{
    return plan_import(&xls_adapter, &workbook_xls, import, declaration, number, error);
}

static const struct setting settings[] = {
    {"folder", .type = SETTING_TEXT, .of_whole = true},
    {"file", .type = SETTING_TEXT, .of_whole = true},
    {"table", .type = SETTING_TEXT},
    {"sheet", .type = SETTING_DATA},
    {"header", .type = SETTING_BOOLEAN, .of_whole = true, .wants = "true or false"},
    {"skip", .type = SETTING_COUNT, .of_whole = true, .wants = "a number of lines"},
    UNPACK_LIMIT_SETTING,
    FEED_SETTINGS,
    {0},
};

const struct adapter xlsx_adapter = {
    "xlsx", settings, xlsx_plan, workbook_feed_read, workbook_feed_release, workbook_feed_rewind};
const struct adapter xls_adapter = {
    "xls", settings, xls_plan, workbook_feed_read, workbook_feed_release, workbook_feed_rewind};
