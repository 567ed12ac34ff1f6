-- SPDX-License-Identifier: MIT
-- A grouping that never ends.
-- expect: failed used more than 10000000 instructions on one row

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  group = function(order)
    while true do end
  end,
  test = function(orders) return end,
}
