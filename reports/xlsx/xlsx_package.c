// SPDX-License-Identifier: MIT
// Reads the archive in one pass while copying it, in fixed memory. A sheet cut off by a full disk
// is still a well-formed archive, so what counts is inside: the checksum of each part, tags that
// open and close, and for each sheet the bytes of rows and the links that were written into it.
#include "reports/xlsx/xlsx_package.h"

#include "engine/base/memory.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { BLOCK = 1 << 16, NAME_MAX_LENGTH = 255, HEADER = 30, CARRY = 16 };

void package_contents_clear(struct package_contents *contents)
{
    free(contents->sheets);
    *contents = (struct package_contents){0};
}

// ---- bytes of the archive, which are copied as they are read

struct reader {
    int descriptor;
    struct output *output;
    unsigned char block[BLOCK];
    size_t at, end;
    int failure; // errno
};

static bool fill(struct reader *reader)
{
    ssize_t got;
    if (reader->at < reader->end)
        return true;
    do
        got = read(reader->descriptor, reader->block, BLOCK);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        reader->failure = errno;
    if (got <= 0)
        return false;
    output_add(reader->output, reader->block, (size_t)got);
    reader->at = 0;
    reader->end = (size_t)got;
    return true;
}

static bool take(struct reader *reader, void *bytes, size_t length)
{
    unsigned char *to = bytes;
    while (length > 0) {
        if (!fill(reader))
            return false;
        size_t there = reader->end - reader->at, piece = there < length ? there : length;
        if (to) {
            memcpy(to, reader->block + reader->at, piece);
            to += piece;
        }
        reader->at += piece;
        length -= piece;
    }
    return true;
}

// ---- the XML of one part, as it is unpacked

struct part_text {
    int64_t length;
    int64_t rows_from, rows_to; // offsets behind "<sheetData>" and before its end; -1: not seen
    int64_t links;
    char carry[CARRY]; // the last bytes, since a mark may stand across two pieces
    size_t carried;
    uLong checksum;
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
    text->checksum = crc32(text->checksum, bytes, (uInt)length);
    follow_tags(text, bytes, length);
    memcpy(piece, text->carry, text->carried);
    memcpy(piece + text->carried, bytes, length);
    size_t whole = text->carried + length;
    look_for_marks(text, piece, whole, text->length - (int64_t)text->carried);
    text->length += (int64_t)length;
    text->carried = whole < CARRY ? whole : CARRY;
    memcpy(text->carry, piece + whole - text->carried, text->carried);
}

// Unpacks one part; the reader stands behind it afterwards.
static bool unpack(struct reader *reader, struct part_text *text)
{
    unsigned char unpacked[BLOCK];
    z_stream stream = {0};
    int state = Z_OK;
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        memory_exhausted();
    while (state == Z_OK && fill(reader)) {
        stream.next_in = reader->block + reader->at;
        stream.avail_in = (uInt)(reader->end - reader->at);
        do {
            stream.next_out = unpacked;
            stream.avail_out = BLOCK;
            state = inflate(&stream, Z_NO_FLUSH);
            if (state == Z_MEM_ERROR)
                memory_exhausted();
            add_text(text, unpacked, BLOCK - stream.avail_out);
        } while (state == Z_OK && stream.avail_out == 0);
        state = state == Z_BUF_ERROR ? Z_OK : state; // it wants more to read
        reader->at = reader->end - stream.avail_in;
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END;
}

// ---- parts

static uint32_t number(const unsigned char *bytes, int width)
{
    uint32_t value = 0;
    for (int i = width - 1; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
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

static const char sheet_prefix[] = "xl/worksheets/sheet";

// The parts up to the directory at the archive's end. NULL, or what is wrong; `part` names where.
static const char *read_parts(struct reader *reader, const struct package_contents *contents,
                              char part[NAME_MAX_LENGTH + 1])
{
    unsigned char header[HEADER];
    size_t sheets = 0;
    *part = '\0';
    while (take(reader, header, 4) && number(header, 4) == 0x04034b50) {
        if (!take(reader, header + 4, HEADER - 4))
            return "ends too early";
        size_t name_length = number(header + 26, 2), extra = number(header + 28, 2);
        if (name_length > NAME_MAX_LENGTH || !take(reader, part, name_length) ||
            !take(reader, NULL, extra))
            return "ends too early";
        part[name_length] = '\0';
        struct part_text text = {.rows_from = -1, .rows_to = -1, .checksum = crc32(0, NULL, 0)};
        if (!unpack(reader, &text))
            return "cannot be unpacked";
        if (number(header + 14, 4) != text.checksum || !is_whole(&text))
            return "is not whole";
        if (strncmp(part, sheet_prefix, sizeof sheet_prefix - 1) != 0)
            continue;
        if (sheets >= contents->count || !holds(&text, &contents->sheets[sheets++]))
            return "does not hold what was written into it";
    }
    *part = '\0';
    return sheets == contents->count ? NULL : "lacks sheets";
}

int package_copy(int descriptor, const struct package_contents *contents, const char *name,
                 struct output *output, struct error *error)
{
    char part[NAME_MAX_LENGTH + 1];
    struct reader *reader = memory_new(1, sizeof *reader);
    reader->descriptor = descriptor;
    reader->output = output;
    if (lseek(descriptor, 0, SEEK_SET) < 0)
        reader->failure = errno;
    const char *wrong = reader->failure ? "cannot be read" : read_parts(reader, contents, part);
    while (!wrong && fill(reader))
        reader->at = reader->end;
    int failure = reader->failure;
    free(reader);
    errno = failure;
    if (failure)
        return error_set_errno(error, ERROR_RESULT, name, "what was written cannot be read again");
    if (wrong)
        return error_set(error, ERROR_RESULT, name,
                         "the result cannot be written: %s%s%s; is the disk full?", part,
                         *part ? " " : "the file ", wrong);
    return 0;
}
