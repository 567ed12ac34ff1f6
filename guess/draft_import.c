// SPDX-License-Identifier: MIT
// Writes one import of the drafted engagement: which columns, which records, where from. Only what
// the plan found is written, each setting with the reason beside it; a header is named where it is
// the only one of its name, else by its number, so that what is written means the column that was
// looked at.
#include "engine/base/memory.h"
#include "guess/draft_inside.h"
#include "guess/lua_text.h"

#include <stdlib.h>
#include <string.h>

enum { LEFTOVER_MOST = 60, EXAMPLES = 3, EXAMPLE_MOST = 24, CAUSES_MOST = 6 };

static const struct plan_list *list_of(const struct draft *draft, size_t list)
{
    return &draft->plan->lists[list];
}

// ---- which columns

// A header where it is the only one of that name, else a number.
static void add_source(struct draft *draft, size_t list, size_t column)
{
    const struct frame *frame = &list_of(draft, list)->list.frame;
    if (!frame->names || frame_is_ambiguous(frame, column))
        buffer_printf(draft->out, "%zu", column + 1);
    else
        lua_text_add(frame->names[column], draft->out);
}

static void add_format(struct draft *draft, const struct reading *reading)
{
    struct buffer *out = draft->out;
    if (reading->date) {
        buffer_add_text(out, ", format = ");
        lua_text_add(reading->date, out);
    }
    if (reading->decimal) {
        const char decimal[2] = {reading->decimal, 0}, group[2] = {reading->group, 0};
        buffer_printf(out, ", decimal = \"%s\", group = \"%s\"", decimal, group);
    }
    if (reading->places >= 0)
        buffer_printf(out, ", round = { %d, \"half_up\" }", reading->places);
}

static void add_map(struct draft *draft, const struct fit *fit)
{
    buffer_add_text(draft->out, ", map = {");
    for (size_t i = 0; i < fit->map_count; i++) {
        buffer_add_text(draft->out, i ? ", [" : " [");
        lua_text_add(dictionary_get(draft->plan->survey->texts, fit->from[i]).bytes, draft->out);
        buffer_add_text(draft->out, "] = ");
        lua_text_add(fit->to[i], draft->out);
    }
    buffer_add_text(draft->out, " }");
}

static void add_value(struct draft *draft, size_t list, const struct plan_column *column)
{
    struct buffer *out = draft->out;
    const struct fit *fit = column->fit;
    if (column->expression) {
        buffer_printf(out, "function(source) return %s end", column->expression);
    } else if (column->constant) {
        buffer_add_text(out, "{ value = ");
        lua_text_add(column->constant, out);
        buffer_add_text(out, " }");
    } else if (fit->map_count == 0 && !fit->reading.date && !fit->reading.decimal &&
               fit->reading.places < 0) {
        add_source(draft, list, fit->column);
    } else {
        buffer_add_text(out, "{ ");
        add_source(draft, list, fit->column);
        add_format(draft, &fit->reading);
        if (fit->map_count > 0)
            add_map(draft, fit);
        buffer_add_text(out, " }");
    }
}

static void explain(struct draft *draft, const struct plan_column *column, struct buffer *text)
{
    const struct term *term = column->fit ? column->fit->term : NULL;
    const char *language = draft->plan->language;
    if (term && term->system)
        phrase_add(PHRASE_WORD_OF, language, text, term->system);
    else if (term && term->strength == TERM_LABEL)
        buffer_add_text(text, phrase_get(PHRASE_LABEL, language));
    if (column->note)
        buffer_printf(text, "%s%s", text->length ? "; " : "", column->note);
}

static void add_columns(struct draft *draft, const struct plan_import *import)
{
    const struct model_table *table = &draft->plan->model->tables[import->table];
    buffer_add_text(draft->out, "  columns = {\n");
    for (size_t i = 0; i < import->count; i++) {
        const struct plan_column *column = &import->columns[i];
        struct buffer text = {0};
        size_t begin = draft->out->length;
        buffer_printf(draft->out, "    %s = ", table->fields[column->field].name);
        add_value(draft, import->list, column);
        buffer_add_byte(draft->out, ',');
        explain(draft, column, &text);
        draft_remark(draft, begin, column->doubt, buffer_text(&text));
        buffer_clear(&text);
    }
    buffer_add_text(draft->out, "  },\n");
}

// ---- which records

// The texts that tell rows which are no records, each with its column; at most CAUSES_MOST.
struct causes {
    struct {
        size_t column;
        uint32_t code;
    } items[CAUSES_MOST];
    size_t count;
    bool more;
};

