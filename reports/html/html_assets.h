// SPDX-License-Identifier: MIT
// What every HTML page carries with it: our style and script, and the libraries of Debian's
// packages that sort and search its tables. The files become part of the program when it is built.
#ifndef VOUCH_HTML_ASSETS_H
#define VOUCH_HTML_ASSETS_H

#include "engine/base/buffer.h"
#include "engine/base/dictionary.h"

enum html_asset {
    HTML_STYLE,    // html_page.css
    HTML_LICENCES, // a comment for a script: whose the libraries are, and their licence
    HTML_JQUERY,
    HTML_DATATABLES, // needs jQuery
    HTML_SCRIPT,     // html_page.js; needs both
};

struct text html_asset(enum html_asset asset);

// Adds the libraries as one script: the licences first.
void html_libraries_add(struct buffer *out);

// Adds 'sha256-…' as a Content-Security-Policy names an inline style or script of this content.
void html_policy_add(struct buffer *out, struct text content);

#endif
