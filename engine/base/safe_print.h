// SPDX-License-Identifier: MIT
// Printing texts that may come from sources.
#ifndef VOUCH_SAFE_PRINT_H
#define VOUCH_SAFE_PRINT_H

#include <stdio.h>

// Control characters, which could drive a terminal, become "?".
void print_safely(const char *text, FILE *out);

#endif
