-- SPDX-License-Identifier: MIT
-- Arguments selected from the end.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return select(-9223372036854775807, 1, 2)
  end,
}
