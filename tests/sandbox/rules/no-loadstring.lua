-- SPDX-License-Identifier: MIT
-- loadstring("return 1") is not offered.
-- expect: refused 11 loadstring

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = loadstring("return 1")
  end,
}
