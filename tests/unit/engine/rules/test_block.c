// SPDX-License-Identifier: MIT
#include "engine/rules/block.h"

#include "tests/unit/engine_fixture.h"

static struct finding *add(struct block *block, const char *key, int values)
{
    struct finding *finding = block_add_finding(block);
    finding->control = 3;
    finding->table = 2;
    finding->row = 7;
    finding->key = key;
    finding->severity = SEVERITY_CRITICAL;
    for (int i = 0; i < values; i++)
        finding_add_value(block_arena(block), finding, "name", "值\n and more", 4);
    return finding;
}

static struct block full_block(void)
{
    struct block block = {.loaded = 10,
                          .in_scope = 9,
                          .not_applicable = 1,
                          .tested = 5,
                          .passed = 3,
                          .untestable = 2,
                          .errors = 1,
                          .exception_rows = 2};
    block_add_reason(&block, "no date", 2);
    block_add_reason(&block, "", 1);
    struct finding *finding = add(&block, "SO1/1", 2);
    finding->label = "a";
    finding->has_amount = true;
    finding->amount = (struct decimal){INT64_MIN, 18};
    finding->currency = 5;
    finding->evidence = arena_take(block_arena(&block), 2, sizeof *finding->evidence);
    finding->evidence_count = 2;
    finding->evidence[1] = (struct evidence){4, UINT32_MAX};
    add(&block, "", 0);
    block_add_member(&block, "G/1", 3, NULL, 2, UINT32_MAX - 2);
    block.notes[PASS_WITHIN_TOLERANCE].rows = 4;
    struct arena *arena = block_arena(&block);
    struct pass_count *count = &block.notes[PASS_WITHIN_TOLERANCE];
    pass_count_add_sum(arena, count, 9, total_of((struct decimal){-3, 2}));
    pass_count_add_sum(arena, count, 5, total_of((struct decimal){7, 0}));
    struct pass_person *person = block_add_person(&block, 11, 2, 7);
    person->count.rows = 2;
    pass_count_add_sum(arena, &person->count, 5, total_of((struct decimal){1, 0}));
    rests_add(arena, &person->rests, 3);
    block.many = 20;
    return block;
}

static void a_block_comes_back_from_bytes(void **state)
{
    (void)state;
    struct block block = full_block(), copy;
    struct buffer bytes = {0}, again = {0};
    block_write(&block, &bytes);
    assert_int_equal(block_read(&copy, bytes.data, bytes.length), 0);
    block_write(&copy, &again);
    assert_int_equal(bytes.length, again.length);
    assert_memory_equal(bytes.data, again.data, bytes.length);
    assert_int_equal(copy.loaded, 10);
    assert_int_equal(copy.notes[PASS_WITHIN_TOLERANCE].rows, 4);
    assert_int_equal(copy.notes[PASS_WITHIN_TOLERANCE].sum_count, 2);
    assert_int_equal(copy.notes[PASS_WITHIN_TOLERANCE].sums[1].currency, 9);
    assert_true(copy.notes[PASS_WITHIN_TOLERANCE].sums[1].total.coefficient == -3);
    assert_int_equal(copy.person_count, 1);
    assert_int_equal(copy.people[0].count.rows, 2);
    assert_int_equal(copy.people[0].rests.items[0], 3);
    assert_int_equal(copy.many, 20);
    assert_int_equal(copy.errors, 1);
    assert_int_equal(copy.reason_count, 2);
    assert_string_equal(copy.findings[0].label, "a");
    assert_null(copy.findings[1].label);
    assert_true(copy.findings[0].amount.coefficient == INT64_MIN);
    assert_string_equal(copy.findings[0].values[1].text, "值\n");
    assert_int_equal(copy.findings[0].evidence[1].row, UINT32_MAX);
    assert_int_equal(copy.findings[1].currency, DICTIONARY_NONE);
    assert_string_equal(copy.members[0].key, "G/1");
    assert_null(copy.failure);
    buffer_clear(&bytes);
    buffer_clear(&again);
    block_clear(&block);
    block_clear(&copy);
}

static void an_empty_block_and_one_that_failed(void **state)
{
    (void)state;
    struct block block = {0}, copy;
    struct buffer bytes = {0};
    block.failure = "budget";
    block_write(&block, &bytes);
    assert_int_equal(block_read(&copy, bytes.data, bytes.length), 0);
    assert_string_equal(copy.failure, "budget");
    block_clear(&copy);
    block_clear(&block);
    buffer_clear(&bytes);
    block_write(&block, &bytes);
    assert_int_equal(block_read(&copy, bytes.data, bytes.length), 0);
    buffer_clear(&bytes);
    block_clear(&copy);
}

