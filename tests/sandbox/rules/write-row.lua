-- SPDX-License-Identifier: MIT
-- A field of the row under test.
-- expect: refused 11

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    order.amount = 0
  end,
}
