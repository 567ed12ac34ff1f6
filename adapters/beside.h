// SPDX-License-Identifier: MIT
// A file beside a source (`with`): its records are found by a key and lend their columns to the
// source's records.
#ifndef VOUCH_BESIDE_H
#define VOUCH_BESIDE_H

#include "engine/base/dictionary.h"
#include "engine/base/error.h"
#include "engine/base/hash.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct beside;

// Reads the file that one entry of `with` names, CSV or .xlsx: { file, key = { there, here } }, and
// where it is written otherwise than the import's own file: encoding, delimiter, skip; sheet.
// `base` is the folder of paths, `where` the declaration. NULL with `error`. The caller frees.
struct beside *beside_new(const char *name, const json_t *entry, const json_t *declaration,
                          const char *base, const char *where, struct error *error);
void beside_free(struct beside *beside);

const char *beside_name(const struct beside *beside); // of the file
const char *beside_hash(const struct beside *beside);
int64_t beside_bytes(const struct beside *beside);

// Its columns, called "name.header".
size_t beside_count(const struct beside *beside);
const char *beside_label(const struct beside *beside, size_t column);

enum beside_found { BESIDE_FOUND, BESIDE_NONE, BESIDE_SEVERAL };

// The fields of the record with that key, borrowed; empty ones where there is none, or several that
// differ.
enum beside_found beside_find(const struct beside *beside, struct text key,
                              const struct text **fields);

#endif
