// SPDX-License-Identifier: MIT
// Currencies, by their ISO 4217 codes.
#ifndef VOUCH_CURRENCY_H
#define VOUCH_CURRENCY_H

// Minor digits of a currency: "JPY" 0, "KWD" 3; 2 unless known otherwise.
int currency_digits(const char *code);

#endif
