-- SPDX-License-Identifier: MIT
-- string.rep("x", 1000000000) is not offered.
-- expect: refused 11 rep

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = string.rep("x", 1000000000)
  end,
}