static void cut_or_longer_bytes_are_no_block(void **state)
{
    (void)state;
    struct block block = full_block(), copy;
    struct buffer bytes = {0};
    block_write(&block, &bytes);
    for (size_t length = 0; length < bytes.length; length++)
        assert_int_equal(block_read(&copy, bytes.data, length), -1);
    buffer_add_byte(&bytes, 0);
    assert_int_equal(block_read(&copy, bytes.data, bytes.length), -1);
    buffer_clear(&bytes);
    block_clear(&block);
}

static void damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    struct block block = full_block(), copy;
    struct buffer bytes = {0};
    block_write(&block, &bytes);
    for (size_t i = 0; i < bytes.length; i++)
        for (int bit = 0; bit < 8; bit += 7) {
            bytes.data[i] ^= (char)(1 << bit);
            if (block_read(&copy, bytes.data, bytes.length) == 0) {
                for (size_t finding = 0; finding < copy.finding_count; finding++) {
                    assert_true(copy.findings[finding].severity <= SEVERITY_CRITICAL);
                    assert_in_range(copy.findings[finding].amount.scale, 0, DECIMAL_SCALE_MAX);
                    assert_non_null(copy.findings[finding].key);
                }
                block_clear(&copy);
            }
            bytes.data[i] ^= (char)(1 << bit);
        }
    buffer_clear(&bytes);
    block_clear(&block);
}

static void reasons_add_up_however_many(void **state)
{
    (void)state;
    struct block block = {0};
    size_t rows = 0;
    for (int i = 0; i < 3 * BLOCK_REASONS; i++) {
        char text[32];
        snprintf(text, sizeof text, "reason %d", i % (2 * BLOCK_REASONS));
        block_add_reason(&block, text, 2);
        rows += 2;
    }
    assert_int_equal(block.reason_count, BLOCK_REASONS);
    for (int i = 0; i < block.reason_count; i++)
        rows -= block.reasons[i].rows;
    assert_int_equal(rows, block.other_reasons);
    assert_string_equal(block.reasons[0].words, "reason 0");
    assert_int_equal(block.reasons[0].rows, 4);
    for (int i = 1; i < block.reason_count; i++)
        assert_true(strcmp(block.reasons[i - 1].words, block.reasons[i].words) < 0);
    block_clear(&block);
}

static void merging_adds_and_empties(void **state)
{
    (void)state;
    struct block total = full_block(), more = full_block();
    more.failure = "first";
    block_merge(&total, &more);
    assert_int_equal(total.loaded, 20);
    assert_int_equal(total.exception_rows, 4);
    assert_int_equal(total.finding_count, 4);
    assert_int_equal(total.member_count, 2);
    assert_int_equal(total.reason_count, 2);
    assert_int_equal(total.reasons[1].rows, 4);
    assert_string_equal(total.failure, "first");
    assert_int_equal(more.loaded, 0);
    assert_int_equal(more.finding_count, 0);
    assert_null(more.arena);
    assert_string_equal(total.findings[2].values[1].text, "值\n"); // what was the other's lives on
    assert_string_equal(total.members[1].key, "G/1");
    more.failure = "second";
    block_merge(&total, &more);
    assert_string_equal(total.failure, "first");
    block_clear(&total);
}

static void members_stand_by_group_and_key(void **state)
{
    (void)state;
    put_rows("sales_order_line", "order_id,line_no\nSO1,10\nSO1,9\nSO1,1\nSO1,1\n");
    put_rows("customer", "customer_id\nC1\n");
    seal();
    int lines = table_at("sales_order_line"), customers = table_at("customer");
    struct block block = {0};
    block_add_member(&block, "b", 1, NULL, lines, 0);
    block_add_member(&block, "a", 1, NULL, lines, 0);
    block_add_member(&block, "b", 1, NULL, lines, 3);
    block_add_member(&block, "b", 1, NULL, lines, 2);
    block_add_member(&block, "b", 1, NULL, customers, 0);
    block_add_member(&block, "b", 1, NULL, lines, 1);
    block_sort_members(&block, data);
    static const uint32_t rows[] = {0, 0, 2, 3, 1, 0};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(block.members[i].row, rows[i]);
    assert_int_equal(block.members[1].table, customers);
    assert_int_equal(block_group_end(&block, 0), 1);
    assert_int_equal(block_group_end(&block, 1), 6);
    block_clear(&block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRADE_TEST(a_block_comes_back_from_bytes),
        TRADE_TEST(an_empty_block_and_one_that_failed),
        TRADE_TEST(cut_or_longer_bytes_are_no_block),
        TRADE_TEST(damaged_bytes_do_no_harm),
        TRADE_TEST(reasons_add_up_however_many),
        TRADE_TEST(merging_adds_and_empties),
        TRADE_TEST(members_stand_by_group_and_key),
    };
    return cmocka_run_group_tests_name("block", tests, NULL, NULL);
}
