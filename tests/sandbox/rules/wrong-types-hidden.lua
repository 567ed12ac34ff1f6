-- SPDX-License-Identifier: MIT
-- Every setting of the wrong type, hidden from the reader of the source.
-- expect: refused

local function of(x) return x end
control "ATK-01" {
  title = of(5), risk = of(true), source = of(7), severity = of({}), profile = of(1), population = of(error),
  applies = of("x"), parameters = of("x"), amount_kind = of({}), message = of({ 1 }), test = of("x"), cases = of(3),
  group = of(4), scope = of({}), evidence_columns = of(1), period = of({}),
}
