// SPDX-License-Identifier: MIT
// The shipped model against the list of its tables and fields, shipped_model.csv, in both
// directions.
#include "engine/evaluation/engagement_load.h"

#include <csv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TABLE, TABLE_ZH, KEY, FIELD, TYPE, REFERENCES, MEANING, COLUMNS };

struct listing {
    const struct model *model;
    char cells[COLUMNS][2048];
    int column, row;
    int tables, fields;
    char last[256];
};

static void take_cell(void *text, size_t length, void *context)
{
    struct listing *listing = context;
    assert_true(listing->column < COLUMNS && length < sizeof listing->cells[0]);
    memcpy(listing->cells[listing->column], text, length);
    listing->cells[listing->column++][length] = '\0';
}

static const struct model_table *table_of(const struct model *model, const char *name)
{
    int at = model_find_table(model, name);
    if (at < 0)
        fail_msg("the model has no table %s", name);
    return &model->tables[at];
}

// "order_id, line_no?" against the declared key.
static void compare_key(const struct model_table *table, const char *listed)
{
    char declared[512] = "";
    for (int i = 0; i < table->key_count; i++) {
        const struct field *field = &table->fields[table->key[i]];
        snprintf(declared + strlen(declared), sizeof declared - strlen(declared), "%s%s%s",
                 i ? ", " : "", field->name, field->nullable ? "?" : "");
    }
    assert_string_equal(declared, listed);
}

static void compare_type(const struct field *field, const char *listed)
{
    char declared[2048];
    snprintf(declared, sizeof declared, "%s", type_name(field->type));
    for (int i = 0; i < field->value_count; i++)
        snprintf(declared + strlen(declared), sizeof declared - strlen(declared), "%s%s",
                 i ? "," : "(", field->values[i]);
    if (field->value_count)
        strcat(declared, ")");
    assert_string_equal(declared, listed);
}

// Some reference of the table uses the field, its own or through a header, to reach the listed
// table.
static void compare_reference(const struct model *model, const struct model_table *table, int field,
                              const char *listed)
{
    int target = model_find_table(model, listed);
    assert_true(target >= 0);
    for (int i = 0; i < table->reference_count; i++) {
        const struct reference *reference = &table->references[i];
        for (int match = 0; reference->target == target && match < reference->match_count; match++)
            if (reference->matches[match].from.depth == 0 &&
                reference->matches[match].from.field == field)
                return;
    }
    fail_msg("%s.%s does not refer to %s", table->name, table->fields[field].name, listed);
}

static void take_row(int end, void *context)
{
    (void)end;
    struct listing *listing = context;
    listing->column = 0;
    if (listing->row++ == 0)
        return;
    const struct model_table *table = table_of(listing->model, listing->cells[TABLE]);
    if (strcmp(listing->last, table->name) != 0) {
        snprintf(listing->last, sizeof listing->last, "%s", table->name);
        listing->tables++;
        compare_key(table, listing->cells[KEY]);
    }
    int field = model_find_field(table, listing->cells[FIELD]);
    if (field < 0)
        fail_msg("%s has no field %s", table->name, listing->cells[FIELD]);
    listing->fields++;
    compare_type(&table->fields[field], listing->cells[TYPE]);
    if (*listing->cells[REFERENCES])
        compare_reference(listing->model, table, field, listing->cells[REFERENCES]);
}

static void model_declares_every_listed_table_and_field_and_no_other(void **state)
{
    (void)state;
    static char text[1 << 18];
    struct error error = {0};
    struct engagement_options options = {.rules_folder = VOUCH_RULES, .without_engagement = true};
    struct engagement *engagement = engagement_load(NULL, &options, &error);
    assert_non_null(engagement);
    FILE *file = fopen("tests/unit/shipped_model.csv", "rb");
    assert_non_null(file); // the tests run in the root of the tree
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    struct listing listing = {.model = engagement->model};
    struct csv_parser parser;
    assert_int_equal(csv_init(&parser, CSV_STRICT), 0);
    assert_int_equal(csv_parse(&parser, text, length, take_cell, take_row, &listing), length);
    csv_fini(&parser, take_cell, take_row, &listing);
    csv_free(&parser);
    int fields = 0;
    for (int i = 0; i < engagement->model->table_count; i++)
        fields += engagement->model->tables[i].field_count;
    assert_int_equal(listing.tables, engagement->model->table_count);
    assert_int_equal(listing.fields, fields);
    assert_int_equal(listing.tables, 112);
    assert_int_equal(listing.fields, 1101);
    engagement_free(engagement);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_declares_every_listed_table_and_field_and_no_other),
    };
    return cmocka_run_group_tests_name("shipped model", tests, NULL, NULL);
}
