-- SPDX-License-Identifier: MIT
-- A currency that no document is in.
-- expect: errors 5 currency

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return exception { amount = order.amount, currency = "XX" .. "X" }
  end,
}
