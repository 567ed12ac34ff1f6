-- SPDX-License-Identifier: MIT
-- A test that returns a row.
-- expect: errors 5 returns nothing

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return order
  end,
}
