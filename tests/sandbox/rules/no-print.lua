-- SPDX-License-Identifier: MIT
-- print("x") is not offered.
-- expect: refused 11 print

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = print("x")
  end,
}
