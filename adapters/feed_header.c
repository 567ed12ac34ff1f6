// SPDX-License-Identifier: MIT
#include "adapters/feed_header.h"

#include "adapters/intake.h"
#include "engine/base/buffer.h"
#include "engine/base/hash.h"

#include <string.h>

int feed_header_map(struct feed *feed, const char *const *names, size_t count)
{
    struct source_columns columns = {.names = names, .count = count, .source = feed->name};
    feed->digest_seed = feed->number + 1;
    for (size_t i = 0; names && i < count; i++)
        feed->digest_seed = hash_quick(feed->digest_seed, names[i], strlen(names[i]));
    return intake_map(feed, &columns);
}

bool feed_header_fits(const struct feed *feed, const char *const *names, size_t count)
{
    struct error ignored = {0};
    struct source_columns columns = {.names = names, .count = count, .source = feed->name};
    struct source_columns all = intake_columns(feed, &columns);
    struct mapping *mapping = mapping_new(feed->import->data->model, feed->table, feed->declaration,
                                          &all, feed->where, &ignored);
    mapping_free(mapping);
    return mapping != NULL;
}

void feed_header_advise(struct feed *feed, const char *advice)
{
    struct error before = feed->error;
    error_set(&feed->error, before.kind, before.where, "%s%s", before.message, advice);
}

void feed_header_add_skip(struct buffer *advice, int64_t skip)
{
    buffer_printf(advice, "; the header stands in line %lld: give `skip = %lld`",
                  (long long)skip + 1, (long long)skip);
}
