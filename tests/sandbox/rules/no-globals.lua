-- SPDX-License-Identifier: MIT
-- _G["control"] is not offered.
-- expect: refused 11 _G

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = _G["control"]
  end,
}
