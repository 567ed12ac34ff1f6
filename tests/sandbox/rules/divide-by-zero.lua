-- SPDX-License-Identifier: MIT
-- A division by zero by div.
-- expect: errors 5 division by zero

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return exception { amount = div(order.amount, 0, 2) }
  end,
}