static void add_cause(struct causes *causes, size_t column, uint32_t code)
{
    for (size_t i = 0; i < causes->count; i++)
        if (causes->items[i].column == column && causes->items[i].code == code)
            return;
    causes->more = causes->more || causes->count == CAUSES_MOST;
    if (causes->count < CAUSES_MOST) {
        causes->items[causes->count].column = column;
        causes->items[causes->count++].code = code;
    }
}

static void find_causes(const struct draft *draft, const struct frame *frame, struct causes *causes)
{
    for (size_t row = 0; row < frame->sheet->row_count; row++) {
        const struct survey_row *it = &frame->sheet->rows[row];
        size_t first = it->count, total = it->count;
        for (size_t c = it->count; c-- > 0;) {
            const char *text = survey_text(frame->survey, frame->sheet, row, c);
            if (*text)
                first = c;
            if (*text && terms_is_total(draft->plan->terms, text))
                total = c;
        }
        size_t column = total < it->count ? total : first;
        if (frame->rows[row] == FRAME_NO_RECORD && column < frame->columns)
            add_cause(causes, column, survey_cell(frame->survey, frame->sheet, row, column));
    }
}

static void add_condition(struct draft *draft, size_t list, const struct causes *causes)
{
    const struct frame *frame = &list_of(draft, list)->list.frame;
    if (causes->more && frame->told_by >= 0) {
        buffer_add_text(draft->out, "source[");
        add_source(draft, list, (size_t)frame->told_by);
        buffer_add_text(draft->out, "] ~= nil");
        return;
    }
    for (size_t i = 0; i < causes->count; i++) {
        buffer_add_text(draft->out, i ? " and source[" : "source[");
        add_source(draft, list, causes->items[i].column);
        buffer_add_text(draft->out, "] ~= ");
        lua_text_add(dictionary_get(frame->survey->texts, causes->items[i].code).bytes, draft->out);
    }
}

// Where several imports take a list, what tells its records stands once, before them.
static bool is_told_apart(const struct draft *draft, size_t list)
{
    const struct plan_list *it = list_of(draft, list);
    return it->import_count > 1 && it->list.frame.left_count > 0;
}

void draft_records(struct draft *draft, size_t list)
{
    const struct frame *frame = &list_of(draft, list)->list.frame;
    struct causes causes = {0};
    struct buffer text = {0};
    if (!is_told_apart(draft, list))
        return;
    find_causes(draft, frame, &causes);
    phrase_add(PHRASE_LEFT_OUT, draft->plan->language, &text, frame->left_count);
    draft_comment(draft, "", causes.more && frame->told_by < 0, buffer_text(&text));
    buffer_printf(draft->out, "local function is_record_%zu(source)\n  return ", list + 1);
    add_condition(draft, list, &causes);
    buffer_add_text(draft->out, "\nend\n\n");
    buffer_clear(&text);
}

static void add_where(struct draft *draft, size_t list)
{
    const struct frame *frame = &list_of(draft, list)->list.frame;
    struct causes causes = {0};
    struct buffer text = {0};
    size_t begin = draft->out->length;
    if (frame->left_count == 0)
        return;
    if (is_told_apart(draft, list)) {
        buffer_printf(draft->out, "  where = is_record_%zu,\n", list + 1);
        return;
    }
    find_causes(draft, frame, &causes);
    phrase_add(PHRASE_LEFT_OUT, draft->plan->language, &text, frame->left_count);
    buffer_add_text(draft->out, "  where = function(source) return ");
    add_condition(draft, list, &causes);
    buffer_add_text(draft->out, " end,");
    draft_remark(draft, begin, causes.more && frame->told_by < 0, buffer_text(&text));
    buffer_clear(&text);
}

static bool takes(const struct plan_import *import, size_t column)
{
    for (size_t i = 0; i < import->count; i++)
        if (import->columns[i].fit && import->columns[i].fit->column == column)
            return true;
    return false;
}

// The columns that this import takes and that stand on the first lines only.
static void add_fill(struct draft *draft, const struct plan_import *import)
{
    const struct plan_list *it = list_of(draft, import->list);
    size_t begin = draft->out->length, filled = 0;
    for (size_t c = 0; it->fill && c < it->list.frame.columns; c++)
        filled += it->filled_down[c] && takes(import, c);
    if (filled == 0)
        return;
    buffer_add_text(draft->out, "  fill = { ");
    add_source(draft, import->list, it->fill_key);
    for (size_t c = 0; c < it->list.frame.columns; c++)
        if (it->filled_down[c] && c != it->fill_key && takes(import, c)) {
            buffer_add_text(draft->out, ", ");
            add_source(draft, import->list, c);
        }
    buffer_add_text(draft->out, " },");
    draft_remark(draft, begin, false, phrase_get(PHRASE_FILL, draft->plan->language));
}

