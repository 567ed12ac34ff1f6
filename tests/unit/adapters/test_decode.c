// SPDX-License-Identifier: MIT
#include "adapters/decode.h"
#include "tests/unit/import_fixture.h"

#include <sys/stat.h>
#include <zlib.h>

static struct file_bytes bytes;
static struct decoded text;
static struct error error;

static int read_file(const char *name, const char *encoding)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", fixture_folder, name);
    decoded_clear(&text);
    file_bytes_clear(&bytes);
    memset(&error, 0, sizeof error);
    if (file_bytes_read(&bytes, path, name, &error) != 0)
        return -1;
    return decode(&text, &bytes, name, encoding, NULL, &error);
}

static int clear(void **state)
{
    decoded_clear(&text);
    file_bytes_clear(&bytes);
    return fixture_tear_down(state);
}

static void decodes_n(const char *file, size_t length, const char *encoding, const char *expected,
                      size_t expected_length)
{
    fixture_write_n("x.csv", file, length);
    if (read_file("x.csv", encoding) != 0)
        fail_msg("%s: %s", error.where, error.message);
    assert_int_equal(text.length, expected_length);
    assert_memory_equal(text.bytes, expected, expected_length);
    assert_int_equal(text.bytes[text.length], 0);
}

#define DECODES(file, encoding, expected)                                                          \
    decodes_n(file, sizeof(file) - 1, encoding, expected, sizeof(expected) - 1)

static void fails(const char *name, const char *encoding, enum error_kind kind, const char *message)
{
    assert_int_equal(read_file(name, encoding), -1);
    if (error.kind != kind || strcmp(error.where, name) != 0 || !strstr(error.message, message))
        fail_msg("%s: \"%s\", expected \"%s\"", error.where, error.message, message);
}

static void byte_order_marks(void **state)
{
    (void)state;
    DECODES("a,b", NULL, "a,b");
    DECODES("", NULL, "");
    DECODES("\xEF\xBB\xBF"
            "a",
            NULL, "a");
    DECODES("\xEF\xBB\xBF", "UTF-8", "");
    DECODES("\xFF\xFE\xAE\x4E", NULL, "\u4EAE");
    DECODES("\xFE\xFF\x4E\xAE", NULL, "\u4EAE");
    DECODES("\xFE\xFF\x4E\xAE", "UTF-16", "\u4EAE");
    DECODES("\xFF\xFE\xAE\x4E", "utf-16le", "\u4EAE");
    DECODES("\xFF\xFE\0\0\xAE\x4E\0\0", NULL, "\u4EAE");
    DECODES("\0\0\xFE\xFF\0\0\x4E\xAE", NULL, "\u4EAE");
    assert_string_equal(text.encoding, "UTF-32BE");
    fixture_write("x.csv", "\xEF\xBB\xBF"
                           "a");
    fails("x.csv", "GB18030", ERROR_USAGE, "byte order mark of UTF-8");
    fixture_write_n("x.csv", "\xFF\xFE\0\0", 4);
    fails("x.csv", "UTF-8", ERROR_USAGE, "byte order mark of UTF-32LE");
}

static void encodings(void **state)
{
    (void)state;
    DECODES("\xB5\xA5\xBE\xDD,1\n", "GB18030", "单据,1\n");
    DECODES("caf\xE9", "ISO-8859-1", "café");
    DECODES("\xAE\x4E", "UTF-16LE", "\u4EAE");
    // Bytes of the encoding that are ASCII elsewhere must not be taken for such.
    DECODES("\x81\x30\x81\x30,x", "GB18030", "\xC2\x80,x");
}

static void bytes_that_mean_nothing_become_0xff(void **state)
{
    (void)state;
    DECODES("a,\xB5\xA5\xFF,b\n", "GB18030", "a,单\xFF,b\n");
    DECODES("a,\x80\x81,b", "ASCII", "a,\xFF\xFF,b");
    DECODES("a,\xB5", "GB18030", "a,\xFF");
    DECODES("\xAE\x4E\x00\xDC\x41\x00", "UTF-16LE",
            "\u4EAE\xFF"
            "A");
    DECODES("\xAE\x4E\x41", "UTF-16LE", "\u4EAE\xFF");
    // Plain UTF-8 is left as it is; the cells tell what is wrong in them.
    DECODES("a\xB5", NULL, "a\xB5");
}

