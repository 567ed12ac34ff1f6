// SPDX-License-Identifier: MIT
// What is shown: the values between the braces of `exception { ... }`, and of the table that a
// helper named `..._exception` or `..._note` is given last. They are computed for the reader of an
// exception and never decide whether there is one; `label`, `severity`, `row` and `currency` do.
#ifndef VOUCH_SHOWN_H
#define VOUCH_SHOWN_H

#include "engine/language/syntax.h"

// Whether a function makes an exception, or a note, of the table that it is given last.
bool shown_by(const struct node *function);

// Whether a PAIR of that table, were it shown, decides all the same.
bool shown_decides(const struct node *pair);

// Whether this very node is such a value that is only shown; what lies below it is, too.
bool shown_is_value(const struct node *node);

#endif
