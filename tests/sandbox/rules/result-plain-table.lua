-- SPDX-License-Identifier: MIT
-- A test that returns a table that is no exception.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return { { amount = order.amount } }
  end,
}
