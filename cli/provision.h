// SPDX-License-Identifier: MIT
// A provision: which tables the imports of an engagement provide, as far as their declarations and
// the files in their folders tell, without importing anything.
#ifndef VOUCH_PROVISION_H
#define VOUCH_PROVISION_H

#include "engine/base/buffer.h"
#include "engine/rules/engagement.h"

struct provision;

// NULL with `error` when a folder cannot be read. The caller frees.
struct provision *provision_new(const struct engagement *engagement, struct error *error);
void provision_free(struct provision *provision);

// How many tables of the control's populations and of what its functions always read are not
// provided; adds their names to `out`.
int provision_missing(const struct provision *provision, const struct model *model,
                      const struct control *control, struct buffer *out);

// The same of tables that library functions read for it, perhaps for some rows only.
int provision_wanting(const struct provision *provision, const struct model *model,
                      const struct control *control, struct buffer *out);

#endif
