// SPDX-License-Identifier: MIT
// Writes the reference of what a rule may call: the functions of the allow-list from their tables, those of the
// library from the comments above them. The page is docs/functions.md; `make docs` writes it.
#include "engine/buffer.h"
#include "engine/lua_state.h"
#include "engine/memory.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const headings[LUA_ALLOWED_GROUPS] = {
    "The language", "Text", "Numbers and amounts", "Dates and moments", "The audit",
};

// A cell of a table in Markdown: a bar would end it.
static void print_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            putchar('\\');
        putchar(*text);
    }
}

static const char *type_text(const char *result)
{
    return strcmp(result, "any") == 0 ? "" : result;
}

static void print_group(size_t group)
{
    printf("\n### %s\n\n| | gives | |\n|---|---|---|\n", headings[group]);
    for (const struct lua_function *entry = lua_allowed(group); entry->name; entry++) {
        printf("| `");
        print_cell(entry->signature ? entry->signature : entry->name);
        printf("` | %s | ", type_text(entry->result ? entry->result : "any"));
        print_cell(entry->summary ? entry->summary : "");
        printf(" |\n");
    }
}

// A comment's line without its dashes.
static const char *comment_text(const char *line)
{
    line += 2;
    return *line == ' ' ? line + 1 : line;
}

// An item of a list; lines that continue it are indented.
static void print_function(const char *head, const char *comment)
{
    printf("- `%.*s)`: ", (int)strcspn(head, ")"), head);
    for (; *comment; comment++) {
        putchar(*comment);
        if (*comment == '\n')
            fputs("  ", stdout);
    }
    putchar('\n');
}

// The comment that stands above a function at the left margin is its description, the one at the top of the
// file the file's.
static void print_library_file(const char *name, FILE *file)
{
    struct buffer comment = {0};
    char *line = NULL;
    size_t room = 0;
    bool at_top = true;
    printf("\n### %s\n\n", name);
    while (getline(&line, &room, file) >= 0) {
        static const char function[] = "function ", licence[] = "-- SPDX-";
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "--", 2) == 0) {
            if (strncmp(line, licence, sizeof licence - 1) != 0)
                buffer_printf(&comment, "%s%s", comment.length ? "\n" : "", comment_text(line));
            continue;
        }
        if (at_top) {
            printf("%s\n\n", buffer_text(&comment));
            at_top = false;
        } else if (strncmp(line, function, sizeof function - 1) == 0) {
            print_function(line + sizeof function - 1, buffer_text(&comment));
        }
        comment.length = 0;
    }
    buffer_clear(&comment);
    free(line);
}

static int is_lua(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && dot != entry->d_name && strcmp(dot, ".lua") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int print_library(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_lua, by_name);
    if (count < 0) {
        perror(folder);
        return 1;
    }
    for (int at = 0; at < count; at++) {
        struct buffer path = {0};
        buffer_printf(&path, "%s/%s", folder, entries[at]->d_name);
        FILE *file = fopen(buffer_text(&path), "r");
        if (!file) {
            perror(buffer_text(&path));
            return 1;
        }
        print_library_file(entries[at]->d_name, file);
        fclose(file);
        buffer_clear(&path);
        free(entries[at]);
    }
    free(entries);
    return 0;
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: %s LIBRARY-FOLDER\n", arguments[0]);
        return 2;
    }
    printf("# What a rule may call\n\n"
           "`make docs` writes this page from the program and from `rules/library/`. Rule files see these\n"
           "functions and no others. A list is a reverse list of a row (`order.lines`), what `rows` or `lookup`\n"
           "give, or a Lua array.\n\n"
           "## Built in\n");
    for (size_t group = 0; group < LUA_ALLOWED_GROUPS; group++)
        print_group(group);
    printf("\n## The library\n\nThese are Lua, in `rules/library/`; read them, and write others in your rule files.\n");
    return print_library(arguments[1]);
}
