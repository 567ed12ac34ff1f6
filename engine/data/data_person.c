// SPDX-License-Identifier: MIT
// Who is behind an id. A column holds ids of users or of employees, as the model or the engagement
// says; where neither does, an id is looked up among both, and must lead to one person. One person
// may have several accounts, a system none. Ids are compared without regard to case and width,
// unless the very id is there.
#include "engine/data/data_inside.h"

#include "engine/base/fold.h"
#include "engine/base/memory.h"

#include <stdlib.h>
#include <string.h>

// Ids recur in every column of people, and finding out who is behind one is dear.
enum { IDENTITIES_KEPT = 4096 };
struct known_identity {
    bool known;
    enum people people;
    uint32_t id;
    struct identity identity;
};

// Folded ids of a table with their rows, sorted.
struct people_index {
    struct row_index *exact;
    struct folded_id {
        char *text;
        size_t length;
        uint32_t row;
    } * ids;
    size_t count;
};

static int compare_ids(const void *a, const void *b)
{
    const struct folded_id *x = a, *y = b;
    size_t least = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->text, y->text, least);
    if (order == 0)
        order = (x->length > y->length) - (x->length < y->length);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static struct people_index *index_new(const struct data *data, int table)
{
    const struct table *rows = &data->tables[table];
    const struct model_table *definition = &data->model->tables[table];
    struct people_index *index = memory_new(1, sizeof *index);
    const struct column *key = &rows->columns[definition->key[0]];
    // Rows that are only the ids that others name have no spelling of their own.
    if (rows->imported)
        index->exact = row_index_new(rows, definition->key, 1);
    index->ids = memory_new((size_t)rows->rows + 1, sizeof *index->ids);
    bool text = definition->fields[definition->key[0]].type == TYPE_TEXT && key->width > 0;
    for (uint32_t row = 0; text && row < rows->rows; row++) {
        int64_t word = column_get(key, row);
        if (word <= CELL_INVALID)
            continue;
        struct text id = dictionary_get(data->texts, (uint32_t)word);
        struct folded_id *folded = &index->ids[index->count++];
        folded->text = fold_text(id.bytes, id.length, &folded->length);
        folded->row = row;
    }
    if (index->count)
        qsort(index->ids, index->count, sizeof *index->ids, compare_ids);
    return index;
}

static void index_free(struct people_index *index)
{
    if (!index)
        return;
    for (size_t i = 0; i < index->count; i++)
        free(index->ids[i].text);
    free(index->ids);
    row_index_free(index->exact);
    free(index);
}

static int64_t find_folded(const struct data *data, const struct people_index *index, uint32_t id)
{
    struct text text = dictionary_get(data->texts, id);
    struct folded_id wanted = {.row = 0};
    wanted.text = fold_text(text.bytes, text.length, &wanted.length);
    size_t from = 0, to = index->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_ids(&index->ids[middle], &wanted) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < index->count && index->ids[from].length == wanted.length &&
                 memcmp(index->ids[from].text, wanted.text, wanted.length) == 0;
    free(wanted.text);
    return found ? (int64_t)index->ids[from].row : ROW_NONE;
}

static int64_t find_row(const struct data *data, const struct people_index *index, uint32_t id)
{
    int64_t word = id, row = ROW_NONE;
    if (!index)
        return ROW_NONE;
    if (index->exact)
        row = row_index_first(index->exact, &word);
    return row >= 0 ? row : find_folded(data, index, id);
}

// What telling who is whom rests on, where people or what is known of accounts was not imported.
static void rest_on_people(struct data *data)
{
    static const char *const fields[] = {"employee_id", "is_system"};
    const int tables[] = {data->employees, data->users};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (tables[i] >= 0)
            rests_add(data->arena, &data->people_rests, data->tables[tables[i]].assumption);
    bool accounts = data->users >= 0 && data->tables[data->users].rows > 0;
    for (size_t i = 0; accounts && i < sizeof fields / sizeof *fields; i++) {
        const struct table *users = &data->tables[data->users];
        int field = model_find_field(users->definition, fields[i]);
        if (field >= 0)
            rests_add(data->arena, &data->people_rests, users->columns[field].assumption);
    }
}

void data_index_people(struct data *data)
{
    data->employees = model_find_table(data->model, "employee");
    data->users = model_find_table(data->model, "user_account");
    if (data->employees >= 0 && table_is_there(&data->tables[data->employees]))
        data->employee_index = index_new(data, data->employees);
    if (data->users >= 0 && table_is_there(&data->tables[data->users]))
        data->user_index = index_new(data, data->users);
    data->identities = memory_new(IDENTITIES_KEPT, sizeof *data->identities);
    rest_on_people(data);
}

void data_forget_people(struct data *data)
{
    index_free(data->employee_index);
    index_free(data->user_index);
    free(data->identities);
}

