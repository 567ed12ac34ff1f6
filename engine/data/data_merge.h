// SPDX-License-Identifier: MIT
// Merging: rows of one source that have one key become one row (`distinct`), as a flat list that
// repeats a document's header on each of its lines needs it.
#ifndef VOUCH_DATA_MERGE_H
#define VOUCH_DATA_MERGE_H

#include "engine/data/data.h"

// The rows of `source` in `table` are to be merged when the data are sealed; the `sum_count` fields
// of `sums` are added up, rows that differ in any other column leave a cell that cannot be read.
void data_merge_later(struct data *data, int table, int source, const int *sums, size_t sum_count);

// Does what was asked for, over joined data whose columns are computed.
void data_merge(struct data *data);

#endif
