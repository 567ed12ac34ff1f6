-- SPDX-License-Identifier: MIT
-- package.loadlib("x", "y") is not offered.
-- expect: refused 11 package

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = package.loadlib("x", "y")
  end,
}
