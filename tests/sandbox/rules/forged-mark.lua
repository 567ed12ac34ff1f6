-- SPDX-License-Identifier: MIT
-- A result that pretends to be an exception by a field of that name.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order, p)
    return { exception = true, amount = order.amount, mark = 1 }
  end,
}
