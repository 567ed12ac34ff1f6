// SPDX-License-Identifier: MIT
// Reads the archive in one pass while copying it, in fixed memory. A sheet cut off by a full disk
// is still a well-formed archive, so what counts is inside: the checksum of each part, tags that
// open and close, and for each sheet the bytes of rows and the links that were written into it.
#include "reports/xlsx/xlsx_package.h"

#include "engine/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

enum { BLOCK = 1 << 16, CARRY = 16 };

void package_contents_clear(struct package_contents *contents)
{
    free(contents->sheets);
    *contents = (struct package_contents){0};
}

// ---- the XML of one part, as it is unpacked

struct part_text {
    int64_t length;
    int64_t rows_from, rows_to; // offsets behind "<sheetData>" and before its end; -1: not seen
    int64_t links;
    char carry[CARRY]; // the last bytes, since a mark may stand across two pieces
    size_t carried;
    // Tags that are open; what a hole in the middle breaks.
    int64_t depth;
    char quote, before; // of an attribute in which we are; the byte before this one
    bool in_tag, begun, broken;
};

// The library escapes < and > wherever they are text.
// A tag counts one, and takes that back when it closes itself; one that closes takes its own and
// that of the tag it closes.
static void follow_tags(struct part_text *text, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char byte = (char)bytes[i], before = text->before;
        text->before = byte;
        if (!text->begun) {
            text->begun = true;
            text->broken = byte != '<';
        }
        if (text->quote) {
            text->quote = byte == text->quote ? '\0' : text->quote;
        } else if (byte == '<') {
            text->broken |= text->in_tag;
            text->in_tag = true;
            text->depth++;
        } else if (byte == '>') {
            text->broken |= !text->in_tag;
            text->in_tag = false;
            text->depth -= before == '/' || before == '?';
        } else if (text->in_tag && byte == '"') {
            text->quote = byte;
        } else if (byte == '/' && before == '<') {
            text->depth -= 2;
        }
    }
}

static int64_t find(const char *bytes, size_t length, size_t from, const char *mark)
{
    const char *found =
        from < length ? memmem(bytes + from, length - from, mark, strlen(mark)) : NULL;
    return found ? found - bytes : -1;
}

static void look_for_marks(struct part_text *text, const char *bytes, size_t length, int64_t offset)
{
    static const char begin[] = "<sheetData>", end[] = "</sheetData>", link[] = "<hyperlink ";
    int64_t at = 0;
    if (text->rows_from < 0) {
        if ((at = find(bytes, length, 0, begin)) < 0)
            return;
        text->rows_from = offset + at + (int64_t)sizeof begin - 1;
    }
    if (text->rows_to < 0) {
        if ((at = find(bytes, length, (size_t)at, end)) < 0)
            return;
        text->rows_to = offset + at;
    }
    // What was carried over has been counted unless the mark ends behind it.
    for (at = 0; (at = find(bytes, length, (size_t)at, link)) >= 0; at++)
        text->links += (size_t)at + sizeof link - 1 > text->carried;
}

static void add_text(struct part_text *text, const unsigned char *bytes, size_t length)
{
    char piece[CARRY + BLOCK];
    follow_tags(text, bytes, length);
    memcpy(piece, text->carry, text->carried);
    memcpy(piece + text->carried, bytes, length);
    size_t whole = text->carried + length;
    look_for_marks(text, piece, whole, text->length - (int64_t)text->carried);
    text->length += (int64_t)length;
    text->carried = whole < CARRY ? whole : CARRY;
    memcpy(text->carry, piece + whole - text->carried, text->carried);
}

static bool is_whole(const struct part_text *text)
{
    return text->begun && !text->broken && !text->in_tag && text->depth == 0;
}

static bool ends_as_sheet(const struct part_text *text)
{
    static const char end[] = "</worksheet>";
    return text->carried >= sizeof end - 1 &&
           memcmp(text->carry + text->carried - (sizeof end - 1), end, sizeof end - 1) == 0;
}

static bool holds(const struct part_text *text, const struct package_sheet *sheet)
{
    int64_t rows = text->rows_from < 0 || text->rows_to < 0 ? 0 : text->rows_to - text->rows_from;
    return rows == sheet->row_bytes && text->links == sheet->links && ends_as_sheet(text);
}

