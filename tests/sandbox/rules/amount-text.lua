-- SPDX-License-Identifier: MIT
-- An amount that is a text.
-- expect: errors 5 amount is an exact number

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return exception { amount = "12.00" }
  end,
}
