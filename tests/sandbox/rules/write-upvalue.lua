-- SPDX-License-Identifier: MIT
-- State that is kept from row to row in an upvalue.
-- expect: refused 10

local seen = 0
control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order) seen = seen + 1 end,
}
