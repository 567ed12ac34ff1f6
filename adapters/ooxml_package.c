// SPDX-License-Identifier: MIT
// Entities need no attention: without a document type there are only XML's own five. Sizes in the
// archive's directory are not believed, since they may lie; what comes out is counted.
#include "adapters/ooxml_package.h"

#include "engine/base/memory.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

enum { CHUNK = 1 << 16, DEPTH_MAX = 256, TOKEN_MAX = 16 << 20 };

struct ooxml_package {
    zip_t *archive;
    const char *name;
    struct unpack_limit limit, spent;
};

static const char damaged[] = "is damaged, or no workbook: %s";

struct ooxml_package *ooxml_package_new(const struct file_bytes *file, const char *name,
                                        const struct unpack_limit *limit, struct error *error)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(file->bytes, file->length, 0, &problem);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &problem) : NULL;
    if (!archive) {
        error_set(error, ERROR_SOURCE, name, damaged, zip_error_strerror(&problem));
        zip_source_free(source);
        zip_error_fini(&problem);
        return NULL;
    }
    zip_error_fini(&problem);
    struct ooxml_package *package = memory_new(1, sizeof *package);
    // What is said again and again is limited by its size alone.
    *package = (struct ooxml_package){archive, name, *limit, {.packed = INT64_MAX}};
    package->spent.declared = limit->declared;
    return package;
}

void ooxml_package_free(struct ooxml_package *package)
{
    if (!package)
        return;
    zip_discard(package->archive);
    free(package);
}

static zip_int64_t find(const struct ooxml_package *package, const char *part)
{
    zip_int64_t index = zip_name_locate(package->archive, part, 0);
    return index >= 0 ? index : zip_name_locate(package->archive, part, ZIP_FL_NOCASE);
}

bool ooxml_package_has(const struct ooxml_package *package, const char *part)
{
    return find(package, part) >= 0;
}

int64_t ooxml_package_size(const struct ooxml_package *package, const char *part)
{
    zip_stat_t status;
    zip_int64_t index = find(package, part);
    bool known = index >= 0 &&
                 zip_stat_index(package->archive, (zip_uint64_t)index, 0, &status) == 0 &&
                 (status.valid & ZIP_STAT_SIZE) && status.size < INT64_MAX;
    return known ? (int64_t)status.size : 0;
}

int ooxml_package_spend(struct ooxml_package *package, size_t bytes, struct error *error)
{
    return unpack_limit_add(&package->spent, bytes, package->name, error);
}

// ---- names

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *ooxml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(*attributes, name) == 0 || strcmp(local(*attributes), name) == 0)
            return attributes[1];
    return NULL;
}

bool ooxml_is_true(const char *text)
{
    return text && (strcmp(text, "1") == 0 || strcasecmp(text, "true") == 0);
}

static void add_step(struct buffer *path, const char *step, size_t length)
{
    if (length == 0 || (length == 1 && *step == '.'))
        return;
    if (length == 2 && memcmp(step, "..", 2) == 0) {
        while (path->length && path->data[--path->length] != '/')
            ;
        return;
    }
    if (path->length)
        buffer_add_byte(path, '/');
    buffer_add(path, step, length);
}

const char *ooxml_part_name(struct arena *arena, const char *part, const char *target)
{
    struct buffer path = {0};
    const char *slash = strrchr(part, '/');
    if (*target != '/' && *target != '\\' && slash)
        buffer_add(&path, part, (size_t)(slash - part));
    for (const char *at = target; *at;) {
        size_t length = strcspn(at, "/\\");
        add_step(&path, at, length);
        at += length + (at[length] != '\0');
    }
    return arena_text_of(arena, &path);
}

// ---- reading

struct parsing {
    const struct ooxml_reader *reader;
    XML_Parser parser;
    int depth;
    int64_t quiet;       // bytes since the parser has last found something: it keeps them all
    const char *refused; // why the part is not read; NULL: the reader has ended it
    bool ended;
};

static void end(struct parsing *parsing, const char *refused)
{
    if (parsing->ended)
        return;
    parsing->refused = refused;
    parsing->ended = true;
    XML_StopParser(parsing->parser, XML_FALSE);
}

