// SPDX-License-Identifier: MIT
// The parts of a workbook's file as a test wants to see them.
#ifndef VOUCH_SAMPLE_PACKAGE_H
#define VOUCH_SAMPLE_PACKAGE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct package_bytes {
    unsigned char *bytes;
    size_t length;
};

static inline struct package_bytes package_read(const char *path)
{
    struct package_bytes read = {.bytes = calloc(1, 8 << 20)};
    FILE *file = fopen(path, "rb");
    if (file) {
        read.length = fread(read.bytes, 1, 8 << 20, file);
        fclose(file);
    }
    return read;
}

static inline uint32_t package_number(const unsigned char *bytes, int width)
{
    uint32_t value = 0;
    while (width-- > 0)
        value = value << 8 | bytes[width];
    return value;
}

// Where the bytes of a part begin; 0 when there is none of that name.
static inline size_t package_find(const struct package_bytes *package, const char *name)
{
    size_t at = 0;
    while (at + 30 < package->length && package_number(package->bytes + at, 4) == 0x04034b50) {
        const unsigned char *header = package->bytes + at;
        size_t name_length = package_number(header + 26, 2);
        size_t data = at + 30 + name_length + package_number(header + 28, 2);
        if (name_length == strlen(name) && memcmp(header + 30, name, name_length) == 0)
            return data;
        at = data + package_number(header + 18, 4);
    }
    return 0;
}

// A part as text, up to 1 MiB; empty when there is none. Borrowed until the next call.
static inline const char *package_part(const char *path, const char *name)
{
    static char text[1 << 20];
    struct package_bytes package = package_read(path);
    size_t at = package_find(&package, name);
    z_stream stream = {.next_in = package.bytes + at,
                       .avail_in = (uInt)(package.length - at),
                       .next_out = (unsigned char *)text,
                       .avail_out = sizeof text - 1};
    *text = '\0';
    if (at > 0 && inflateInit2(&stream, -MAX_WBITS) == Z_OK) {
        inflate(&stream, Z_FINISH);
        inflateEnd(&stream);
        text[sizeof text - 1 - stream.avail_out] = '\0';
    }
    free(package.bytes);
    return text;
}

#endif
