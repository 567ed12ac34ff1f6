// SPDX-License-Identifier: MIT
#include "engine/base/buffer_json.h"

#include "engine/base/memory.h"

static int add(const char *bytes, size_t length, void *buffer)
{
    buffer_add(buffer, bytes, length);
    return 0;
}

void buffer_add_json(struct buffer *buffer, const json_t *value, size_t flags)
{
    if (json_dump_callback(value, add, buffer, flags) < 0)
        memory_exhausted();
}
