// SPDX-License-Identifier: MIT
#include "cli/followup.h"

#include "adapters/listing.h"

#include <string.h>

static int read_listing(struct followup *followup, const struct engagement *engagement,
                        const char *kind, const char *name, const char *encoding,
                        const char *const *columns, struct listing *listing, struct error *error)
{
    struct buffer path = {0};
    if (*name != '/')
        buffer_printf(&path, "%s/", engagement->folder);
    buffer_add_text(&path, name);
    int result = listing_read(listing, buffer_text(&path), name, encoding, columns, error);
    buffer_clear(&path);
    if (result < 0)
        return -1;
    char *hash = followup->hashes[followup->list_count];
    memcpy(hash, listing->sha256, HASH_TEXT);
    followup->lists[followup->list_count++] = (struct run_list){kind, name, hash, listing->bytes};
    return 0;
}

static int read_waivers(struct followup *followup, const struct engagement *engagement,
                        struct error *error)
{
    struct listing listing = {0};
    int result = read_listing(followup, engagement, "waivers", engagement->waivers,
                              engagement->waivers_encoding, waiver_columns, &listing, error);
    if (result == 0)
        followup->waivers = waivers_new();
    for (size_t i = 0; i < listing.row_count; i++)
        waivers_add(followup->waivers, listing.rows[i].line, listing.rows[i].cells,
                    listing.rows[i].reason);
    listing_clear(&listing);
    return result;
}

static int read_dispositions(struct followup *followup, const struct engagement *engagement,
                             struct error *error)
{
    struct listing listing = {0};
    int result =
        read_listing(followup, engagement, "dispositions", engagement->dispositions,
                     engagement->dispositions_encoding, disposition_columns, &listing, error);
    if (result == 0)
        followup->dispositions = dispositions_new();
    for (size_t i = 0; i < listing.row_count; i++)
        dispositions_add(followup->dispositions, listing.rows[i].line, listing.rows[i].cells);
    listing_clear(&listing);
    return result;
}

int followup_load(struct followup *followup, const struct engagement *engagement,
                  struct error *error)
{
    if (engagement->waivers && read_waivers(followup, engagement, error) != 0)
        return -1;
    return engagement->dispositions ? read_dispositions(followup, engagement, error) : 0;
}

int followup_carry(struct followup *followup, struct past_run *previous, struct error *error)
{
    if (past_run_read_exceptions(previous, error) != 0)
        return -1;
    memcpy(followup->previous_sha256, previous->record_sha256, HASH_TEXT);
    buffer_add_text(&followup->previous_folder, previous->folder);
    if (!followup->dispositions)
        followup->dispositions = dispositions_new();
    for (size_t i = 0; i < previous->count; i++) {
        const struct past_exception *exception = &previous->exceptions[i];
        if (exception->disposition)
            dispositions_carry(followup->dispositions, exception->id, exception->owner,
                               exception->disposition, exception->cause, exception->comment);
    }
    return 0;
}

void followup_apply(struct followup *followup, struct run *run)
{
    if (followup->waivers)
        waivers_apply(followup->waivers, run->engagement, run->data, run->evaluation);
    if (followup->dispositions)
        dispositions_apply(followup->dispositions, run->engagement, run->data, run->evaluation);
    run->waivers = followup->waivers;
    run->dispositions = followup->dispositions;
    if (*followup->previous_sha256) {
        run->previous_sha256 = followup->previous_sha256;
        run->previous_folder = buffer_text(&followup->previous_folder);
    }
    run->lists = followup->lists;
    run->list_count = followup->list_count;
}

void followup_clear(struct followup *followup)
{
    waivers_free(followup->waivers);
    dispositions_free(followup->dispositions);
    buffer_clear(&followup->previous_folder);
    *followup = (struct followup){0};
}
