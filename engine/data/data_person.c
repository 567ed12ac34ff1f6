// SPDX-License-Identifier: MIT
// Who is behind an id. User accounts go before employees: one person may have several, a system
// none.
#include "engine/data/data_inside.h"

static int64_t find_row(const struct row_index *index, uint32_t id)
{
    int64_t word = id;
    return index ? row_index_first(index, &word) : ROW_NONE;
}

// What telling who is whom rests on, where people or what is known of accounts was not imported.
static void rest_on_people(struct data *data)
{
    static const char *const fields[] = {"employee_id", "is_system"};
    const int tables[] = {data->employees, data->users};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (tables[i] >= 0)
            rests_add(&data->people_rests, data->tables[tables[i]].assumption);
    bool accounts = data->users >= 0 && data->tables[data->users].rows > 0;
    for (size_t i = 0; accounts && i < sizeof fields / sizeof *fields; i++) {
        const struct table *users = &data->tables[data->users];
        int field = model_find_field(users->definition, fields[i]);
        if (field >= 0)
            rests_add(&data->people_rests, users->columns[field].assumption);
    }
}

void data_index_people(struct data *data)
{
    data->employees = model_find_table(data->model, "employee");
    data->users = model_find_table(data->model, "user_account");
    if (data->employees >= 0 && table_is_there(&data->tables[data->employees]))
        data->employee_index = row_index_new(&data->tables[data->employees],
                                             data->model->tables[data->employees].key, 1);
    if (data->users >= 0 && table_is_there(&data->tables[data->users]))
        data->user_index =
            row_index_new(&data->tables[data->users], data->model->tables[data->users].key, 1);
    rest_on_people(data);
}

static int64_t user_word(const struct data *data, uint32_t id, const char *field, bool *known)
{
    int64_t row = find_row(data->user_index, id);
    *known = row >= 0;
    if (row < 0)
        return CELL_NULL;
    int number = model_find_field(&data->model->tables[data->users], field);
    return number < 0 ? CELL_NULL
                      : column_get(&data->tables[data->users].columns[number], (size_t)row);
}

int64_t data_person(const struct data *data, uint32_t id)
{
    bool known;
    int64_t employee = user_word(data, id, "employee_id", &known);
    if (known && (employee <= CELL_INVALID || data_is_system(data, id)))
        return ROW_NONE;
    return find_row(data->employee_index, known ? (uint32_t)employee : id);
}

bool data_is_system(const struct data *data, uint32_t id)
{
    bool known;
    return user_word(data, id, "is_system", &known) == 1;
}

bool data_same_person(const struct data *data, uint32_t a, uint32_t b)
{
    if (a == DICTIONARY_NONE || b == DICTIONARY_NONE)
        return false;
    int64_t first = data_person(data, a), second = data_person(data, b);
    if (first == ROW_NONE && second == ROW_NONE)
        return a == b && !data_is_system(data, a);
    return first >= 0 && first == second;
}
