-- SPDX-License-Identifier: MIT
-- rawset({}, 1, 1) is not offered.
-- expect: refused 11 rawset

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = rawset({}, 1, 1)
  end,
}
