// SPDX-License-Identifier: MIT
// Numbers as workbooks store them, as the digits that they stand for. A workbook keeps binary
// numbers: what was typed as 133.8 is written 133.80000000000001, and of no number more than 15
// digits are meant. This is about texts only; nothing is calculated in binary.
#ifndef VOUCH_NUMBER_TEXT_H
#define VOUCH_NUMBER_TEXT_H

#include "engine/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

// Adds the number that `text` writes ("133.80000000000001", "1.2E-3") with all its digits, rounded
// to 15: "133.8", "0.0012". Whole numbers up to 2^53 keep all their digits, since they are exact.
// Larger ones whose last digits are lost are written 1.23456789012346E+17, which no cell takes for
// a number or an id. false, adding nothing, when it is no number.
bool number_text_add(const char *text, size_t length, struct buffer *out);

// Adds the hundredfold of a number that number_text_add has written, with a percent sign: "13%".
void number_text_add_percent(const char *text, size_t length, struct buffer *out);

#endif
