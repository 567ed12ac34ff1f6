// SPDX-License-Identifier: MIT
// Why a row cannot be tested, as a rule gives it: a text, which every report shows as it is, or one
// for each language of the reports, { en = "no cost of {product}", zh = "{product} 无成本",
// product = ... }, in which {names} stand for the values beside them.
#ifndef VOUCH_SCRIPT_REASON_H
#define VOUCH_SCRIPT_REASON_H

#include "engine/base/buffer.h"

#include <lua.h>

// Replaces what `reason` holds by the reason at `index`; see engine/base/reason.h. One that is
// longer than reports show is cut. Raises an error of Lua where there is none.
void script_reason_read(lua_State *L, int index, struct buffer *reason);

#endif