// The texts in its columns that say that there is nothing.
static void add_nulls(struct draft *draft, const struct plan_import *import)
{
    const struct plan_list *it = list_of(draft, import->list);
    const struct dictionary *texts = draft->plan->survey->texts;
    bool *told = memory_new(dictionary_count(texts), sizeof *told);
    size_t found = 0;
    for (size_t c = 0; c < it->list.frame.columns; c++)
        for (size_t i = 0; i < it->list.columns[c].distinct && takes(import, c); i++) {
            uint32_t code = it->list.columns[c].codes[i];
            if (!draft->plan->nulls[code] || told[code])
                continue;
            told[code] = true;
            buffer_add_text(draft->out, found++ ? ", " : "  null = { \"\", ");
            lua_text_add(dictionary_get(texts, code).bytes, draft->out);
        }
    if (found > 0)
        buffer_add_text(draft->out, " },\n");
    free(told);
}

static void add_rows(struct draft *draft, const struct plan_import *import)
{
    const struct frame *frame = &list_of(draft, import->list)->list.frame;
    const struct model_table *table = &draft->plan->model->tables[import->table];
    struct buffer *out = draft->out;
    size_t begin = out->length;
    if (frame->skip > 0 && frame->header > 0) {
        buffer_printf(out, "  skip = %lld,", (long long)frame->skip);
        draft_remark(draft, begin, false, phrase_get(PHRASE_SKIP, draft->plan->language));
    }
    begin = out->length;
    if (frame->footer_count > 0) {
        buffer_printf(out, "  skip_end = %zu,", frame->footer_count);
        draft_remark(draft, begin, false,
                     survey_text(frame->survey, frame->sheet, frame->sheet->row_count - 1, 0));
    }
    add_nulls(draft, import);
    add_where(draft, import->list);
    add_fill(draft, import);
    if (import->distinct)
        buffer_add_text(out, "  distinct = true,\n");
    if (import->number_field >= 0)
        buffer_printf(out, "  number = { %s = \"%s\" },\n",
                      table->fields[import->number_field].name,
                      table->fields[import->number_within].name);
}

// ---- where it comes from

static const struct plan_column *column_of(const struct plan_import *import, int field)
{
    for (size_t i = 0; i < import->count; i++)
        if (import->columns[i].field == field)
            return &import->columns[i];
    return NULL;
}

static void add_identifier(const char *name, struct buffer *out)
{
    buffer_add_byte(out, '"');
    for (; *name; name++)
        buffer_printf(out, *name == '"' ? "\"\"" : "%c", *name);
    buffer_add_byte(out, '"');
}

// Lines that are numbered need an order: that of their documents, then of all columns' values.
static void add_query(struct draft *draft, const struct plan_import *import)
{
    const struct survey_sheet *sheet = &draft->plan->survey->sheets[import->list];
    struct buffer query = {0};
    buffer_add_text(&query, "SELECT * FROM ");
    add_identifier(sheet->file, &query);
    buffer_add_byte(&query, '.');
    add_identifier(sheet->part, &query);
    for (int i = 0;
         import->number_field >= 0 && i < (int)list_of(draft, import->list)->list.frame.columns;
         i++)
        buffer_printf(&query, "%s%d", i ? ", " : " ORDER BY ", i + 1);
    buffer_printf(draft->out, "import.postgres {\n  table = \"%s\",\n  conninfo = ",
                  draft->plan->model->tables[import->table].name);
    lua_text_add(draft->plan->survey->conninfo, draft->out);
    buffer_add_text(draft->out, ",\n  query = ");
    lua_text_add(buffer_text(&query), draft->out);
    buffer_clear(&query);
}

