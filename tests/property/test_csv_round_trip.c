// SPDX-License-Identifier: MIT
// Random records, written by libcsv, come back as they were but for blanks at their ends: fields
// with quotes, delimiters, line ends of every kind and blanks; read in one piece and in many, with
// one thread and with three. A second property holds the reader's cutting of lines without quotes
// against libcsv itself.
#include "adapters/record.h"
#include "tests/unit/import_fixture.h"

#include <csv.h>
#include <time.h>

enum { RECORDS = 4000, ROUNDS = 4 };

static uint64_t random_state;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static size_t below(size_t limit)
{
    return (size_t)(next_random() % limit);
}

static void add_random_field(struct buffer *out, const char *const *pieces, size_t count)
{
    for (size_t left = below(5); left > 0; left--)
        buffer_add_text(out, pieces[below(count)]);
}

struct sample {
    struct text id, note;
};

static void write_record(FILE *file, const struct sample *sample)
{
    csv_fwrite(file, sample->id.bytes, sample->id.length);
    fputc(',', file);
    csv_fwrite(file, sample->note.bytes, sample->note.length);
    fputs(below(2) ? "\n" : "\r\n", file);
}

static struct sample *write_samples(void)
{
    static const char *const pieces[] = {"\"", "\n", "\r\n", "\r",  ",",    " ",     "\t",
                                         "a",  "xy", "销售", "5\"", "\"\"", "\",\"", "\U0001F600"};
    char path[256];
    snprintf(path, sizeof path, "%s/sales_order.csv", fixture_folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs("order_id,note\n", file);
    struct sample *samples = memory_new(RECORDS, sizeof *samples);
    for (int i = 0; i < RECORDS; i++) {
        struct buffer id = {0}, note = {0};
        buffer_printf(&id, "SO%d", i);
        add_random_field(&id, pieces, sizeof pieces / sizeof *pieces);
        add_random_field(&note, pieces, sizeof pieces / sizeof *pieces);
        samples[i].id.length = id.length;
        samples[i].id.bytes = buffer_take(&id);
        samples[i].note.length = note.length;
        samples[i].note.bytes = buffer_take(&note);
        write_record(file, &samples[i]);
    }
    assert_int_equal(fclose(file), 0);
    return samples;
}

static void check_text(const struct column *column, uint32_t row, struct text expected)
{
    int64_t code = column_get(column, row);
    cell_bare(&expected.bytes, &expected.length); // blanks at the ends are no part of it
    if (expected.length == 0) {
        assert_true(code == CELL_NULL);
        return;
    }
    struct text actual = dictionary_get(fixture_data->texts, (uint32_t)code);
    assert_int_equal(actual.length, expected.length);
    assert_memory_equal(actual.bytes, expected.bytes, expected.length);
}

static void records_come_back_as_they_were(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct sample *samples = write_samples();
        for (int jobs = 1; jobs <= 3; jobs += 2) {
            fixture_options.jobs = jobs;
            fixture_options.piece_size = jobs > 1 ? 1 + below(20000) : 0;
            fixture_succeeds("[{'kind':'csv','folder':'.'}]");
            fixture_has(RECORDS, 0);
            const struct table *table = &fixture_data->tables[SALES_ORDER];
            for (uint32_t row = 0; row < RECORDS; row++) {
                check_text(&table->columns[ORDER_ID], row, samples[row].id);
                check_text(&table->columns[NOTE], row, samples[row].note);
            }
        }
        for (int i = 0; i < RECORDS; i++) {
            free((char *)samples[i].id.bytes);
            free((char *)samples[i].note.bytes);
        }
        free(samples);
    }
}

// What libcsv makes of a text, field by field.
static void on_field(void *bytes, size_t length, void *context)
{
    buffer_add(context, bytes, length);
    buffer_add_text(context, "|");
}

static void on_end(int terminator, void *context)
{
    (void)terminator;
    buffer_add_text(context, "\n");
}

static void lines_without_quotes_are_cut_as_libcsv_does(void **state)
{
    (void)state;
    static const char *const pieces[] = {",",
                                         ";",
                                         "\t",
                                         " ",
                                         "a",
                                         "bcdefgh",
                                         "\n",
                                         "\r\n",
                                         "\r",
                                         "销",
                                         "-",
                                         ".",
                                         "0123456789012345678901234567890123456789"};
    static const char delimiters[] = ",;\t ";
    for (int round = 0; round < 3000; round++) {
        struct buffer text = {0}, expected = {0}, actual = {0};
        for (size_t left = below(60); left > 0; left--)
            buffer_add_text(&text, pieces[below(sizeof pieces / sizeof *pieces)]);
        char *copy = test_malloc(text.length + 1); // a read beyond the text is found
        memcpy(copy, buffer_text(&text), text.length);
        char delimiter = delimiters[below(4)];
        struct csv_parser parser;
        assert_int_equal(csv_init(&parser, CSV_STRICT), 0);
        csv_set_delim(&parser, (unsigned char)delimiter);
        csv_parse(&parser, copy, text.length, on_field, on_end, &expected);
        csv_fini(&parser, on_field, on_end, &expected);
        csv_free(&parser);
        struct record_format format = {delimiter, 0, 1000000};
        struct record_range range = {copy, text.length, 1, true};
        struct record_reader *reader = record_reader_new(&format, &range);
        struct record record;
        while (record_next(reader, &record) == RECORD_READ) {
            assert_null(record.reason);
            for (size_t i = 0; i < record.field_count; i++)
                on_field((void *)record.fields[i].bytes, record.fields[i].length, &actual);
            on_end(0, &actual);
        }
        assert_string_equal(buffer_text(&actual), buffer_text(&expected));
        record_reader_free(reader);
        test_free(copy);
        buffer_clear(&text);
        buffer_clear(&expected);
        buffer_clear(&actual);
    }
}

int main(void)
{
    const char *given = getenv("SEED");
    random_state = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    printf("SEED=%llu\n", (unsigned long long)random_state);
    random_state = random_state * 2654435761u + 88172645463325252u;
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(records_come_back_as_they_were),
        FIXTURE_TEST(lines_without_quotes_are_cut_as_libcsv_does),
    };
    return cmocka_run_group_tests_name("csv round trip", tests, NULL, NULL);
}
