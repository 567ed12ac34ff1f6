// SPDX-License-Identifier: MIT
// A control as plain data, from the JSON that came out of the child which ran its file.
// control_settings is all that a control may say: taking it in, checking rules and collecting
// declarations go by that table. What needs the model is checked here: populations must be tables.
// The words of a rank stand in the order of its enum.
#include "engine/rules/control.h"

#include "engine/base/buffer_json.h"
#include "engine/base/memory.h"
#include "engine/base/mistake.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *const scopes[] = {"period", "open", "all", NULL};
static const char *const origins[] = {"policy", "default", NULL};

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

#define AT(member) .at = offsetof(struct control, member)

// What a case may say beside its name.
const struct setting case_settings[] = {
    {"given", .type = SETTING_DATA},
    {"expect", .type = SETTING_DATA, .required = true},
    {"absent", .type = SETTING_TEXTS},
    {"complete", .type = SETTING_TEXTS},
    {"extracted", .type = SETTING_DATA},
    {"parameters", .type = SETTING_DATA},
    {"period", .type = SETTING_TEXT},
    {"as_of", .type = SETTING_TEXT},
    {"currency", .type = SETTING_TEXT},
    {"timezone", .type = SETTING_TEXT},
    {"noted", .type = SETTING_DATA},
    {"people", .type = SETTING_TEXT},
    {"automatic_approval", .type = SETTING_DATA},
    {0},
};

// parameters and cases become data in a way of their own (engine/lua), functions none; the rest as
// it is.
const struct setting control_settings[] = {
    {"title", .type = SETTING_BILINGUAL, .required = true, AT(title)},
    {"risk", .type = SETTING_BILINGUAL, AT(risk)},
    {"source", .type = SETTING_TEXTS, AT(sources),
     .count_at = offsetof(struct control, source_count)},
    {"severity", .type = SETTING_RANK, .required = true, .words = severity_names, AT(severity)},
    {"profile", .type = SETTING_TEXTS, AT(profiles),
     .count_at = offsetof(struct control, profile_count)},
    {"population", .type = SETTING_TABLES, .required = true, AT(populations),
     .count_at = offsetof(struct control, population_count)},
    {"test", .type = SETTING_FUNCTION, .required = true},
    {"applies", .type = SETTING_FUNCTION},
    {"group", .type = SETTING_GROUPING},
    {"parameters", .type = SETTING_OWN},
    {"amount_kind", .type = SETTING_RANK, .words = amount_kind_names, AT(amount_kind)},
    {"message", .type = SETTING_BILINGUAL, AT(message)},
    {"cases", .type = SETTING_OWN},
    {"scope", .type = SETTING_RANK, .words = scopes, AT(scope)},
    {"period", .type = SETTING_PATH, AT(period)},
    {"evidence_columns", .type = SETTING_FIELDS, AT(evidence_columns),
     .count_at = offsetof(struct control, evidence_column_count)},
    {"needs", .type = SETTING_TEXTS, AT(needs), .count_at = offsetof(struct control, need_count)},
    {"compares", .type = SETTING_FIELDS, AT(compares),
     .count_at = offsetof(struct control, compare_count)},
    {"looks_to", .type = SETTING_TEXT, AT(looks_to)},
    {"follow_up", .type = SETTING_BILINGUAL, AT(follow_up)},
    {"waivable", .type = SETTING_BOOLEAN, AT(waivable)},
    {"tests", .type = SETTING_BILINGUAL, AT(tests)},
    {"shape", .type = SETTING_WORD, .words = &control_shapes[0].name,
     .word_step = sizeof control_shapes[0], AT(shape)},
    {"terms", .type = SETTING_DATA, AT(terms)},
    {0},
};

const struct setting parameter_settings[] = {
    {"origin", .type = SETTING_WORD, .words = origins},
    {"note", .type = SETTING_TEXT},
    {"choices", .type = SETTING_TEXTS},
    {0},
};

