// SPDX-License-Identifier: MIT
// The families of controls, as the catalogue names them (docs/catalogue/families.csv, part of the
// program).
#ifndef VOUCH_FAMILY_H
#define VOUCH_FAMILY_H

#include "engine/base/dictionary.h"

// "Prices" or "价格" of "PRC"; empty for a family that the catalogue does not have.
struct text family_title(const char *family, const char *language);

#endif
