// SPDX-License-Identifier: MIT
// Any bytes as a rule file. Built with clang -fsanitize=fuzzer -DFUZZ_ENGINE it searches; built
// plainly it replays the files named on its command line, and every prefix of the small ones.
#include "engine/base/memory.h"
#include "engine/language/rulecheck.h"
#include "engine/language/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct field order_fields[] = {{.name = "order_id", .type = TYPE_TEXT},
                                      {.name = "amount", .type = TYPE_MONEY},
                                      {.name = "order_date", .type = TYPE_DATE}};
static struct field line_fields[] = {{.name = "order_id", .type = TYPE_TEXT},
                                     {.name = "quantity", .type = TYPE_DECIMAL}};
static struct reference line_references[] = {{.name = "order", .target = 0}};
static struct reverse order_reverses[] = {{.name = "lines", .table = 1, .reference = 0}};
static struct model_table tables[] = {
    {.name = "sales_order",
     .fields = order_fields,
     .field_count = 3,
     .reverses = order_reverses,
     .reverse_count = 1},
    {.name = "sales_order_line",
     .fields = line_fields,
     .field_count = 2,
     .references = line_references,
     .reference_count = 1},
};
static const struct model model = {.tables = tables, .table_count = 2};

// Children stand inside their parents, in order, and link back to them.
static void check_tree(const struct syntax *syntax)
{
    for (const struct node *node = syntax->root; node; node = node_next(syntax->root, node)) {
        if (node->begin > node->end || node->end > syntax->length || !node->line || !node->column)
            abort();
        uint32_t from = node->begin;
        for (const struct node *child = node->first; child; child = child->next) {
            if (child->parent != node || child->begin < from || child->end > node->end)
                abort();
            from = child->end;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const globals[] = {"control", "exception", "ipairs", "each", "sum"};
    static const struct helper_type helpers[] = {{.name = "sum", .result = "decimal"},
                                                 {.name = "first", .result = "element 1"}};
    struct syntax_error error;
    struct syntax *syntax = syntax_parse((const char *)bytes, length, &error);
    if (syntax)
        check_tree(syntax);
    syntax_free(syntax);
    for (int with_model = 0; with_model < 2; with_model++) {
        struct rulecheck_input input = {.name = "fuzz.lua",
                                        .text = (const char *)bytes,
                                        .length = length,
                                        .kind = RULECHECK_RULES,
                                        .globals = globals,
                                        .global_count = sizeof globals / sizeof *globals,
                                        .helpers = helpers,
                                        .helper_count = sizeof helpers / sizeof *helpers,
                                        .model = with_model ? &model : NULL};
        struct diagnostics found = {0};
        rulecheck_run(&input, &found);
        diagnostics_clear(&found);
        // The text as its own library: whatever it calls, it may find.
        struct rulecheck_input shared = input;
        shared.kind = RULECHECK_LIBRARY;
        input.library = rulecheck_library_new(&shared, 1);
        struct rulecheck_needs needs = {0};
        rulecheck_accesses(&input, &needs);
        rulecheck_needs_clear(&needs);
        rulecheck_library_free(input.library);
    }
    return 0;
}

#ifndef FUZZ_ENGINE
enum { PREFIXES_MAX = 600 };

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    char *bytes = memory_new(SYNTAX_TEXT_MAX + 2, 1);
    size_t length = fread(bytes, 1, SYNTAX_TEXT_MAX + 2, file);
    fclose(file);
    for (size_t cut = 0; cut < length && length <= PREFIXES_MAX; cut++) {
        // A copy of exact size, so that a sanitizer sees one byte read too many.
        char *prefix = memory_text_n(bytes, cut);
        LLVMFuzzerTestOneInput((const uint8_t *)prefix, cut);
        free(prefix);
    }
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
    free(bytes);
    return 0;
}

int main(int count, char **names)
{
    int failed = 0;
    for (int i = 1; i < count; i++)
        failed |= replay(names[i]);
    printf("%d files replayed\n", count - 1);
    return failed;
}
#endif
