// SPDX-License-Identifier: MIT
#include "cli/followup.h"

#include "adapters/listing.h"
#include "engine/memory.h"

#include <stdlib.h>

static int read_listing(struct followup *followup, const struct engagement *engagement,
                        const char *kind, const char *name, const char *const *columns,
                        struct listing *listing, struct error *error)
{
    struct buffer path = {0};
    if (*name != '/')
        buffer_printf(&path, "%s/", engagement->folder);
    buffer_add_text(&path, name);
    int result = listing_read(listing, buffer_text(&path), name, columns, error);
    buffer_clear(&path);
    if (result < 0)
        return -1;
    char *hash = memory_text(listing->sha256);
    followup->hashes[followup->list_count] = hash;
    followup->lists[followup->list_count++] = (struct run_list){kind, name, hash, listing->bytes};
    return 0;
}

static int read_waivers(struct followup *followup, const struct engagement *engagement,
                        struct error *error)
{
    struct listing listing = {0};
    int result = read_listing(followup, engagement, "waivers", engagement->waivers, waiver_columns,
                              &listing, error);
    if (result == 0)
        followup->waivers = waivers_new();
    for (size_t i = 0; i < listing.row_count; i++)
        waivers_add(followup->waivers, listing.rows[i].line, listing.rows[i].cells,
                    listing.rows[i].reason);
    listing_clear(&listing);
    return result;
}

int followup_load(struct followup *followup, const struct engagement *engagement,
                  struct error *error)
{
    return engagement->waivers ? read_waivers(followup, engagement, error) : 0;
}

void followup_apply(struct followup *followup, struct run *run)
{
    if (followup->waivers)
        waivers_apply(followup->waivers, run->engagement, run->data, run->evaluation);
    run->waivers = followup->waivers;
    run->lists = followup->lists;
    run->list_count = followup->list_count;
}

void followup_clear(struct followup *followup)
{
    waivers_free(followup->waivers);
    for (size_t i = 0; i < followup->list_count; i++)
        free(followup->hashes[i]);
    *followup = (struct followup){0};
}
