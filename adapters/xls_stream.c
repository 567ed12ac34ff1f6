// SPDX-License-Identifier: MIT
// A sector's number leads to the next of its chain. No chain is longer than the file, so that one
// that leads back to itself ends.
#include "adapters/xls_stream.h"

#include "adapters/file_kind.h"

#include <stdint.h>
#include <string.h>

enum { HEADER = 512, ENTRY = 128, LISTED = 109, SMALL = 4096, SMALL_SECTOR = 64 };
#define CHAIN_LAST UINT32_C(0xFFFFFFFA) // and above: no sector's number

struct container {
    const char *bytes;
    size_t length, sector;
    struct buffer chains; // the number of the next sector, by number of the sector
};

static uint32_t u16(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return (uint32_t)byte[0] | (uint32_t)byte[1] << 8;
}

static uint32_t u32(const char *at)
{
    return u16(at) | u16(at + 2) << 16;
}

// The bytes of a sector; NULL when it lies outside. The last may be cut short by who wrote it.
static const char *sector_at(const struct container *it, uint32_t number, size_t *size)
{
    uint64_t at = ((uint64_t)number + 1) * it->sector;
    if (number >= CHAIN_LAST || at >= it->length)
        return NULL;
    *size = it->length - at < it->sector ? it->length - (size_t)at : it->sector;
    return it->bytes + at;
}

static uint32_t next_of(const struct buffer *chains, uint32_t number)
{
    return chains->length / 4 > number ? u32(chains->data + (size_t)number * 4) : CHAIN_LAST;
}

static bool add_chain(const struct container *it, uint32_t first, struct buffer *out)
{
    size_t size, steps = it->length / it->sector + 1;
    for (uint32_t at = first; at < CHAIN_LAST; at = next_of(&it->chains, at)) {
        const char *bytes = sector_at(it, at, &size);
        if (!bytes || steps-- == 0)
            return false;
        buffer_add(out, bytes, size);
    }
    return true;
}

static bool add_chain_sector(struct container *it, uint32_t number)
{
    size_t size;
    const char *bytes = sector_at(it, number, &size);
    if (!bytes || size != it->sector || it->chains.length > it->length)
        return false;
    buffer_add(&it->chains, bytes, size);
    return true;
}

// The sectors of the chains are listed in the header, and in a chain of their own.
static bool read_chains(struct container *it)
{
    size_t count = u32(it->bytes + 44), per_sector = it->sector / 4 - 1, size;
    for (size_t i = 0; i < LISTED && count > 0; i++, count--)
        if (!add_chain_sector(it, u32(it->bytes + 76 + i * 4)))
            return false;
    uint32_t list = u32(it->bytes + 68);
    for (size_t steps = 0; count > 0; steps++) {
        const char *bytes = sector_at(it, list, &size);
        if (!bytes || size != it->sector || steps > it->length / it->sector)
            return false;
        for (size_t i = 0; i < per_sector && count > 0; i++, count--)
            if (!add_chain_sector(it, u32(bytes + i * 4)))
                return false;
        list = u32(bytes + per_sector * 4);
    }
    return true;
}

static bool is_named(const char *entry, const char *name)
{
    size_t length = strlen(name);
    if (u16(entry + 64) != (length + 1) * 2)
        return false;
    for (size_t i = 0; i < length; i++)
        if (u16(entry + i * 2) != (unsigned char)name[i])
            return false;
    return true;
}

// Short streams lie in small sectors of the root's stream.
static bool add_small(const struct container *it, uint32_t root, uint32_t first, struct buffer *out)
{
    struct buffer all = {0}, chains = {0};
    bool whole = add_chain(it, root, &all) && add_chain(it, u32(it->bytes + 60), &chains);
    size_t steps = all.length / SMALL_SECTOR + 1;
    for (uint32_t at = first; whole && at < CHAIN_LAST; at = next_of(&chains, at)) {
        size_t from = (size_t)at * SMALL_SECTOR;
        whole = from + SMALL_SECTOR <= all.length && steps-- > 0;
        if (whole)
            buffer_add(out, all.data + from, SMALL_SECTOR);
    }
    buffer_clear(&all);
    buffer_clear(&chains);
    return whole;
}

static bool add_stream(const struct container *it, const struct buffer *directory,
                       struct buffer *out)
{
    const char *found = NULL;
    for (size_t at = 0; at + ENTRY <= directory->length; at += ENTRY) {
        const char *entry = directory->data + at;
        if (is_named(entry, "Workbook") || (!found && is_named(entry, "Book")))
            found = entry;
    }
    if (!found)
        return false;
    uint32_t first = u32(found + 116), size = u32(found + 120);
    bool whole = size < SMALL ? add_small(it, u32(directory->data + 116), first, out)
                              : add_chain(it, first, out);
    if (out->length > size)
        out->length = size;
    return whole && out->length == size;
}

bool xls_stream_read(const char *bytes, size_t length, struct buffer *out)
{
    if (file_kind_of(bytes, length) == FILE_OLD_SHEET) {
        buffer_add(out, bytes, length);
        return true;
    }
    uint32_t shift = length > HEADER ? u16(bytes + 30) : 0;
    struct container it = {bytes, length, (size_t)1 << (shift == 12 ? 12 : 9), {0}};
    struct buffer directory = {0};
    bool whole = (shift == 9 || shift == 12) && read_chains(&it) &&
                 add_chain(&it, u32(bytes + 48), &directory) && directory.length >= ENTRY &&
                 add_stream(&it, &directory, out);
    buffer_clear(&directory);
    buffer_clear(&it.chains);
    return whole;
}
