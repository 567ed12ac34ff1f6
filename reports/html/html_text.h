// SPDX-License-Identifier: MIT
// Text of rules and sources inside an HTML page, where none of it may act: markup is escaped, bytes
// that are no UTF-8 become U+FFFD, and characters that cannot be seen but change what is (control
// characters, those that turn the direction of what follows) are written out as what they are.
#ifndef VOUCH_HTML_TEXT_H
#define VOUCH_HTML_TEXT_H

#include "engine/base/buffer.h"

#include <stdbool.h>

// As the content of an element. NULL: nothing.
void html_text_add(struct buffer *out, const char *text);

// The same of at most that many characters, with "…" where any were left out. Were they?
bool html_text_add_some(struct buffer *out, const char *text, size_t characters);

// What names an element, from an exception's id or a control's: letters, digits and . _ : / - stand
// as they are, every other byte as ~ and two digits; an id that would be very long by its hash.
// Different ids give different anchors, and an anchor needs no escape in an attribute or an
// address.
void html_anchor_add(struct buffer *out, const char *id);

#endif
