// SPDX-License-Identifier: MIT
// Writes what the controls of a rules folder declare, and their cases as they are written, as JSON:
// what docs/controls.md and the test of the catalogue are made from.
#include "engine/evaluation/engagement_load.h"
#include "engine/lua/cases.h"

#include <stdio.h>

static json_t *bilingual_json(const struct bilingual *text)
{
    return json_pack("{s:s*,s:s*}", "en", text->en, "zh", text->zh);
}

static json_t *texts_json(char *const *texts, int count)
{
    json_t *list = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(list, json_string(texts[i]));
    return list;
}

static json_t *populations_json(const struct model *model, const struct control *control)
{
    json_t *list = json_array();
    for (int i = 0; i < control->population_count; i++)
        json_array_append_new(list, json_string(model->tables[control->populations[i]].name));
    return list;
}

static json_t *parameters_json(const struct control *control)
{
    json_t *list = json_array();
    for (int i = 0; i < control->parameter_count; i++) {
        const struct parameter *parameter = &control->parameters[i];
        json_array_append_new(list,
                              json_pack("{s:s,s:O,s:s,s:s,s:s*}", "name", parameter->name, "value",
                                        parameter->value, "type", parameter->type, "origin",
                                        parameter->origin, "note", parameter->note));
    }
    return list;
}

// Columns that it reads and that not every company records.
static json_t *maybe_recorded_json(const struct model *model, const struct control *control)
{
    json_t *list = json_array(), *fields, *item;
    const char *name;
    size_t at;
    json_object_foreach(control->reads, name, fields)
    {
        const struct model_table *table = &model->tables[model_find_table(model, name)];
        json_array_foreach(fields, at, item)
        {
            int field = model_find_field(table, json_string_value(item));
            if (field >= 0 && table->fields[field].maybe_recorded)
                json_array_append_new(list, json_sprintf("%s.%s", name, table->fields[field].name));
        }
    }
    return list;
}

static json_t *control_json(const struct model *model, const struct control *control)
{
    static const char *const scopes[] = {
        [SCOPE_PERIOD] = "period", [SCOPE_OPEN] = "open", [SCOPE_ALL] = "all"};
    json_t *result =
        json_pack("{s:s,s:s,s:s,s:i,s:s,s:s,s:b,s:b,s:s*,s:s*,s:s*,s:O*,s:O*}", "id", control->id,
                  "family", control->family, "file", control->file, "line", control->line,
                  "severity", severity_name(control->severity), "scope", scopes[control->scope],
                  "grouped", control->grouped, "waivable", control->waivable, "period",
                  control->period, "amount_kind", amount_kind_name(control->amount_kind), "shape",
                  control->shape, "reads", control->reads, "demands", control->demands);
    const struct {
        const char *name;
        json_t *value;
    } parts[] = {
        {"title", bilingual_json(&control->title)},
        {"risk", bilingual_json(&control->risk)},
        {"tests", bilingual_json(&control->tests)},
        {"message", bilingual_json(&control->message)},
        {"follow_up", bilingual_json(&control->follow_up)},
        {"source", texts_json(control->sources, control->source_count)},
        {"profile", texts_json(control->profiles, control->profile_count)},
        {"population", populations_json(model, control)},
        {"maybe_recorded", maybe_recorded_json(model, control)},
        {"parameters", parameters_json(control)},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        json_object_set_new(result, parts[i].name, parts[i].value);
    return result;
}

static json_t *shapes_json(void)
{
    json_t *list = json_array();
    for (const struct control_shape *shape = control_shapes; shape->name; shape++)
        json_array_append_new(list, json_pack("{s:s,s:s,s:s}", "name", shape->name, "en", shape->en,
                                              "zh", shape->zh));
    return list;
}

static json_t *tables_json(const struct model *model)
{
    json_t *tables = json_object();
    for (int i = 0; i < model->table_count; i++)
        json_object_set_new(tables, model->tables[i].name,
                            json_pack("{s:s,s:b}", "label",
                                      model->tables[i].label ? model->tables[i].label : "", "dated",
                                      model->tables[i].period.field >= 0));
    return tables;
}

static int report(const struct error *error)
{
    fprintf(stderr, "%s: %s\n", error->where, error->message);
    return 1;
}

static int write_controls(const struct engagement *engagement)
{
    struct error error = {0};
    json_t *cases = cases_written(engagement, &error);
    if (!cases)
        return report(&error);
    json_t *controls = json_array();
    for (int i = 0; i < engagement->control_count; i++)
        json_array_append_new(controls, control_json(engagement->model, &engagement->controls[i]));
    json_t *all = json_pack("{s:o,s:o,s:o,s:o}", "shapes", shapes_json(), "tables",
                            tables_json(engagement->model), "controls", controls, "cases", cases);
    int result = json_dumpf(all, stdout, JSON_INDENT(1)) == 0 && putchar('\n') != EOF ? 0 : 1;
    json_decref(all);
    return result;
}

int main(int count, char **arguments)
{
    struct engagement_options options = {.without_engagement = true, .with_cases = true};
    struct error error = {0};
    if (count != 2) {
        fprintf(stderr, "usage: %s RULES-FOLDER\n", arguments[0]);
        return 2;
    }
    options.rules_folder = arguments[1];
    struct engagement *engagement = engagement_load(".", &options, &error);
    if (!engagement)
        return report(&error);
    int result = engagement->error_count > 0;
    for (int i = 0; i < engagement->diagnostic_count; i++)
        fprintf(stderr, "%s:%d: %s\n",
                engagement->diagnostics[i].file ? engagement->diagnostics[i].file : "",
                engagement->diagnostics[i].line, engagement->diagnostics[i].message);
    if (result == 0)
        result = write_controls(engagement);
    engagement_free(engagement);
    return result;
}
