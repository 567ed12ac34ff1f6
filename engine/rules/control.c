// SPDX-License-Identifier: MIT
#include "engine/rules/control.h"

#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char *const severity_names[] = {"low", "medium", "high", "critical"};
static const char *const scope_names[] = {"period", "open", "all"};
static const char *const kind_names[] = {"misstatement", "exposure", "transaction"};

const struct control_shape control_shapes[] = {
    {"row", "the fields of one row with one another", "同一行各字段之间"},
    {"required fields", "what a document must carry", "单据必填内容是否齐全"},
    {"lookup", "a row with the row it refers to", "与所引用的行比较"},
    {"as-of", "a row with what was in force on its day", "与当日有效的规定比较"},
    {"limit", "quantities or amounts with the origin they may not exceed",
     "数量、金额不得超过其来源"},
    {"matching", "each row with its counterpart: one, at most one, none",
     "逐笔对应：一对一、至多一笔或没有"},
    {"sequence", "the order of steps in time, and their deadlines", "步骤的先后顺序和时限"},
    {"approval", "the approvals given with those that were required", "已有审批与应有审批比较"},
    {"separation", "who did what, with duties that one person may not combine",
     "不相容职务是否由同一人办理"},
    {"balance", "a running balance, event by event", "逐笔滚动余额"},
    {"aggregate", "sums, averages or shares of a group", "分组的合计、平均或占比"},
    {"reconciliation", "two totals that should agree", "两个合计数应当一致"},
    {"ageing", "what is still open, by its age", "未了事项按账龄"},
    {"duplicates", "rows that stand for the same thing", "重复的单据或记录"},
    {"gaps", "numbers or periods that are missing in a sequence", "编号或期间的断号缺漏"},
    {NULL, NULL, NULL},
};
_Static_assert(sizeof control_shapes / sizeof *control_shapes == CONTROL_SHAPES + 1,
               "one row for each shape, and the end");

const char *severity_name(enum severity severity)
{
    return severity_names[severity];
}

static int index_of(const char *name, const char *const *names, int count)
{
    for (int at = 0; at < count; at++)
        if (strcmp(names[at], name) == 0)
            return at;
    return -1;
}

int severity_from_name(const char *name, enum severity *severity)
{
    int at = index_of(name, severity_names, SEVERITY_CRITICAL + 1);
    if (at < 0)
        return -1;
    *severity = (enum severity)at;
    return 0;
}

const char *bilingual_get(const struct bilingual *text, const char *language)
{
    const char *first = strcmp(language, "zh") == 0 ? text->zh : text->en;
    const char *second = strcmp(language, "zh") == 0 ? text->en : text->zh;
    return first ? first : second ? second : "";
}

static char *copy_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? memory_text(text) : NULL;
}

static struct bilingual read_bilingual(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_string(value))
        return (struct bilingual){memory_text(json_string_value(value)), NULL};
    return (struct bilingual){copy_text(value, "en"), copy_text(value, "zh")};
}

// A text or an array of texts as an array.
static char **read_texts(const json_t *object, const char *name, int *count)
{
    const json_t *value = json_object_get(object, name);
    size_t length = json_is_array(value) ? json_array_size(value) : json_is_string(value) ? 1 : 0;
    char **texts = memory_new(length, sizeof *texts);
    *count = 0;
    for (size_t at = 0; at < length; at++) {
        const char *text =
            json_string_value(json_is_array(value) ? json_array_get(value, at) : value);
        if (text)
            texts[(*count)++] = memory_text(text);
    }
    return texts;
}

static void free_texts(char **texts, int count)
{
    for (int at = 0; at < count; at++)
        free(texts[at]);
    free(texts);
}

static void read_parameters(struct control *control, const json_t *declaration)
{
    const json_t *list = json_object_get(declaration, "parameters");
    control->parameters = memory_new(json_array_size(list), sizeof *control->parameters);
    for (size_t at = 0; at < json_array_size(list); at++) {
        const json_t *item = json_array_get(list, at);
        const char *origin = json_string_value(json_object_get(item, "origin"));
        control->parameters[control->parameter_count++] = (struct parameter){
            .name = copy_text(item, "name"),
            .value = json_incref(json_object_get(item, "value")),
            .declared = json_incref(json_object_get(item, "value")),
            .type = copy_text(item, "type"),
            .origin = memory_text(origin ? origin : "default"),
            .note = copy_text(item, "note"),
        };
    }
}

static int read_choice(const json_t *declaration, const char *id, const char *name,
                       const char *const *names, int count, int otherwise, int *choice,
                       struct error *error)
{
    const json_t *value = json_object_get(declaration, name);
    *choice = otherwise;
    if (!value)
        return 0;
    const char *text = json_string_value(value);
    *choice = text ? index_of(text, names, count) : -1;
    if (*choice >= 0)
        return 0;
    char all[256] = "";
    for (int at = 0; at < count; at++) {
        strncat(all, at ? ", " : "", sizeof all - strlen(all) - 1);
        strncat(all, names[at], sizeof all - strlen(all) - 1);
    }
    return error_set(error, ERROR_USAGE, id, "%s is one of: %s", name, all);
}

