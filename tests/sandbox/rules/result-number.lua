-- SPDX-License-Identifier: MIT
-- A test that returns a number.
-- expect: errors 5 returns nothing

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return 7
  end,
}
