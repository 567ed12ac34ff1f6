-- SPDX-License-Identifier: MIT
-- A result that pretends to be an exception by a field of that name.
-- expect: errors 5 names of its own

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return { exception = true, amount = order.amount, mark = 1 }
  end,
}
