// SPDX-License-Identifier: MIT
#include "reports/figures/family.h"

#include "engine/base/embed.h"

#include <string.h>

EMBED(families, "docs/catalogue/families.csv");

// The part of a line up to the next comma or the end; `*at` moves behind it. The catalogue's names
// hold neither commas nor quotes.
static struct text next_part(const char **at)
{
    size_t length = strcspn(*at, ",\r\n");
    struct text part = {*at, length};
    *at += length + ((*at)[length] == ',');
    return part;
}

struct text family_title(const char *family, const char *language)
{
    const char *at = EMBEDDED(families).bytes;
    while (*at) {
        struct text code = next_part(&at), english = next_part(&at), chinese = next_part(&at);
        at += strcspn(at, "\n");
        at += *at == '\n';
        if (code.length == strlen(family) && memcmp(code.bytes, family, code.length) == 0)
            return language && strcmp(language, "zh") == 0 ? chinese : english;
    }
    return (struct text){"", 0};
}
