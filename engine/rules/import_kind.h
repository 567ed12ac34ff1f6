// SPDX-License-Identifier: MIT
// A kind of source that an engagement may import: import.NAME { ... }. The engine knows none; who
// loads an engagement says which there are, and what each of them understands.
#ifndef VOUCH_IMPORT_KIND_H
#define VOUCH_IMPORT_KIND_H

#include "engine/base/setting.h"

struct import_kind {
    const char *name;
    const struct setting *settings;
};

#endif