static void on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct parsing *parsing = context;
    parsing->quiet = 0;
    if (parsing->ended)
        return;
    if (++parsing->depth > DEPTH_MAX)
        end(parsing, "its elements are nested too deeply");
    else if (parsing->reader->start(parsing->reader->context, local(name), attributes) != 0)
        end(parsing, NULL);
}

static void on_end(void *context, const XML_Char *name)
{
    struct parsing *parsing = context;
    parsing->quiet = 0;
    parsing->depth--;
    if (!parsing->ended && parsing->reader->end(parsing->reader->context, local(name)) != 0)
        end(parsing, NULL);
}

static void on_text(void *context, const XML_Char *bytes, int length)
{
    struct parsing *parsing = context;
    parsing->quiet = 0;
    if (!parsing->ended &&
        parsing->reader->text(parsing->reader->context, bytes, (size_t)length) != 0)
        end(parsing, NULL);
}

static void on_doctype(void *context, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_subset)
{
    (void)name, (void)system, (void)public, (void)has_subset;
    end(context, "it declares a document type, as no workbook does");
}

static int fail_read(struct ooxml_package *package, const char *part, zip_file_t *file,
                     struct error *error)
{
    return error_set(
        error, ERROR_SOURCE, package->name, "is damaged: its part %s cannot be read: %s", part,
        file ? zip_file_strerror(file) : zip_error_strerror(zip_get_error(package->archive)));
}

static int fail_parse(const struct ooxml_package *package, const char *part,
                      const struct parsing *parsing, struct error *error)
{
    const char *why =
        parsing->refused ? parsing->refused : XML_ErrorString(XML_GetErrorCode(parsing->parser));
    return error_set(error, ERROR_SOURCE, package->name,
                     "its part %s cannot be read, line %llu: %s", part,
                     (unsigned long long)XML_GetCurrentLineNumber(parsing->parser), why);
}

// The next piece of the part; the number of its bytes, or -1 with `error`.
static zip_int64_t next_piece(struct ooxml_package *package, const char *part, zip_file_t *file,
                              void *piece, struct error *error)
{
    zip_int64_t got = zip_fread(file, piece, CHUNK);
    if (got < 0)
        return fail_read(package, part, file, error);
    return unpack_limit_add(&package->limit, (size_t)got, package->name, error) == 0 ? got : -1;
}

static int parse(struct ooxml_package *package, const char *part, zip_file_t *file,
                 struct parsing *parsing, struct error *error)
{
    for (;;) {
        void *piece = XML_GetBuffer(parsing->parser, CHUNK);
        if (!piece)
            memory_exhausted();
        zip_int64_t got = next_piece(package, part, file, piece, error);
        if (got < 0)
            return -1;
        if (parsing->reader->position)
            *parsing->reader->position += got;
        parsing->quiet += got;
        if (XML_ParseBuffer(parsing->parser, (int)got, got == 0) == XML_STATUS_OK &&
            parsing->quiet <= TOKEN_MAX) {
            if (got == 0)
                return 0;
            continue;
        }
        if (parsing->quiet > TOKEN_MAX)
            parsing->refused = "it has an element longer than any of a workbook";
        if (XML_GetErrorCode(parsing->parser) == XML_ERROR_NO_MEMORY)
            memory_exhausted();
        return parsing->ended && !parsing->refused ? 1 : fail_parse(package, part, parsing, error);
    }
}

int ooxml_package_read(struct ooxml_package *package, const char *part,
                       const struct ooxml_reader *reader, struct error *error)
{
    zip_int64_t index = find(package, part);
    if (index < 0)
        return error_set(error, ERROR_SOURCE, package->name, damaged, "a part of it is missing");
    zip_file_t *file = zip_fopen_index(package->archive, (zip_uint64_t)index, 0);
    if (!file)
        return fail_read(package, part, NULL, error);
    struct parsing parsing = {.reader = reader, .parser = XML_ParserCreate(NULL)};
    if (!parsing.parser)
        memory_exhausted();
    XML_SetUserData(parsing.parser, &parsing);
    XML_SetElementHandler(parsing.parser, on_start, on_end);
    if (reader->text)
        XML_SetCharacterDataHandler(parsing.parser, on_text);
    XML_SetStartDoctypeDeclHandler(parsing.parser, on_doctype);
    int result = parse(package, part, file, &parsing, error);
    XML_ParserFree(parsing.parser);
    zip_fclose(file);
    return result;
}