const char *bilingual_get(const struct bilingual *text, const char *language)
{
    const char *first = strcmp(language, "zh") == 0 ? text->zh : text->en;
    const char *second = strcmp(language, "zh") == 0 ? text->en : text->zh;
    return first ? first : second ? second : "";
}

static char *copy_text(struct arena *arena, const json_t *object, const char *name)
{
    return arena_text(arena, json_string_value(json_object_get(object, name)));
}

static struct bilingual read_bilingual(struct arena *arena, const json_t *value)
{
    if (json_is_string(value))
        return (struct bilingual){arena_text(arena, json_string_value(value)), NULL};
    return (struct bilingual){copy_text(arena, value, "en"), copy_text(arena, value, "zh")};
}

// A text or an array of texts as an array.
static char **read_texts(struct arena *arena, const json_t *value, int *count)
{
    size_t length = json_is_array(value) ? json_array_size(value) : json_is_string(value) ? 1 : 0;
    char **texts = arena_take(arena, length, sizeof *texts);
    *count = 0;
    for (size_t i = 0; i < length; i++) {
        const char *text =
            json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
        if (text)
            texts[(*count)++] = arena_text(arena, text);
    }
    return texts;
}

static void read_parameters(struct control *control, const json_t *declaration, struct arena *arena)
{
    const json_t *list = json_object_get(declaration, "parameters");
    control->parameters = arena_take(arena, json_array_size(list), sizeof *control->parameters);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const char *origin = json_string_value(json_object_get(item, "origin"));
        control->parameters[control->parameter_count++] = (struct parameter){
            .name = copy_text(arena, item, "name"),
            .value = json_object_get(item, "value"),
            .declared = json_object_get(item, "value"),
            .type = copy_text(arena, item, "type"),
            .origin = arena_text(arena, origin ? origin : "default"),
            .note = copy_text(arena, item, "note"),
        };
        struct parameter *parameter = &control->parameters[control->parameter_count - 1];
        parameter->choices =
            read_texts(arena, json_object_get(item, "choices"), &parameter->choice_count);
    }
}

// The number of the word that is given.
static int read_word(const struct setting *setting, const char *id, const json_t *value,
                     int *number, struct error *error)
{
    const char *text = json_string_value(value), *word;
    *number = text ? setting_word_number(setting, text) : -1;
    if (*number >= 0)
        return 0;
    struct buffer all = {0};
    for (int i = 0; (word = setting_word(setting, i)); i++)
        buffer_printf(&all, "%s%s", i ? ", " : "", word);
    error_set(error, ERROR_USAGE, id, mistake_CONTROL_ONE_OF, setting->name, buffer_text(&all));
    buffer_clear(&all);
    return -1;
}

static int read_populations(struct control *control, const json_t *value, const struct model *model,
                            struct arena *arena, struct error *error)
{
    int count;
    char **names = read_texts(arena, value, &count);
    if (count == 0)
        return error_set(error, ERROR_USAGE, control->id, mistake_POPULATION_TABLE);
    control->populations = arena_take(arena, (size_t)count, sizeof *control->populations);
    for (int i = 0; i < count; i++) {
        int table = model_find_table(model, names[i]);
        if (table < 0)
            return error_set(error, ERROR_USAGE, control->id, mistake_POPULATION_NO_TABLE,
                             names[i]);
        control->populations[control->population_count++] = table;
    }
    return 0;
}

