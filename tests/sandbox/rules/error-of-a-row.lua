-- SPDX-License-Identifier: MIT
-- An error that is a row.
-- expect: errors 5 string expected

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order, p)
    error(order)
  end,
}
