// SPDX-License-Identifier: MIT
// What a control declares about itself.
#include "engine/language/rulecheck_inside.h"

#include "engine/base/memory.h"
#include "engine/rules/control.h"

#include <stdio.h>
#include <stdlib.h>

bool control_has(const struct rule_control *control, const char *setting)
{
    const struct setting *it = setting_find(control_settings, setting);
    return node_table_get(control->table, setting) ||
           (control->meant & (UINT64_C(1) << (it - control_settings)));
}

// Remembers which setting a misspelt name stands for.
static void take_meant(struct rule_control *control, struct text name)
{
    struct nearest nearest = nearest_start(name);
    for (const struct setting *setting = control_settings; setting->name; setting++)
        nearest_try(&nearest, setting->name);
    const struct setting *meant =
        nearest.best[0] ? setting_find(control_settings, nearest.best) : NULL;
    if (meant)
        control->meant |= UINT64_C(1) << (meant - control_settings);
}

static void check_metadata_names(struct check *check, struct rule_control *control)
{
    uint64_t seen = 0; // by the setting's place in the table
    for (const struct node *item = control->table->first; item; item = item->next) {
        if (item->kind != NODE_PAIR) {
            check_error(check, item, mistake_ONLY_ENTRIES);
            continue;
        }
        const struct node *key = item->first;
        if (key->kind != NODE_STRING)
            continue;
        const struct setting *setting = setting_find_text(control_settings, key->text);
        char hint[96];
        if (!setting)
            take_meant(control, key->text);
        if (!setting)
            check_error(check, key, mistake_NO_SETTING_OF_CONTROL, key->text.bytes,
                        setting_hint(control_settings, key->text, hint));
        else if (seen & (UINT64_C(1) << (setting - control_settings)))
            check_error(check, key, mistake_GIVEN_TWICE, setting->name);
        else
            seen |= UINT64_C(1) << (setting - control_settings);
    }
}

static void check_required(struct check *check, const struct rule_control *control)
{
    for (const struct setting *setting = control_settings; setting->name; setting++)
        if (setting->required && !control_has(control, setting->name))
            check_error(check, control->call, mistake_CONTROL_LACKS,
                        control->id ? control->id->text.bytes : "", setting->name);
}

static void check_population_name(struct check *check, const struct node *name)
{
    const struct model *model = check->input->model;
    if (!model || name->kind != NODE_STRING || model_find_table(model, name->text.bytes) >= 0)
        return;
    struct nearest nearest = nearest_start(name->text);
    char hint[96];
    nearest_try_tables(&nearest, model);
    check_error(check, name, mistake_NO_TABLE, name->text.bytes, nearest_hint(&nearest, hint));
}

static void check_population(struct check *check, const struct node *population)
{
    if (population->kind == NODE_TABLE) {
        if (!population->first)
            check_error(check, population, mistake_POPULATION_EMPTY);
        for (const struct node *name = population->first; name; name = name->next)
            check_population_name(check, name);
    } else {
        check_population_name(check, population);
    }
}

// A text, or { en = "...", zh = "..." }.
static void check_bilingual(struct check *check, const struct node *text, const char *name)
{
    if (text->kind != NODE_TABLE)
        return;
    if (!node_table_get(text, "en") && !node_table_get(text, "zh"))
        check_error(check, text, mistake_NEITHER_LANGUAGE, name);
    bool other = false; // a language that is none, perhaps a misspelt one
    for (const struct node *item = text->first; item; item = item->next)
        other |= item->kind == NODE_PAIR && !node_is_string(item->first, "en") &&
                 !node_is_string(item->first, "zh");
    if (check->input->thorough && !other &&
        !node_table_get(text, "en") != !node_table_get(text, "zh"))
        check_warning(check, text, mistake_ONE_LANGUAGE, name,
                      node_table_get(text, "en") ? "zh" : "en");
    for (const struct node *item = text->first; item; item = item->next) {
        const struct node *key = item->kind == NODE_PAIR ? item->first : NULL;
        if (key && key->kind == NODE_STRING && !text_is(key->text, "en") &&
            !text_is(key->text, "zh"))
            check_error(check, key, mistake_NO_LANGUAGE, name, key->text.bytes);
    }
}