static int read_populations(struct control *control, const json_t *declaration,
                            const struct model *model, struct error *error)
{
    int count;
    char **names = read_texts(declaration, "population", &count);
    control->populations = memory_new((size_t)count, sizeof *control->populations);
    int result = count ? 0 : error_set(error, ERROR_USAGE, control->id, "population names a table");
    for (int at = 0; at < count && result == 0; at++) {
        int table = model_find_table(model, names[at]);
        if (table < 0)
            result = error_set(error, ERROR_USAGE, control->id,
                               "population: the model has no table '%s'", names[at]);
        control->populations[control->population_count++] = table;
    }
    free_texts(names, count);
    return result;
}

int control_init(struct control *control, const json_t *declaration, const struct model *model,
                 struct error *error)
{
    *control = (struct control){.id = copy_text(declaration, "id"), .waivable = true};
    const char *dash = strchr(control->id, '-');
    control->family =
        memory_text_n(control->id, dash ? (size_t)(dash - control->id) : strlen(control->id));
    control->title = read_bilingual(declaration, "title");
    control->risk = read_bilingual(declaration, "risk");
    control->message = read_bilingual(declaration, "message");
    control->follow_up = read_bilingual(declaration, "follow_up");
    control->sources = read_texts(declaration, "source", &control->source_count);
    control->profiles = read_texts(declaration, "profile", &control->profile_count);
    control->evidence_columns =
        read_texts(declaration, "evidence_columns", &control->evidence_column_count);
    control->tests = read_bilingual(declaration, "tests");
    control->period = copy_text(declaration, "period");
    control->terms = json_incref(json_object_get(declaration, "terms"));
    control->grouped = json_is_true(json_object_get(declaration, "grouped"));
    control->waivable = !json_is_false(json_object_get(declaration, "waivable"));
    control->line = (int)json_integer_value(json_object_get(declaration, "line"));
    control->cases = read_texts(declaration, "cases", &control->case_count);
    control->accesses = json_incref(json_object_get(declaration, "accesses"));
    control->demands = json_incref(json_object_get(declaration, "demands"));
    read_parameters(control, declaration);
    if (!control->title.en && !control->title.zh)
        return error_set(error, ERROR_USAGE, control->id, "title is missing");
    const char *shapes[CONTROL_SHAPES];
    for (int at = 0; at < CONTROL_SHAPES; at++)
        shapes[at] = control_shapes[at].name;
    int severity, scope, kind, shape;
    if (read_choice(declaration, control->id, "severity", severity_names, SEVERITY_CRITICAL + 1,
                    SEVERITY_MEDIUM, &severity, error) != 0 ||
        read_choice(declaration, control->id, "scope", scope_names, SCOPE_ALL + 1, SCOPE_PERIOD,
                    &scope, error) != 0 ||
        read_choice(declaration, control->id, "amount_kind", kind_names, 3, -1, &kind, error) !=
            0 ||
        read_choice(declaration, control->id, "shape", shapes, CONTROL_SHAPES, -1, &shape, error) !=
            0 ||
        read_populations(control, declaration, model, error) != 0)
        return -1;
    control->severity = (enum severity)severity;
    control->scope = (enum control_scope)scope;
    control->shape = shape < 0 ? NULL : shapes[shape];
    control->amount_kind = kind < 0 ? NULL : memory_text(kind_names[kind]);
    return 0;
}

static bool add_model_name(const struct model *model, const char *value, struct buffer *out)
{
    const char *dot = strchr(value, '.');
    char name[128];
    if (!dot || (size_t)(dot - value) >= sizeof name)
        return false;
    memcpy(name, value, (size_t)(dot - value));
    name[dot - value] = '\0';
    int table = model_find_table(model, name);
    int field = table < 0 ? -1 : model_find_field(&model->tables[table], dot + 1);
    if (field < 0)
        return false;
    buffer_printf(out, "%s·%s", model->tables[table].label,
                  model->tables[table].fields[field].label);
    return true;
}

bool control_term(const struct control *control, const struct model *model, const char *value,
                  const char *language, struct buffer *out)
{
    const char *term =
        json_string_value(json_object_get(json_object_get(control->terms, value), language));
    if (term)
        buffer_add_text(out, term);
    return term || (strcmp(language, "zh") == 0 && add_model_name(model, value, out));
}

static void bilingual_clear(struct bilingual *text)
{
    free(text->en);
    free(text->zh);
}

void control_clear(struct control *control)
{
    free(control->id);
    free(control->family);
    bilingual_clear(&control->title);
    bilingual_clear(&control->risk);
    bilingual_clear(&control->message);
    bilingual_clear(&control->follow_up);
    json_decref(control->terms);
    bilingual_clear(&control->tests);
    free_texts(control->sources, control->source_count);
    free_texts(control->profiles, control->profile_count);
    free_texts(control->cases, control->case_count);
    free_texts(control->evidence_columns, control->evidence_column_count);
    for (int at = 0; at < control->parameter_count; at++) {
        struct parameter *parameter = &control->parameters[at];
        free(parameter->name);
        json_decref(parameter->value);
        json_decref(parameter->declared);
        free(parameter->type);
        free(parameter->origin);
        free(parameter->note);
    }
    free(control->parameters);
    free(control->populations);
    free(control->period);
    free(control->amount_kind);
    free(control->file);
    free(control->file_sha256);
    json_decref(control->accesses);
    json_decref(control->demands);
    free(control->disabled_reason);
    *control = (struct control){0};
}

char *parameter_text(const json_t *value)
{
    char *text = json_is_string(value) ? memory_text(json_string_value(value))
                                       : json_dumps(value, JSON_ENCODE_ANY);
    if (!text)
        memory_exhausted();
    return text;
}