// Fills the control's place for the setting. `value` is NULL where the control does not state it.
static int take(struct control *control, const struct setting *setting, const json_t *value,
                const struct model *model, struct arena *arena, struct error *error)
{
    void *place = (char *)control + setting->at;
    struct bilingual *text = place;
    int *count = (int *)((char *)control + setting->count_at), number;
    switch (setting->type) {
    case SETTING_TEXT:
    case SETTING_PATH:
        *(char **)place = arena_text(arena, json_string_value(value));
        return 0;
    case SETTING_TEXTS:
    case SETTING_FIELDS:
        *(char ***)place = read_texts(arena, value, count);
        return 0;
    case SETTING_BILINGUAL:
        *text = read_bilingual(arena, value);
        return !setting->required || text->en || text->zh
                   ? 0
                   : error_set(error, ERROR_USAGE, control->id, mistake_IS_MISSING, setting->name);
    case SETTING_BOOLEAN:
        if (json_is_boolean(value))
            *(bool *)place = json_is_true(value);
        return 0;
    case SETTING_WORD:
    case SETTING_RANK:
        if (!value)
            return 0;
        if (read_word(setting, control->id, value, &number, error) != 0)
            return -1;
        if (setting->type == SETTING_RANK)
            *(int *)place = number;
        else
            *(const char **)place = setting_word(setting, number);
        return 0;
    case SETTING_DATA:
        *(json_t **)place = (json_t *)value;
        return 0;
    case SETTING_TABLES:
        return read_populations(control, value, model, arena, error);
    case SETTING_COUNT:
    case SETTING_NUMBER:
    case SETTING_FUNCTION:
    case SETTING_GROUPING:
    case SETTING_OWN:
        return 0;
    }
    return 0;
}

static int check_horizon(const struct control *control, struct error *error)
{
    const char *name = control->looks_to;
    bool known = !name || strcmp(name, "as_of") == 0 || strcmp(name, "period_end") == 0;
    for (int i = 0; i < control->parameter_count && !known; i++)
        known = strcmp(control->parameters[i].name, name) == 0;
    return known ? 0
                 : error_set(error, ERROR_USAGE, control->id,
                             "looks_to is \"as_of\", \"period_end\" or a parameter that holds "
                             "days, not \"%s\"",
                             name);
}

int control_init(struct control *control, const json_t *declaration, const struct model *model,
                 struct arena *arena, struct error *error)
{
    *control = (struct control){.id = copy_text(arena, declaration, "id"),
                                .severity = SEVERITY_MEDIUM,
                                .amount_kind = AMOUNT_UNSTATED,
                                .scope = SCOPE_PERIOD,
                                .waivable = true};
    const char *dash = strchr(control->id, '-');
    control->family =
        arena_text_n(arena, control->id, dash ? (size_t)(dash - control->id) : strlen(control->id));
    control->grouped = json_is_true(json_object_get(declaration, "grouped"));
    control->line = (int)json_integer_value(json_object_get(declaration, "line"));
    control->cases = read_texts(arena, json_object_get(declaration, "cases"), &control->case_count);
    control->hash = copy_text(arena, declaration, "hash");
    control->accesses = json_object_get(declaration, "accesses");
    control->decides = json_object_get(declaration, "decides");
    control->reads = json_object_get(declaration, "reads");
    control->demands = json_object_get(declaration, "demands");
    read_parameters(control, declaration, arena);
    for (const struct setting *setting = control_settings; setting->name; setting++) {
        const json_t *value = json_object_get(declaration, setting->name);
        if (setting->at && take(control, setting, value, model, arena, error) != 0)
            return -1;
    }
    return check_horizon(control, error);
}

bool control_looks_to_as_of(const struct control *control)
{
    return control->looks_to ? strcmp(control->looks_to, "as_of") == 0
                             : control->scope == SCOPE_OPEN;
}

void control_take_cases(struct control *control, int file, const json_t *names, struct arena *arena)
{
    control->cases = read_texts(arena, names, &control->case_count);
    control->cases_index = file;
}

static bool add_model_name(const struct model *model, const char *value, struct buffer *out)
{
    int table, field;
    if (!model_find_column(model, value, &table, &field))
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

bool parameter_takes(const struct parameter *parameter, const json_t *value)
{
    const char *text = json_string_value(value);
    for (int i = 0; text && i < parameter->choice_count; i++)
        if (strcmp(parameter->choices[i], text) == 0)
            return true;
    return parameter->choice_count == 0;
}

void parameter_add(const json_t *value, struct buffer *out)
{
    if (json_is_string(value))
        buffer_add_text(out, json_string_value(value));
    else
        buffer_add_json(out, value, JSON_ENCODE_ANY);
}