// "approval.opinion"
static void check_evidence_column(struct check *check, const struct node *column)
{
    const struct model *model = check->input->model;
    if (!model || column->kind != NODE_STRING)
        return;
    const char *name;
    int table = model_find_table_of(model, column->text.bytes, &name);
    if (!name) {
        check_error(check, column, mistake_EVIDENCE_FORM, column->text.bytes);
        return;
    }
    struct text own = {column->text.bytes, (size_t)(name - 1 - column->text.bytes)};
    struct nearest nearest = nearest_start(table < 0 ? own : (struct text){name, strlen(name)});
    char hint[96];
    if (table < 0) {
        nearest_try_tables(&nearest, model);
        check_error(check, column, mistake_NO_TABLE_PART, (int)(own.length > 63 ? 63 : own.length),
                    own.bytes, nearest_hint(&nearest, hint));
    } else if (model_find_field(&model->tables[table], name) < 0) {
        for (int i = 0; i < model->tables[table].field_count; i++)
            nearest_try(&nearest, model->tables[table].fields[i].name);
        check_error(check, column, mistake_NO_FIELD, model->tables[table].name, name,
                    nearest_hint(&nearest, hint));
    }
}

static void check_evidence_columns(struct check *check, const struct node *columns,
                                   const char *name)
{
    if (columns->kind == NODE_TABLE)
        for (const struct node *column = columns->first; column; column = column->next)
            check_evidence_column(check, column);
    if (columns->kind == NODE_STRING)
        check_error(check, columns, mistake_WRITE_LIST, name, columns->text.bytes);
}

static void check_grouping(struct check *check, const struct rule_control *control,
                           const struct node *group, const char *name)
{
    if (group->kind == NODE_TABLE)
        for (const struct node *path = group->first; path; path = path->next)
            if (path->kind == NODE_STRING)
                check_path(check, path, control->rows, name);
}

static void check_origins(struct check *check, const struct rule_control *control)
{
    const struct node *parameters = node_table_get(control->table, "parameters");
    if (!parameters || parameters->kind != NODE_TABLE)
        return;
    for (const struct node *pair = parameters->first; pair; pair = pair->next) {
        if (pair->kind != NODE_PAIR) {
            check_error(check, pair, mistake_PARAMETER_ENTRIES);
            continue;
        }
        if (pair->last->kind != NODE_TABLE)
            continue;
        if (!parameter_value(pair->last))
            check_error(check, pair, mistake_PARAMETER_VALUE, check_source(check, pair->first).text,
                        check_source(check, pair->first).text);
        check_word(check, node_table_get(pair->last, "origin"),
                   setting_find(parameter_settings, "origin"));
    }
}

static void check_setting(struct check *check, const struct rule_control *control,
                          const struct setting *setting)
{
    const struct node *value = node_table_get(control->table, setting->name);
    if (!value)
        return;
    switch (setting->type) {
    case SETTING_WORD:
    case SETTING_RANK:
        check_word(check, value, setting);
        return;
    case SETTING_TABLES:
        check_population(check, value);
        return;
    case SETTING_BILINGUAL:
        check_bilingual(check, value, setting->name);
        return;
    case SETTING_PATH:
        if (value->kind == NODE_STRING)
            check_path(check, value, control->rows, setting->name);
        return;
    case SETTING_FIELDS:
        check_evidence_columns(check, value, setting->name);
        return;
    case SETTING_GROUPING:
        check_grouping(check, control, value, setting->name);
        return;
    case SETTING_TEXT:
    case SETTING_TEXTS:
    case SETTING_BOOLEAN:
    case SETTING_COUNT:
    case SETTING_NUMBER:
    case SETTING_DATA:
    case SETTING_FUNCTION:
    case SETTING_OWN:
        return;
    }
}

static void check_control(struct check *check, struct rule_control *control)
{
    check_metadata_names(check, control);
    check_required(check, control);
    for (const struct setting *setting = control_settings; setting->name; setting++)
        check_setting(check, control, setting);
    check_origins(check, control);
    check_messages(check, control);
    check_cases(check, node_table_get(control->table, "cases"), control);
}

static void check_id(struct check *check, const struct rule_control *control,
                     struct dictionary *ids, uint32_t lines[])
{
    const struct node *id = control->id;
    if (!id)
        return;
    if (!id->text.length) {
        check_error(check, id, mistake_ID_EMPTY);
        return;
    }
    uint32_t known = dictionary_count(ids);
    uint32_t code = dictionary_add(ids, id->text.bytes, id->text.length);
    if (code < known)
        check_error(check, id, mistake_ID_TWICE, id->text.bytes, lines[code]);
    else
        lines[code] = id->line;
}

void check_controls(struct check *check)
{
    struct dictionary *ids = dictionary_new();
    uint32_t *lines = arena_take(check->arena, check->control_count, sizeof *lines);
    for (size_t i = 0; i < check->control_count; i++) {
        check_id(check, &check->controls[i], ids, lines);
        if (check->controls[i].table)
            check_control(check, &check->controls[i]);
    }
    check_parameters(check);
    check_case_words(check);
    dictionary_free(ids);
}