// ---- the archive

struct reading {
    zip_t *archive;
    const char *part; // that is wrong; NULL: the file as a whole
    int failure;      // errno, where it cannot be read
};

// What is wrong, as the end of a sentence.
static const char *fail(struct reading *reading, zip_error_t *error, const char *what)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        memory_exhausted();
    if (zip_error_system_type(error) == ZIP_ET_SYS)
        reading->failure = zip_error_code_system(error);
    return what;
}

// The library reads from a descriptor of its own, which it closes.
static const char *begin(struct reading *reading, int descriptor)
{
    zip_error_t error;
    zip_source_t *source = NULL;
    zip_error_init(&error);
    int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    FILE *file = own < 0 ? NULL : fdopen(own, "rb");
    if (!file)
        zip_error_set(&error, errno == ENOMEM ? ZIP_ER_MEMORY : ZIP_ER_OPEN, errno);
    else if ((source = zip_source_filep_create(file, 0, -1, &error)))
        reading->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    const char *wrong = reading->archive ? NULL : fail(reading, &error, "is not whole");
    zip_error_fini(&error);
    if (wrong && source)
        zip_source_free(source);
    else if (wrong && file)
        fclose(file);
    else if (wrong && own >= 0)
        close(own);
    return wrong;
}

// To its end, where the library compares the checksum.
static const char *unpack(struct reading *reading, zip_uint64_t index, struct part_text *text)
{
    static const char cannot[] = "cannot be unpacked";
    unsigned char block[BLOCK];
    zip_int64_t got;
    zip_file_t *file = zip_fopen_index(reading->archive, index, 0);
    if (!file)
        return fail(reading, zip_get_error(reading->archive), cannot);
    while ((got = zip_fread(file, block, BLOCK)) > 0)
        add_text(text, block, (size_t)got);
    const char *wrong = got < 0 ? fail(reading, zip_file_get_error(file), cannot) : NULL;
    zip_fclose(file);
    return wrong;
}

static const char *read_parts(struct reading *reading, const struct package_contents *contents)
{
    static const char prefix[] = "xl/worksheets/sheet";
    size_t sheets = 0;
    zip_int64_t count = zip_get_num_entries(reading->archive, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        struct part_text text = {.rows_from = -1, .rows_to = -1};
        reading->part = zip_get_name(reading->archive, (zip_uint64_t)i, 0);
        if (!reading->part)
            return fail(reading, zip_get_error(reading->archive), "has a part without a name");
        const char *wrong = unpack(reading, (zip_uint64_t)i, &text);
        if (wrong)
            return wrong;
        if (!is_whole(&text))
            return "is not whole";
        if (strncmp(reading->part, prefix, sizeof prefix - 1) == 0 &&
            (sheets >= contents->count || !holds(&text, &contents->sheets[sheets++])))
            return "does not hold what was written into it";
    }
    reading->part = NULL;
    return sheets == contents->count ? NULL : "lacks sheets";
}

// 0, or errno.
static int copy(int descriptor, struct output *output)
{
    char block[BLOCK];
    ssize_t got;
    for (off_t at = 0; (got = pread(descriptor, block, BLOCK, at)) != 0;) {
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0) {
            output_add(output, block, (size_t)got);
            at += got;
        }
    }
    return 0;
}

int package_copy(int descriptor, const struct package_contents *contents, const char *name,
                 struct output *output, struct error *error)
{
    struct reading reading = {0};
    int result = 0;
    const char *wrong = begin(&reading, descriptor);
    if (!wrong)
        wrong = read_parts(&reading, contents);
    if (!wrong)
        reading.failure = copy(descriptor, output);
    if (reading.failure) {
        errno = reading.failure;
        result =
            error_set_errno(error, ERROR_RESULT, name, "what was written cannot be read again");
    } else if (wrong) {
        result = error_set(error, ERROR_RESULT, name,
                           "the result cannot be written: %s %s; is the disk full?",
                           reading.part ? reading.part : "the file", wrong);
    }
    if (reading.archive)
        zip_discard(reading.archive);
    return result;
}
