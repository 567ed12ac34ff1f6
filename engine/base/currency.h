// SPDX-License-Identifier: MIT
// Currencies, by their ISO 4217 codes.
#ifndef VOUCH_CURRENCY_H
#define VOUCH_CURRENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Minor digits of a currency: "JPY" 0, "KWD" 3; 2 unless known otherwise.
int currency_digits(const char *code);

// A mark of a currency, beside an amount: "￥", "US$", "元", "EUR". 0: none. The mark that a text
// begins or ends with, and its bytes in `*size`.
uint16_t currency_mark_front(const char *text, size_t length, size_t *size);
uint16_t currency_mark_back(const char *text, size_t length, size_t *size);

// May the mark stand beside an amount of this currency? "$" may for several.
bool currency_mark_fits(uint16_t mark, const char *code);

// The mark as text.
const char *currency_mark_text(uint16_t mark);

#endif
