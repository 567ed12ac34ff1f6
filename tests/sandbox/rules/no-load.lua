-- SPDX-License-Identifier: MIT
-- load("return 1") is not offered.
-- expect: refused 11 load

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = load("return 1")
  end,
}
