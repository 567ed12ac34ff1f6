// SPDX-License-Identifier: MIT
// A file of a folder that is a table by its name.
#ifndef VOUCH_TABLE_FILE_H
#define VOUCH_TABLE_FILE_H

#include "engine/data/model.h"

// The table that "sales_order.csv" or "sales_order.csv.gz" is named like, or -1.
int table_file_find(const struct model *model, const char *file);

#endif
