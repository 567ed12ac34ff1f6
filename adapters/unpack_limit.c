// SPDX-License-Identifier: MIT
#include "adapters/unpack_limit.h"

// Lists shrink to a twentieth, those that repeat one line over and over to a hundredth.
static const int64_t bytes_most = INT64_C(4) << 30, bytes_least = INT64_C(64) << 20,
                     times_most = 200;

struct unpack_limit unpack_limit_of(const json_t *declaration)
{
    return (struct unpack_limit){
        .declared = json_integer_value(json_object_get(declaration, "unpacked_cap"))};
}

int unpack_limit_add(struct unpack_limit *limit, size_t more, const char *name, struct error *error)
{
    limit->unpacked += (int64_t)more;
    int64_t most = limit->declared ? limit->declared : bytes_most;
    if (limit->unpacked > most)
        return error_set(error, ERROR_SOURCE, name,
                         "unpacks to more than %lld bytes; if that is right, state a larger "
                         "`unpacked_cap`",
                         (long long)most);
    if (limit->declared || limit->unpacked <= bytes_least ||
        limit->unpacked / times_most <= limit->packed)
        return 0;
    return error_set(error, ERROR_SOURCE, name,
                     "unpacks to more than %lld times its size, as no list does; if that is right, "
                     "state how many bytes it may have: `unpacked_cap`",
                     (long long)times_most);
}
