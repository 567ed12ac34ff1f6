// SPDX-License-Identifier: MIT
#include "reports/html/html_assets.h"

#include "engine/base/embed.h"
#include "engine/base/memory.h"

#include <openssl/evp.h>

EMBED(style, "reports/html/html_page.css");
EMBED(licences, "reports/html/html_licences.txt");
EMBED(jquery, VOUCH_JAVASCRIPT "/jquery/jquery.min.js");
EMBED(datatables, VOUCH_JAVASCRIPT "/jquery-datatables/jquery.dataTables.min.js");
EMBED(script, "reports/html/html_page.js");

struct text html_asset(enum html_asset asset)
{
    switch (asset) {
    case HTML_STYLE:
        return EMBEDDED(style);
    case HTML_LICENCES:
        return EMBEDDED(licences);
    case HTML_JQUERY:
        return EMBEDDED(jquery);
    case HTML_DATATABLES:
        return EMBEDDED(datatables);
    case HTML_SCRIPT:
        return EMBEDDED(script);
    }
    return (struct text){0};
}

void html_libraries_add(struct buffer *out)
{
    static const enum html_asset libraries[] = {HTML_LICENCES, HTML_JQUERY, HTML_DATATABLES};
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        struct text library = html_asset(libraries[i]);
        buffer_add(out, library.bytes, library.length);
        buffer_add_text(out, ";\n");
    }
}

void html_policy_add(struct buffer *out, struct text content)
{
    unsigned char digest[EVP_MAX_MD_SIZE], text[64];
    unsigned int length = 0;
    if (!EVP_Digest(content.bytes, content.length, digest, &length, EVP_sha256(), NULL))
        memory_exhausted();
    EVP_EncodeBlock(text, digest, (int)length);
    buffer_printf(out, "'sha256-%s'", (const char *)text);
}
