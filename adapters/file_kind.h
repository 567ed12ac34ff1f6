// SPDX-License-Identifier: MIT
// What a file is, by its bytes: people rename files, and systems call things .xls or .csv that are
// something else.
#ifndef VOUCH_FILE_KIND_H
#define VOUCH_FILE_KIND_H

#include "engine/base/error.h"

#include <stddef.h>

enum file_kind {
    FILE_LIST,      // none of the others: text, as far as can be told
    FILE_ZIP,       // .xlsx among others
    FILE_CONTAINER, // Microsoft's compound file: .xls among others
    FILE_ENCRYPTED, // one that holds an encrypted .xlsx
    FILE_OLD_SHEET, // a sheet without a container: .xls before 1993
    FILE_GZIP,
    FILE_PDF,
    FILE_WEB_PAGE,
    FILE_XML,
    FILE_RTF,
};

enum file_kind file_kind_of(const char *bytes, size_t length);

// Refuses a file that was to be another: "NAME: is a web page (HTML), whatever its name says", and
// what to do. `wanted` is the kind of source that it was taken for: "csv". Always -1.
int file_kind_refuse(enum file_kind kind, const char *wanted, const char *name,
                     struct error *error);

#endif
