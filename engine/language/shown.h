// SPDX-License-Identifier: MIT
// What is shown: the values between the braces of `exception { ... }`, and of the table that a
// helper named `..._exception` or `..._note` is given last. They never decide whether a row is an
// exception; `label`, `severity`, `row` and `currency` do.
#ifndef VOUCH_SHOWN_H
#define VOUCH_SHOWN_H

#include "engine/language/syntax.h"

// The table of a call whose values are shown; NULL where the node is no such call.
const struct node *shown_table(const struct node *node);

// Is the value of this key of such a table computed with what decides?
bool shown_decides(const struct node *key);

// Does the node stand in a value that is only shown?
bool shown_holds(const struct node *node);

#endif
