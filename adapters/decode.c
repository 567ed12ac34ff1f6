// SPDX-License-Identifier: MIT
// From a path to text in UTF-8. A file is read whole and refused when it changes meanwhile, since
// what is hashed must be what was read. No byte makes a text fail: what means nothing in another
// encoding becomes 0xFF, what is no UTF-8 stays, and only the cell that holds it will be invalid.
// Nothing is guessed: it is UTF-8 unless the declaration or a byte order mark says otherwise, and
// these may not contradict.
#include "adapters/decode.h"

#include "adapters/file_kind.h"
#include "engine/base/buffer.h"
#include "engine/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>
#include <zlib.h>

enum { READ_SIZE = 1 << 22, HUGE_PAGE = 1 << 21, OUTPUT_MIN = 1 << 16 };

// ---- bytes

// A buffer for a big file costs more in page faults than the reading itself, unless pages are big.
static char *new_bytes(size_t size)
{
    char *bytes = memory_new(size, 1);
    uintptr_t from = ((uintptr_t)bytes + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
    uintptr_t to = ((uintptr_t)bytes + size) & ~(uintptr_t)(HUGE_PAGE - 1);
    if (to > from)
        madvise((void *)from, to - from,
                MADV_HUGEPAGE); // advice only: a refusal costs time, no more
    return bytes;
}

static int open_file(const char *path, const char *name, struct stat *status, struct error *error)
{
    // A pipe must not hold the program up before it can be refused.
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return error_set_errno(error, ERROR_SOURCE, name, "cannot be opened");
    const char *problem = NULL;
    if (fstat(file, status) != 0) {
        error_set_errno(error, ERROR_SOURCE, name, "cannot be read");
        close(file);
        return -1;
    }
    if (S_ISDIR(status->st_mode))
        problem = "is a directory, not a file; a folder is imported with `folder`";
    else if (!S_ISREG(status->st_mode))
        problem = "is not a regular file";
    if (!problem)
        return file;
    close(file);
    return error_set(error, ERROR_SOURCE, name, "%s", problem);
}

static int read_all(int file, struct file_bytes *bytes, size_t size, const char *name,
                    struct error *error)
{
    // One byte more than the size tells a file that grows.
    while (bytes->length <= size) {
        size_t wanted = size + 1 - bytes->length;
        ssize_t got =
            read(file, bytes->bytes + bytes->length, wanted < READ_SIZE ? wanted : READ_SIZE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(error, ERROR_SOURCE, name, "cannot be read after byte %zu",
                                   bytes->length);
        if (got == 0)
            break;
        bytes->length += (size_t)got;
    }
    if (bytes->length == size)
        return 0;
    return error_set(
        error, ERROR_SOURCE, name,
        "changed while it was read (it had %zu bytes); run again when nothing writes it", size);
}

int file_bytes_read(struct file_bytes *file, const char *path, const char *name,
                    struct error *error)
{
    struct stat before, after;
    *file = (struct file_bytes){0};
    int descriptor = open_file(path, name, &before, error);
    if (descriptor < 0)
        return -1;
    size_t size = (size_t)before.st_size;
    file->bytes = new_bytes(size + 2);
    int result = read_all(descriptor, file, size, name, error);
    if (result == 0 && (fstat(descriptor, &after) != 0 || after.st_size != before.st_size ||
                        after.st_mtim.tv_sec != before.st_mtim.tv_sec ||
                        after.st_mtim.tv_nsec != before.st_mtim.tv_nsec))
        result = error_set(error, ERROR_SOURCE, name,
                           "changed while it was read; run again when nothing writes it");
    close(descriptor);
    if (result != 0) {
        file_bytes_clear(file);
        return -1;
    }
    file->bytes[file->length] = '\0';
    return 0;
}

void file_bytes_clear(struct file_bytes *file)
{
    free(file->bytes);
    *file = (struct file_bytes){0};
}

void file_bytes_hash(const struct file_bytes *file, char sha256[HASH_TEXT])
{
    hash_bytes(file->bytes, file->length, sha256);
}

// ---- .gz

static void grow(struct decoded *text, size_t *capacity, size_t wanted)
{
    if (wanted <= *capacity)
        return;
    while (*capacity < wanted)
        *capacity = *capacity < OUTPUT_MIN ? OUTPUT_MIN : *capacity * 2;
    text->owned = memory_resize(text->owned, *capacity, 1);
}

static int fail_unpack(const struct z_stream_s *stream, int result, const char *name,
                       struct error *error)
{
    if (result == Z_BUF_ERROR || result == Z_OK)
        return error_set(error, ERROR_SOURCE, name, "ends early: the .gz file is truncated");
    return error_set(error, ERROR_SOURCE, name, "is no intact .gz file: %s",
                     stream->msg ? stream->msg : "damaged data");
}

// One step of unpacking: feeds and drains the stream as far as both ends allow.
static int unpack_step(struct z_stream_s *stream, struct decoded *text, size_t *capacity,
                       const char *end)
{
    grow(text, capacity, text->length + OUTPUT_MIN + 1);
    size_t left = (size_t)(end - (const char *)stream->next_in);
    size_t room = *capacity - text->length - 1;
    stream->avail_in = left < INT_MAX ? (uInt)left : INT_MAX;
    stream->next_out = (Bytef *)text->owned + text->length;
    stream->avail_out = room < INT_MAX ? (uInt)room : INT_MAX;
    uInt offered = stream->avail_out;
    int result = inflate(stream, Z_NO_FLUSH);
    text->length += offered - stream->avail_out;
    return result;
}

static int unpack(struct decoded *text, const struct file_bytes *file, const char *name,
                  struct unpack_limit limit, struct error *error)
{
    struct z_stream_s stream = {.next_in = (Bytef *)file->bytes};
    const char *end = file->bytes + file->length;
    size_t capacity = 0;
    *text = (struct decoded){0};
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK)
        memory_exhausted();
    int result = Z_OK;
    bool within = true;
    for (bool more = true; more;) {
        size_t before = text->length;
        result = unpack_step(&stream, text, &capacity, end);
        within = unpack_limit_add(&limit, text->length - before, name, error) == 0;
        if (result == Z_MEM_ERROR)
            memory_exhausted();
        // A .gz file may be several, one after the other.
        if (result == Z_STREAM_END && (const char *)stream.next_in < end)
            result = inflateReset(&stream);
        more = within && result == Z_OK &&
               ((const char *)stream.next_in < end || stream.avail_out == 0);
    }
    int failed = !within                  ? -1
                 : result == Z_STREAM_END ? 0
                                          : fail_unpack(&stream, result, name, error);
    inflateEnd(&stream);
    text->bytes = text->owned;
    text->bytes[text->length] = '\0';
    return failed;
}

// ---- encodings

static bool is_utf8_name(const char *encoding)
{
    return !encoding || strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

int decode_check(const char *encoding, const char *where, struct error *error)
{
    if (is_utf8_name(encoding))
        return 0;
    // What follows a slash would be advice to replace characters quietly.
    iconv_t converter =
        strchr(encoding, '/') || !*encoding ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return error_set(
            error, ERROR_USAGE, where,
            "unknown encoding \"%s\"; `iconv --list` shows the known ones, for example "
            "GB18030, BIG5, UTF-16LE",
            encoding);
    iconv_close(converter);
    return 0;
}

static const struct mark {
    const char *bytes;
    size_t length;
    const char *encoding;
} marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"},
    {"\xFF\xFE\0\0", 4, "UTF-32LE"}, // before UTF-16LE, with which
                                     // it begins
    {"\0\0\xFE\xFF", 4, "UTF-32BE"},
    {"\xFF\xFE", 2, "UTF-16LE"},
    {"\xFE\xFF", 2, "UTF-16BE"},
};

static const struct mark *find_mark(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0)
            return &marks[i];
    return NULL;
}

