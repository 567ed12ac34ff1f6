-- SPDX-License-Identifier: MIT
-- A test of groups that never ends.
-- expect: failed instructions

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  group      = { "customer_id" },
  test = function(orders)
    while true do end
  end,
}