static int64_t user_word(const struct data *data, int64_t user, const char *field)
{
    int number = model_find_field(&data->model->tables[data->users], field);
    return number < 0 ? CELL_NULL
                      : column_get(&data->tables[data->users].columns[number], (size_t)user);
}

static struct identity of_employee(const struct data *data, int64_t row)
{
    int key = data->model->tables[data->employees].key[0];
    int64_t id = column_get(&data->tables[data->employees].columns[key], (size_t)row);
    return (struct identity){IDENTITY_PERSON, (uint32_t)id, row};
}

// Behind an account: its employee, or, where none is named, whoever has that id.
static struct identity of_user(const struct data *data, uint32_t id, int64_t user)
{
    if (user_word(data, user, "is_system") == 1)
        return (struct identity){IDENTITY_SYSTEM, id, ROW_NONE};
    int64_t employee = user_word(data, user, "employee_id");
    uint32_t whose = employee > CELL_INVALID ? (uint32_t)employee : id;
    int64_t row = find_row(data, data->employee_index, whose);
    return row >= 0 ? of_employee(data, row) : (struct identity){IDENTITY_PERSON, whose, ROW_NONE};
}

static struct identity identify(const struct data *data, uint32_t id, enum people people)
{
    int64_t user = find_row(data, data->user_index, id);
    int64_t employee = find_row(data, data->employee_index, id);
    // Employees that are only the ids that others name: an account is no such id.
    if (people == PEOPLE_EITHER && employee >= 0 && !data->tables[data->employees].imported)
        people = PEOPLE_USERS;
    if (user < 0 || (employee >= 0 && people == PEOPLE_EMPLOYEES))
        return employee >= 0 ? of_employee(data, employee)
                             : (struct identity){IDENTITY_PERSON, id, ROW_NONE};
    struct identity behind = of_user(data, id, user);
    if (employee < 0 || people == PEOPLE_USERS || behind.row == employee)
        return behind;
    return (struct identity){IDENTITY_TWO_PEOPLE, id, ROW_AMBIGUOUS};
}

struct identity data_identify(const struct data *data, uint32_t id, enum people people)
{
    if (id == DICTIONARY_NONE)
        return (struct identity){IDENTITY_NOBODY, id, ROW_NONE};
    if (people == PEOPLE_EITHER)
        people = data->scope.people;
    if (!data->identities) // of data that were not sealed
        return identify(data, id, people);
    struct known_identity *it = &data->identities[id % IDENTITIES_KEPT];
    if (!it->known || it->id != id || it->people != people)
        *it = (struct known_identity){true, people, id, identify(data, id, people)};
    return it->identity;
}

bool data_is_user(const struct data *data, uint32_t id)
{
    return find_row(data, data->user_index, id) >= 0;
}

int64_t data_person(const struct data *data, uint32_t id)
{
    return data_identify(data, id, PEOPLE_EITHER).row;
}

bool data_is_system(const struct data *data, uint32_t id)
{
    return data_identify(data, id, PEOPLE_EITHER).kind == IDENTITY_SYSTEM;
}

bool data_has_systems(const struct data *data)
{
    for (uint32_t row = 0; data->user_index && row < data->tables[data->users].rows; row++)
        if (user_word(data, row, "is_system") == 1)
            return true;
    return false;
}

static bool same_text(struct text text_a, struct text text_b)
{
    size_t length_a, length_b;
    char *folded_a = fold_text(text_a.bytes, text_a.length, &length_a);
    char *folded_b = fold_text(text_b.bytes, text_b.length, &length_b);
    bool same = length_a == length_b && memcmp(folded_a, folded_b, length_a) == 0;
    free(folded_a);
    free(folded_b);
    return same;
}

static bool same_id(const struct data *data, uint32_t a, uint32_t b)
{
    return a == b || same_text(dictionary_get(data->texts, a), dictionary_get(data->texts, b));
}

bool data_automatic_limit(const struct data *data, uint32_t id, struct decimal *limit)
{
    bool found = false;
    if (id == DICTIONARY_NONE)
        return false;
    for (size_t i = 0; i < data->scope.automatic_count; i++) {
        const struct automatic_approval *it = &data->scope.automatic[i];
        if (!same_text(dictionary_get(data->texts, id), (struct text){it->by, strlen(it->by)}) ||
            (found && decimal_compare(it->limit, *limit) <= 0))
            continue;
        *limit = it->limit;
        found = true;
    }
    return found;
}

bool identity_is_same(const struct data *data, struct identity a, struct identity b)
{
    if (a.kind != IDENTITY_PERSON || b.kind != IDENTITY_PERSON)
        return false;
    if (a.row >= 0 || b.row >= 0)
        return a.row == b.row;
    return same_id(data, a.id, b.id);
}

bool data_same_person(const struct data *data, uint32_t a, uint32_t b)
{
    return identity_is_same(data, data_identify(data, a, PEOPLE_EITHER),
                            data_identify(data, b, PEOPLE_EITHER));
}
