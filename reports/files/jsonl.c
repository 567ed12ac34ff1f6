// SPDX-License-Identifier: MIT
#include "reports/files/jsonl.h"

#include "reports/files/result_table.h"

struct writing {
    struct output *output;
    struct buffer line;
};

static void write_row(void *context, const struct result_row *row)
{
    struct writing *writing = context;
    result_add_json(&result_exceptions, row, &writing->line);
    buffer_add_byte(&writing->line, '\n');
    output_add(writing->output, writing->line.data, writing->line.length);
    buffer_reset(&writing->line);
}

int jsonl_write(const struct run *run, struct output *output, struct error *error)
{
    static const char name[] = "exceptions.jsonl";
    struct writing writing = {.output = output};
    if (output_begin(output, name, error) != 0)
        return -1;
    result_exceptions.visit(
        &(struct result_walk){.run = run, .result = name, .see = write_row, .context = &writing});
    buffer_clear(&writing.line);
    return output_end(output, error);
}
