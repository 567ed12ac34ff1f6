// SPDX-License-Identifier: MIT
#include "adapters/file_kind.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *mark;
    size_t size;
    enum file_kind kind;
} marks[] = {
    {"PK\3\4", 4, FILE_ZIP},
    {"PK\5\6", 4, FILE_ZIP}, // an archive without files
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, FILE_CONTAINER},
    {"\x09\0\x04\0", 4, FILE_OLD_SHEET},
    {"\x09\x02\x06\0", 4, FILE_OLD_SHEET},
    {"\x09\x04\x06\0", 4, FILE_OLD_SHEET},
    {"\x09\x08\x10\0", 4, FILE_OLD_SHEET},
    {"\x09\x08\x08\0", 4, FILE_OLD_SHEET},
    {"\x1F\x8B", 2, FILE_GZIP},
    {"%PDF-", 5, FILE_PDF},
    {"<!doctype html", 14, FILE_WEB_PAGE},
    {"<html", 5, FILE_WEB_PAGE},
    {"<head", 5, FILE_WEB_PAGE},
    {"<meta", 5, FILE_WEB_PAGE},
    {"<table", 6, FILE_WEB_PAGE},
    {"<?xml", 5, FILE_XML},
    {"{\\rtf", 5, FILE_RTF},
};

static const struct {
    const char *what, *source; // the kind of source that reads it; NULL: none does
} kinds[] = {
    [FILE_LIST] = {"is a text, perhaps a CSV file", "csv"},
    [FILE_ZIP] = {"is a workbook (.xlsx) or another ZIP archive", "xlsx"},
    [FILE_CONTAINER] = {"is an old workbook (.xls)", "xls"},
    [FILE_ENCRYPTED] = {"is an encrypted workbook", NULL},
    [FILE_OLD_SHEET] = {"is an old workbook (.xls)", "xls"},
    [FILE_GZIP] = {"is compressed with gzip: name it .csv.gz", "csv"},
    [FILE_PDF] = {"is a PDF document", NULL},
    [FILE_WEB_PAGE] = {"is a web page (HTML)", NULL},
    [FILE_XML] = {"is an XML document, perhaps an XML spreadsheet", NULL},
    [FILE_RTF] = {"is an RTF document", NULL},
};

static bool begins(const char *bytes, size_t length, const char *mark, size_t size)
{
    return length >= size && strncasecmp(bytes, mark, size) == 0;
}

// The names in a container are UTF-16.
static bool is_encrypted(const char *bytes, size_t length)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return memmem(bytes, length, name, sizeof name) != NULL;
}

enum file_kind file_kind_of(const char *bytes, size_t length)
{
    const char *text = bytes;
    size_t left = length;
    if (begins(text, left, "\xEF\xBB\xBF", 3))
        text += 3, left -= 3;
    while (left && (*text == ' ' || *text == '\r' || *text == '\n' || *text == '\t'))
        text++, left--;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bool exact = marks[i].kind < FILE_PDF; // bytes rather than letters
        if (!exact && begins(text, left, marks[i].mark, marks[i].size))
            return marks[i].kind;
        if (exact && length >= marks[i].size && memcmp(bytes, marks[i].mark, marks[i].size) == 0)
            return marks[i].kind == FILE_CONTAINER && is_encrypted(bytes, length) ? FILE_ENCRYPTED
                                                                                  : marks[i].kind;
    }
    return FILE_LIST;
}

int file_kind_refuse(enum file_kind kind, const char *wanted, const char *name, struct error *error)
{
    const char *source = kinds[kind].source;
    bool csv = strcmp(wanted, "csv") == 0;
    if (kind == FILE_ENCRYPTED)
        return error_set(error, ERROR_SOURCE, name, "%s; save it without a password",
                         kinds[kind].what);
    if (!source || strcmp(source, wanted) == 0)
        return error_set(error, ERROR_SOURCE, name,
                         "%s, whatever its name says; save its list as %s", kinds[kind].what,
                         csv ? "CSV (UTF-8) and import that" : "a workbook");
    return error_set(error, ERROR_SOURCE, name,
                     csv ? "%s, whatever its name says; save its list as CSV (UTF-8), or import it "
                           "with import.%s"
                         : "%s, whatever its name says; import it with import.%s",
                     kinds[kind].what, source);
}
