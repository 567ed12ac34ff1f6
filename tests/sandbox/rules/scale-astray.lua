-- SPDX-License-Identifier: MIT
-- A number of places that is none.
-- expect: errors 5 0 to 18

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local result = div(order.amount, 3, 9223372036854775807) -- before the braces, where it decides
    return exception { amount = result }
  end,
}
