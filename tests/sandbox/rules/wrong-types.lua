-- SPDX-License-Identifier: MIT
-- Every setting of the wrong type.
-- expect: refused

control "ATK-01" {
  title = 5, risk = true, source = 7, severity = {}, profile = 1, population = function() end, applies = "x",
  parameters = "x", amount_kind = {}, message = {}, test = "x", cases = 3, group = 4, scope = {}, evidence_columns = 1,
}