static void add_file(struct draft *draft, const struct plan_import *import)
{
    static const char *const kinds[] = {
        [SURVEY_CSV] = "csv", [SURVEY_XLSX] = "xlsx", [SURVEY_XLS] = "xls"};
    const struct survey_sheet *sheet = &draft->plan->survey->sheets[import->list];
    if (sheet->kind == SURVEY_POSTGRES) {
        add_query(draft, import);
        return;
    }
    buffer_printf(draft->out, "import.%s {\n  table = \"%s\",\n  file = ", kinds[sheet->kind],
                  draft->plan->model->tables[import->table].name);
    lua_text_add(sheet->file, draft->out);
    if (sheet->part) {
        buffer_add_text(draft->out, ", sheet = ");
        lua_text_add(sheet->part, draft->out);
    }
    if (sheet->encoding)
        buffer_printf(draft->out, ", encoding = \"%s\"", sheet->encoding);
    if (sheet->delimiter != ',' && sheet->kind == SURVEY_CSV) {
        const char delimiter[2] = {sheet->delimiter, 0};
        buffer_printf(draft->out, ", delimiter = \"%s\"", *delimiter == '\t' ? "\\t" : delimiter);
    }
}

void draft_import(struct draft *draft, const struct plan_import *import)
{
    if (import->note)
        draft_comment(draft, "", import->doubt, import->note);
    add_file(draft, import);
    buffer_add_text(draft->out, ",\n");
    add_rows(draft, import);
    add_columns(draft, import);
    buffer_add_text(draft->out, "}\n\n");
}

// ---- what is left over

static void add_examples(const struct draft *draft, const struct values *column,
                         struct buffer *text)
{
    for (size_t i = 0; i < column->distinct && i < EXAMPLES; i++) {
        size_t begin;
        buffer_add_text(text, i ? ", " : ": ");
        begin = text->length;
        buffer_add_text(text, dictionary_get(draft->plan->survey->texts, column->codes[i]).bytes);
        buffer_shorten(text, begin, EXAMPLE_MOST);
    }
    if (column->distinct == 0)
        buffer_printf(text, ": %s", phrase_get(PHRASE_COLUMN_EMPTY, draft->plan->language));
}

void draft_leftover(struct draft *draft, size_t list)
{
    const struct plan_list *it = list_of(draft, list);
    const struct frame *frame = &it->list.frame;
    const char *language = draft->plan->language;
    struct buffer text = {0}, label = {0};
    size_t left = 0;
    survey_add_label(&draft->plan->survey->sheets[list], &label);
    for (size_t c = 0; c < frame->columns; c++)
        left += !it->used[c];
    if (it->trouble)
        phrase_add(PHRASE_NOT_IMPORTED, language, &text, buffer_text(&label), it->trouble);
    else if (left > 0)
        phrase_add(PHRASE_UNMAPPED, language, &text, buffer_text(&label));
    buffer_clear(&label);
    if (text.length == 0)
        return;
    draft_comment(draft, "", false, buffer_text(&text));
    for (size_t c = 0, told = 0; c < frame->columns && told < LEFTOVER_MOST; c++) {
        char room[32];
        if (it->used[c])
            continue;
        buffer_reset(&text);
        buffer_printf(&text, "  %s", frame_name(frame, c, room));
        add_examples(draft, &it->list.columns[c], &text);
        draft_comment(draft, "", false, buffer_text(&text));
        told++;
    }
    buffer_add_byte(draft->out, '\n');
    buffer_clear(&text);
}

// ---- files that need no words

bool draft_is_plain(const struct plan *plan, size_t list)
{
    const struct survey_sheet *sheet = &plan->survey->sheets[list];
    const struct plan_list *it = &plan->lists[list];
    const struct frame *frame = &it->list.frame;
    if (sheet->kind == SURVEY_XLSX || sheet->kind == SURVEY_XLS || it->import_count != 1 ||
        sheet->encoding || sheet->delimiter != ',' || frame->header > 0 || frame->left_count > 0 ||
        frame->footer_count > 0 || it->fill)
        return false;
    for (size_t i = 0; i < plan->import_count; i++) {
        const struct plan_import *import = &plan->imports[i];
        const char *name = plan->model->tables[import->table].name;
        if (import->list != list)
            continue;
        for (size_t c = 0; c < frame->columns; c++)
            for (size_t v = 0; v < it->list.columns[c].distinct; v++)
                if (plan->nulls[it->list.columns[c].codes[v]])
                    return false;
        if (strcmp(sheet->part ? sheet->part : sheet->name, name) != 0 || import->distinct ||
            import->number_field >= 0)
            return false;
        for (int f = 0; f < plan->model->tables[import->table].field_count; f++) {
            const struct plan_column *column = column_of(import, f);
            if (column && (column->expression || column->constant || column->doubt ||
                           column->fit->map_count > 0 || column->fit->reading.date ||
                           column->fit->reading.decimal || column->fit->reading.places >= 0 ||
                           strcmp(frame->names[column->fit->column],
                                  plan->model->tables[import->table].fields[f].name) != 0))
                return false;
        }
    }
    return true;
}
