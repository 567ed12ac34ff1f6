// SPDX-License-Identifier: MIT
#include "engine/data/row_index.h"

#include "tests/unit/engine_fixture.h"

static int64_t text_word(const char *text)
{
    return dictionary_find(data->texts, text, strlen(text));
}

static void rows_of_equal_words_follow_in_row_order(void **state)
{
    (void)state;
    put_rows("price", "price_id,product,grade\n1,P1,A\n2,P2,A\n3,P1,B\n4,P1,A\n5,P1,A\n");
    seal();
    int fields[] = {field_at("price", "product"), field_at("price", "grade")};
    struct row_index *index = row_index_new(&data->tables[table_at("price")], fields, 2);
    fields[0] = fields[1] = 99; // they were copied
    int64_t words[] = {text_word("P1"), text_word("A")};
    assert_int_equal(row_index_first(index, words), 0);
    assert_int_equal(row_index_next(index, 0), 3);
    assert_int_equal(row_index_next(index, 3), 4);
    assert_int_equal(row_index_next(index, 4), ROW_NONE);
    words[1] = text_word("B");
    assert_int_equal(row_index_first(index, words), 2);
    assert_int_equal(row_index_next(index, 2), ROW_NONE);
    words[0] = text_word("P2");
    assert_int_equal(row_index_first(index, words), ROW_NONE);
    row_index_free(index);
    row_index_free(NULL);
}

static void turn_round(void *context, uint32_t *rows, size_t count)
{
    *(size_t *)context += count;
    for (size_t i = 0; i < count / 2; i++) {
        uint32_t row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

static void rows_of_equal_words_follow_as_they_were_sorted(void **state)
{
    (void)state;
    put_rows("price", "price_id,product\n1,P1\n2,P2\n3,P1\n4,P1\n");
    seal();
    int product = field_at("price", "product");
    int64_t word = text_word("P1"), other = text_word("P2");
    size_t sorted = 0;
    struct row_index *index = row_index_new(&data->tables[table_at("price")], &product, 1);
    row_index_sort(index, turn_round, &sorted);
    assert_int_equal(sorted, 3); // one alone needs no order
    assert_int_equal(row_index_first(index, &word), 3);
    assert_int_equal(row_index_next(index, 3), 2);
    assert_int_equal(row_index_next(index, 2), 0);
    assert_int_equal(row_index_next(index, 0), ROW_NONE);
    assert_int_equal(row_index_first(index, &other), 1);
    assert_int_equal(row_index_next(index, 1), ROW_NONE);
    row_index_free(index);
}

static void null_and_invalid_are_found_by_those_words(void **state)
{
    (void)state;
    put_rows("price", "price_id,product,valid_from\n1,P1,\n2,,x\n3,P1,2026-10-01\n4,,\n");
    seal();
    int product = field_at("price", "product"), from = field_at("price", "valid_from");
    const struct table *table = &data->tables[table_at("price")];
    struct row_index *index = row_index_new(table, &product, 1);
    int64_t word = CELL_NULL;
    assert_int_equal(row_index_first(index, &word), 1);
    assert_int_equal(row_index_next(index, 1), 3);
    row_index_free(index);
    index = row_index_new(table, &from, 1);
    assert_int_equal(row_index_first(index, &word), 0);
    word = CELL_INVALID;
    assert_int_equal(row_index_first(index, &word), 1);
    assert_int_equal(row_index_next(index, 1), ROW_NONE);
    row_index_free(index);
}

static void no_rows_and_no_fields(void **state)
{
    (void)state;
    put_rows("customer", "customer_id\nC1\nC2\n");
    data_add_table(data, table_at("price"));
    seal();
    int product = field_at("price", "product");
    int64_t word = 0;
    struct row_index *index = row_index_new(&data->tables[table_at("price")], &product, 1);
    assert_int_equal(row_index_first(index, &word), ROW_NONE);
    row_index_free(index);
    // Without a field to tell them apart all rows are equal.
    index = row_index_new(&data->tables[table_at("customer")], &product, 0);
    assert_int_equal(row_index_first(index, &word), 0);
    assert_int_equal(row_index_next(index, 0), 1);
    row_index_free(index);
}

static void many_rows_are_all_found(void **state)
{
    (void)state;
    enum { MANY = 20000, KINDS = 700 };
    struct buffer text = {0};
    buffer_add_text(&text, "order_id,line_no\n");
    for (int row = 0; row < MANY; row++)
        buffer_printf(&text, "SO%d,%d\n", row, row % KINDS);
    put_rows("sales_order_line", text.data);
    buffer_clear(&text);
    seal();
    int field = field_at("sales_order_line", "line_no");
    struct row_index *index = row_index_new(&data->tables[table_at("sales_order_line")], &field, 1);
    int found = 0;
    for (int64_t kind = 0; kind < KINDS; kind++)
        for (int64_t row = row_index_first(index, &kind), before = -1; row >= 0;
             before = row, row = row_index_next(index, row)) {
            assert_int_equal(row % KINDS, kind);
            assert_true(row > before);
            found++;
        }
    assert_int_equal(found, MANY);
    row_index_free(index);
}

// Rows whose first words are near stand near one another: one order of very many lines may not make
// its neighbours' lines hard to find, nor numbers far apart.
static void crowded_and_scattered_words_are_found(void **state)
{
    (void)state;
    enum { CROWD = 3000, OTHERS = 3000 };
    struct buffer text = {0};
    buffer_add_text(&text, "order_id,line_no\n");
    for (int row = 0; row < CROWD; row++)
        buffer_printf(&text, "CROWD,%d\n", row);
    for (int row = 0; row < OTHERS; row++)
        buffer_printf(&text, "SO%d,%lld\n", row, row * 1000003LL);
    put_rows("sales_order_line", text.data);
    buffer_clear(&text);
    seal();
    const struct table *table = &data->tables[table_at("sales_order_line")];
    int order = field_at("sales_order_line", "order_id");
    int line = field_at("sales_order_line", "line_no");
    int orders[][2] = {{order, line}, {line, order}};
    for (int each = 0; each < 2; each++) {
        struct row_index *index = row_index_new(table, orders[each], 2);
        assert_false(row_index_repeats(index));
        for (uint32_t row = 0; row < table->rows; row++) {
            int64_t words[] = {column_get(&table->columns[orders[each][0]], row),
                               column_get(&table->columns[orders[each][1]], row)};
            assert_int_equal(row_index_first(index, words), row);
            words[each == 0] = -5;
            assert_int_equal(row_index_first(index, words), ROW_NONE);
        }
        row_index_free(index);
    }
    struct row_index *index = row_index_new(table, &order, 1);
    assert_true(row_index_repeats(index));
    row_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(rows_of_equal_words_follow_in_row_order),
        TRADE_TEST(rows_of_equal_words_follow_as_they_were_sorted),
        TRADE_TEST(null_and_invalid_are_found_by_those_words),
        TRADE_TEST(no_rows_and_no_fields),
        TRADE_TEST(many_rows_are_all_found),
        TRADE_TEST(crowded_and_scattered_words_are_found),
    };
    return cmocka_run_group_tests_name("row_index", tests, NULL, NULL);
}