// "UTF-16" fits the mark of UTF-16LE: the mark only says more.
static bool contradicts(const struct mark *mark, const char *encoding)
{
    if (!encoding || strncasecmp(encoding, "UTF-16", 6) == 0 ||
        strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS", 3) == 0)
        return encoding && strcmp(mark->encoding, "UTF-8") == 0;
    if (is_utf8_name(encoding))
        return strcmp(mark->encoding, "UTF-8") != 0;
    return mark->length > 2; // two such bytes may well begin a text of another encoding
}

static size_t unit_size(const char *encoding)
{
    if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
        return 2;
    if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0)
        return 4;
    return 1;
}

// Some decoders hold a letter back until they know what follows it (Vietnamese, Hebrew vowel
// signs).
static void flush(iconv_t converter, struct decoded *out, size_t *capacity)
{
    for (;;) {
        grow(out, capacity, out->length + OUTPUT_MIN);
        char *output = out->owned + out->length;
        size_t room = *capacity - out->length - 2;
        size_t result = iconv(converter, NULL, NULL, &output, &room);
        int code = errno;
        out->length = (size_t)(output - out->owned);
        if (result != (size_t)-1 || code != E2BIG)
            return;
        grow(out, capacity, *capacity + OUTPUT_MIN);
    }
}

