-- SPDX-License-Identifier: MIT
-- An error that is a function.
-- expect: errors 5 string expected

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    error(function() return 1 end)
  end,
}
