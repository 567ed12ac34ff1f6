-- SPDX-License-Identifier: MIT
-- State that is kept from row to row in a table of the file.
-- expect: refused 10

local seen = {}
control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order) seen[order.order_id] = true end,
}
