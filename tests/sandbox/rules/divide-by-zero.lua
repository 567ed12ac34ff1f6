-- SPDX-License-Identifier: MIT
-- A division by zero by div.
-- expect: errors 5 division by zero

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local result = div(order.amount, 0, 2) -- before the braces, where it decides
    return exception { amount = result }
  end,
}
