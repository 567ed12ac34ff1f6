// SPDX-License-Identifier: MIT
// The package of an .xlsx file: a ZIP archive (libzip) of parts, read as XML (expat) piece by
// piece. A part may be hostile: what it unpacks to is limited, a document type is refused, and its
// name never leaves the archive.
#ifndef VOUCH_OOXML_PACKAGE_H
#define VOUCH_OOXML_PACKAGE_H

#include "adapters/decode.h"
#include "adapters/unpack_limit.h"
#include "engine/base/arena.h"
#include "engine/base/buffer.h"
#include "engine/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ooxml_package;

// `file` and `name` outlive the package. NULL with `error` when it is no intact archive. One thread
// reads one package; several may be opened over one file.
struct ooxml_package *ooxml_package_new(const struct file_bytes *file, const char *name,
                                        const struct unpack_limit *limit, struct error *error);
void ooxml_package_free(struct ooxml_package *package);

// Is there a part of that name ("xl/workbook.xml", in any case)?
bool ooxml_package_has(const struct ooxml_package *package, const char *part);

// Its size once unpacked, as the archive says; 0 when it says nothing or has no such part.
int64_t ooxml_package_size(const struct ooxml_package *package, const char *part);

// What reads a part. Names come without their namespaces' prefixes. A function that returns other
// than 0 ends the reading.
struct ooxml_reader {
    void *context;
    int (*start)(void *context, const char *name, const char **attributes);
    int (*end)(void *context, const char *name);
    int (*text)(void *context, const char *bytes, size_t length); // may be NULL
    int64_t *position; // kept at the bytes read so far; may be NULL
};

// 0 at its end, 1 when the reader has ended it, -1 with `error`.
int ooxml_package_read(struct ooxml_package *package, const char *part,
                       const struct ooxml_reader *reader, struct error *error);

// Counts bytes that a part causes beyond its own, such as texts it refers to again and again.
int ooxml_package_spend(struct ooxml_package *package, size_t bytes, struct error *error);

// The value of an attribute, without regard to its prefix; NULL when it is not there.
const char *ooxml_attribute(const char **attributes, const char *name);

bool ooxml_is_true(const char *text); // of an attribute; NULL: false

// The part that `target` means in the relations of `part`: "worksheets/sheet1.xml" or
// "/xl/worksheets/sheet1.xml". In the arena.
const char *ooxml_part_name(struct arena *arena, const char *part, const char *target);

#endif
