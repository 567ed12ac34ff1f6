// SPDX-License-Identifier: MIT
#include "engine/data/lookup.h"

#include "tests/unit/engine_fixture.h"

static int64_t text_word(const char *text)
{
    return dictionary_find(data->texts, text, strlen(text));
}

static void rows_come_in_key_order(void **state)
{
    (void)state;
    put_rows("price", "price_id,product\n30,P1\n20,P2\n40,P1\n10,P1\n");
    seal();
    int product = field_at("price", "product");
    int64_t word = text_word("P1");
    struct lookups *lookups = lookups_new(data);
    const struct row_index *index = lookups_index(lookups, table_at("price"), &product, 1);
    assert_int_equal(row_index_first(index, &word), 3);
    assert_int_equal(row_index_next(index, 3), 0);
    assert_int_equal(row_index_next(index, 0), 2);
    assert_int_equal(row_index_next(index, 2), ROW_NONE);
    lookups_free(lookups);
}

static void an_index_is_made_once_for_its_fields(void **state)
{
    (void)state;
    put_rows("price", "price_id,product,grade\n1,P1,A\n2,P1,B\n");
    put_rows("customer", "customer_id\nC1\n");
    seal();
    int price = table_at("price");
    int both[] = {field_at("price", "product"), field_at("price", "grade")};
    struct lookups *lookups = lookups_new(data);
    const struct row_index *one = lookups_index(lookups, price, both, 1);
    const struct row_index *two = lookups_index(lookups, price, both, 2);
    const struct row_index *other = lookups_index(lookups, table_at("customer"), both, 0);
    assert_ptr_not_equal(one, two);
    assert_ptr_not_equal(one, other);
    assert_ptr_equal(lookups_index(lookups, price, both, 1), one);
    assert_ptr_equal(lookups_index(lookups, price, both, 2), two);
    assert_ptr_equal(lookups_index(lookups, table_at("customer"), both, 0), other);
    lookups_free(lookups);
    lookups_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(rows_come_in_key_order),
        TRADE_TEST(an_index_is_made_once_for_its_fields),
    };
    return cmocka_run_group_tests_name("lookup", tests, NULL, NULL);
}