static void a_long_text_in_another_encoding(void **state)
{
    (void)state;
    enum { COUNT = 300000 };
    char *file = memory_new(COUNT, 2), *expected = memory_new(COUNT, 3);
    for (size_t at = 0; at < COUNT; at++) {
        memcpy(file + 2 * at, "\xB5\xA5", 2);
        memcpy(expected + 3 * at, "单", 3);
    }
    decodes_n(file, 2 * (size_t)COUNT, "GB18030", expected, 3 * (size_t)COUNT);
    memset(file, 0xFF, COUNT);
    memset(expected, 0xFF, COUNT);
    decodes_n(file, COUNT, "GB18030", expected, COUNT);
    free(file);
    free(expected);
}

static void unknown_encodings(void **state)
{
    (void)state;
    static const char *const unknown[] = {"GB18O30", "", "UTF-8//IGNORE", "ASCII//TRANSLIT"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(decode_check(unknown[i], "audit.lua:3", &error), -1);
        assert_int_equal(error.kind, ERROR_USAGE);
        assert_string_equal(error.where, "audit.lua:3");
        assert_non_null(strstr(error.message, "unknown encoding"));
    }
    assert_int_equal(decode_check("GB18030", "", &error), 0);
    assert_int_equal(decode_check("utf-8", "", &error), 0);
    assert_int_equal(decode_check(NULL, "", &error), 0);
}

static size_t pack(char *out, size_t size, const char *from, size_t length)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    stream.next_in = (Bytef *)from;
    stream.avail_in = (uInt)length;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)size;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t used = size - stream.avail_out;
    deflateEnd(&stream);
    return used;
}

static void compressed_files(void **state)
{
    (void)state;
    char packed[1000];
    size_t length = pack(packed, sizeof packed, "order_id\nSO1\n", 13);
    fixture_write_n("x.csv.gz", packed, length);
    assert_int_equal(read_file("x.csv.gz", NULL), 0);
    assert_string_equal(text.bytes, "order_id\nSO1\n");
    // Two members, one after the other, as `cat a.gz b.gz` makes them.
    size_t second = pack(packed + length, sizeof packed - length, "SO2\n", 4);
    fixture_write_n("x.csv.gz", packed, length + second);
    assert_int_equal(read_file("x.csv.gz", NULL), 0);
    assert_string_equal(text.bytes, "order_id\nSO1\nSO2\n");
    fixture_write_n("x.csv.gz", packed, length + second - 3);
    fails("x.csv.gz", NULL, ERROR_SOURCE, "truncated");
    for (size_t cut = 0; cut < length; cut++) {
        fixture_write_n("x.csv.gz", packed, cut);
        fails("x.csv.gz", NULL, ERROR_SOURCE, "truncated");
    }
    packed[length - 6] ^= 1;
    fixture_write_n("x.csv.gz", packed, length);
    fails("x.csv.gz", NULL, ERROR_SOURCE, "no intact .gz file");
    fixture_write("x.csv.gz", "order_id\nSO1\n");
    fails("x.csv.gz", NULL, ERROR_SOURCE, "no intact .gz file");
}

static void a_compressed_file_unpacks_to_what_it_may(void **state)
{
    (void)state;
    char packed[1000];
    struct unpack_limit limit = {.declared = 12};
    struct file_bytes file = {packed, pack(packed, sizeof packed, "order_id\nSO1\n", 13)};
    assert_int_equal(decode(&text, &file, "x.csv.gz", NULL, &limit, &error), -1);
    assert_int_equal(error.kind, ERROR_SOURCE);
    assert_string_equal(error.where, "x.csv.gz");
    assert_non_null(strstr(error.message, "unpacks to more than 12 bytes"));
    limit.declared = 13;
    assert_int_equal(decode(&text, &file, "x.csv.gz", NULL, &limit, &error), 0);
    decoded_clear(&text);
}

static void a_compressed_file_of_many_megabytes(void **state)
{
    (void)state;
    enum { LENGTH = 30 << 20 };
    char *plain = memory_new(LENGTH, 1), *packed = memory_new(LENGTH / 100, 1);
    memset(plain, 'x', LENGTH);
    size_t length = pack(packed, LENGTH / 100, plain, LENGTH);
    fixture_write_n("x.csv.gz", packed, length);
    assert_int_equal(read_file("x.csv.gz", NULL), 0);
    assert_int_equal(text.length, LENGTH);
    assert_memory_equal(text.bytes, plain, LENGTH);
    free(plain);
    free(packed);
}

