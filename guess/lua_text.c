// SPDX-License-Identifier: MIT
#include "guess/lua_text.h"

void lua_text_add(const char *text, struct buffer *out)
{
    buffer_add_byte(out, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            buffer_printf(out, "\\%c", byte);
        else if (byte == '\n')
            buffer_add_text(out, "\\n");
        else if (byte < 0x20 || byte == 0x7F)
            buffer_printf(out, "\\%03u", byte);
        else
            buffer_add_byte(out, *text);
    }
    buffer_add_byte(out, '"');
}
