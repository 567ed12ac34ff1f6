// SPDX-License-Identifier: MIT
// A file of a folder that is a table by its name.
#ifndef VOUCH_TABLE_FILE_H
#define VOUCH_TABLE_FILE_H

#include "engine/data/model.h"

// The table that "sales_order.csv" is named like, in any case, or -1; `endings` are those that such
// a file may have, with their points, the last followed by NULL. "" is none.
int table_file_find(const struct model *model, const char *file, const char *const *endings);

#endif
