-- SPDX-License-Identifier: MIT
-- debug.getregistry() is not offered.
-- expect: refused 11 debug

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = debug.getregistry()
  end,
}