// Valid UTF-8; whether any of it lies beyond ASCII.
static bool is_valid_utf8(const char *bytes, size_t length, bool *beyond)
{
    *beyond = false;
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t point;
        if ((unsigned char)bytes[i] < 0x80) {
            i++;
            continue;
        }
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)bytes + i,
                                                 (utf8proc_ssize_t)(length - i), &point);
        if (used <= 0)
            return false;
        *beyond = true;
        i += (size_t)used;
    }
    return true;
}

// Converts `input` with each unit that means nothing replaced by 0xFF.
static void convert(iconv_t converter, char *input, size_t left, size_t unit, struct decoded *out)
{
    size_t capacity = 0;
    grow(out, &capacity, left + left / 2 + OUTPUT_MIN);
    while (left > 0) {
        char *output = out->owned + out->length;
        size_t room = capacity - out->length - 2;
        size_t result = iconv(converter, &input, &left, &output, &room);
        int code = errno;
        out->length = (size_t)(output - out->owned);
        if (result != (size_t)-1)
            break;
        if (code == E2BIG) {
            grow(out, &capacity, capacity + 1);
            continue;
        }
        flush(converter, out, &capacity);
        size_t skipped = code == EINVAL || left < unit ? left : unit; // EINVAL: cut off at the end
        input += skipped;
        left -= skipped;
        out->owned[out->length++] = (char)0xFF;
        grow(out, &capacity, out->length + OUTPUT_MIN);
    }
    flush(converter, out, &capacity);
    out->owned[out->length] = '\0';
    out->bytes = out->owned;
}

static void skip_mark(struct decoded *text)
{
    if (text->length >= 3 && memcmp(text->bytes, "\xEF\xBB\xBF", 3) == 0) {
        text->bytes += 3;
        text->length -= 3;
    }
}

static int recode(struct decoded *text, const char *name, const char *encoding, struct error *error)
{
    const struct mark *mark = find_mark(text->bytes, text->length);
    if (mark && contradicts(mark, encoding))
        return error_set(error, ERROR_USAGE, name,
                         "begins with the byte order mark of %s, but its `encoding` is \"%s\"",
                         mark->encoding, encoding);
    if (mark &&
        (!encoding || strcasecmp(encoding, "UTF-16") == 0 || strcasecmp(encoding, "UTF-32") == 0))
        encoding = mark->encoding;
    text->encoding = encoding ? encoding : "UTF-8";
    if (is_utf8_name(encoding)) {
        skip_mark(text);
        return 0;
    }
    if (decode_check(encoding, name, error) != 0)
        return -1;
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return error_set_errno(error, ERROR_SOURCE, name, "cannot be converted");
    struct decoded out = {.encoding = text->encoding};
    bool beyond;
    out.doubtful =
        unit_size(encoding) == 1 && is_valid_utf8(text->bytes, text->length, &beyond) && beyond;
    convert(converter, text->bytes, text->length, unit_size(encoding), &out);
    iconv_close(converter);
    free(text->owned);
    *text = out;
    skip_mark(text);
    return 0;
}

// Files that people rename, or that a system names .csv though they are something else.
static int refuse_foreign(const struct decoded *text, const char *name, struct error *error)
{
    enum file_kind kind = file_kind_of(text->bytes, text->length);
    return kind == FILE_LIST ? 0 : file_kind_refuse(kind, "csv", name, error);
}

int decode(struct decoded *text, const struct file_bytes *file, const char *name,
           const char *encoding, const struct unpack_limit *limit, struct error *error)
{
    size_t length = strlen(name);
    struct unpack_limit own = limit ? *limit : (struct unpack_limit){0};
    own.packed = (int64_t)file->length;
    *text = (struct decoded){.bytes = file->bytes, .length = file->length};
    bool packed = length > 3 && strcasecmp(name + length - 3, ".gz") == 0;
    if ((packed && unpack(text, file, name, own, error) != 0) ||
        refuse_foreign(text, name, error) != 0 || recode(text, name, encoding, error) != 0) {
        decoded_clear(text);
        return -1;
    }
    return 0;
}

void decoded_clear(struct decoded *text)
{
    free(text->owned);
    *text = (struct decoded){0};
}
