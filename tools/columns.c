// SPDX-License-Identifier: MIT
// Writes the columns of the results: what each is called, in both languages, and which formats have
// it. The page is docs/columns.md; `make docs` writes it.
#include "reports/files/result_table.h"

#include <stdio.h>
#include <string.h>

// A name may stand several times, where formats show it in different ways.
static bool is_first(const struct result_table *table, int index)
{
    for (int i = 0; i < index; i++)
        if (strcmp(table->columns[i].name, table->columns[index].name) == 0)
            return false;
    return true;
}

static const char *type_name_of(const struct result_column *column)
{
    switch (column->type) {
    case RESULT_COUNT:
    case RESULT_POSITION:
        return "count";
    case RESULT_NUMBER:
    case RESULT_AMOUNT:
        return "number";
    case RESULT_RATE:
        return "rate";
    case RESULT_DAY:
        return "day";
    case RESULT_TEXT:
    case RESULT_LONG_TEXT:
    case RESULT_JSON_TEXT:
    case RESULT_EXACT:
        break;
    }
    return "text";
}

static void print_places(const struct result_table *table, const char *name)
{
    static const char *const words[] = {"CSV", "JSON", "database", "workbook"};
    const char *before = "";
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < table->count; j++) {
            const struct result_column *column = &table->columns[j];
            if (strcmp(column->name, name) != 0 || !(column->marks & RESULT_CSV << i))
                continue;
            printf("%s%s", before, words[i]);
            if (RESULT_CSV << i == RESULT_SQL && column->sql)
                printf(" (`%s`)", column->sql);
            before = ", ";
            break;
        }
}

static void print_table(const struct result_table *table)
{
    printf("\n## ");
    if (table->csv)
        printf("%s", table->csv);
    if (table->sql)
        printf("%svouch.%s", table->csv ? ", " : "", table->sql);
    printf("\n\n| column | English | 中文 | type | where |\n|---|---|---|---|---|\n");
    for (int i = 0; i < table->count; i++) {
        const struct result_column *column = &table->columns[i];
        if (column->type == RESULT_EXACT || !is_first(table, i))
            continue;
        printf("| `%s` | %s | %s | %s | ", column->name, word_get(column->heading, "en"),
               word_get(column->heading, "zh"), type_name_of(column));
        print_places(table, column->name);
        printf(" |\n");
    }
}

int main(void)
{
    printf(
        "# The columns of the results\n\n"
        "Written by `make docs`. Each table of results with its columns, what the workbook calls "
        "them, and which\nformats have them: CSV files, `exceptions.jsonl` (where `waiver` and "
        "`disposition` are objects), the schema `vouch`\nof a database (where every table begins "
        "with `run`), the workbook. New columns of a CSV file come at its end.\n");
    for (int i = 0; i < RESULT_TABLES; i++)
        print_table(result_tables[i]);
    return 0;
}