static void compressed_text_in_another_encoding(void **state)
{
    (void)state;
    char packed[1000];
    fixture_write_n("x.csv.gz", packed, pack(packed, sizeof packed, "\xB5\xA5\n", 3));
    assert_int_equal(read_file("x.csv.gz", "GB18030"), 0);
    assert_string_equal(text.bytes, "单\n");
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    char path[256];
    fails("absent.csv", NULL, ERROR_SOURCE, "No such file");
    snprintf(path, sizeof path, "%s/folder.csv", fixture_folder);
    assert_int_equal(mkdir(path, 0700), 0);
    fails("folder.csv", NULL, ERROR_SOURCE, "is a directory");
    snprintf(path, sizeof path, "%s/pipe.csv", fixture_folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    fails("pipe.csv", NULL, ERROR_SOURCE, "is not a regular file");
    fixture_write("closed.csv", "order_id\n");
    snprintf(path, sizeof path, "%s/closed.csv", fixture_folder);
    assert_int_equal(chmod(path, 0), 0);
    if (geteuid() != 0) // root reads what nobody may read
        fails("closed.csv", NULL, ERROR_SOURCE, "Permission denied");
}

static void hashes_are_of_the_files_own_bytes(void **state)
{
    (void)state;
    char sha256[HASH_TEXT];
    DECODES("\xEF\xBB\xBF"
            "abc",
            NULL, "abc");
    file_bytes_hash(&bytes, sha256);
    assert_int_equal(bytes.length, 6);
    assert_string_equal(sha256, "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
    DECODES("abc", NULL, "abc");
    file_bytes_hash(&bytes, sha256);
    assert_string_equal(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#define DECODE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, clear)

static void letters_that_a_decoder_holds_back(void **state)
{
    (void)state;
    DECODES("a\xEA", "CP1258", "a\xC3\xAA");
    DECODES("\xF9", "CP1255", "\xD7\xA9"); // a shin may take a dot
    DECODES("\xE0\n", "CP1258", "\xC3\xA0\n");
    DECODES("xe", "TCVN", "xe");
}

static void an_encoding_that_the_bytes_contradict(void **state)
{
    (void)state;
    fixture_write("x.csv", "\xE9\x94\x80,a\n");
    assert_int_equal(read_file("x.csv", "GB18030"), 0);
    assert_true(text.doubtful);
    assert_int_equal(read_file("x.csv", NULL), 0);
    assert_false(text.doubtful);
    fixture_write("x.csv", "\xCF\xFA,a\n");
    assert_int_equal(read_file("x.csv", "GB18030"), 0);
    assert_false(text.doubtful);
    fixture_write("x.csv", "plain,a\n");
    assert_int_equal(read_file("x.csv", "GB18030"), 0);
    assert_false(text.doubtful);
}

static void what_is_no_text_list(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *message;
    } files[] = {
        {"PK\3\4...", "is a workbook (.xlsx)"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "is an old workbook (.xls)"},
        {"\r\n <HTML><body>", "is a web page (HTML)"},
        {"\xEF\xBB\xBF<table border=1>", "is a web page (HTML)"},
        {"<?xml version=\"1.0\"?>", "is an XML document"},
        {"%PDF-1.4", "is a PDF"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        fixture_write("x.csv", files[i].bytes);
        fails("x.csv", NULL, ERROR_SOURCE, files[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DECODE_TEST(byte_order_marks),
        DECODE_TEST(letters_that_a_decoder_holds_back),
        DECODE_TEST(an_encoding_that_the_bytes_contradict),
        DECODE_TEST(what_is_no_text_list),
        DECODE_TEST(encodings),
        DECODE_TEST(bytes_that_mean_nothing_become_0xff),
        DECODE_TEST(a_long_text_in_another_encoding),
        DECODE_TEST(unknown_encodings),
        DECODE_TEST(compressed_files),
        DECODE_TEST(a_compressed_file_unpacks_to_what_it_may),
        DECODE_TEST(a_compressed_file_of_many_megabytes),
        DECODE_TEST(compressed_text_in_another_encoding),
        DECODE_TEST(files_that_cannot_be_read),
        DECODE_TEST(hashes_are_of_the_files_own_bytes),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
