-- SPDX-License-Identifier: MIT
-- rawget({}, 1) is not offered.
-- expect: refused 11 rawget

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = rawget({}, 1)
  end,
}
