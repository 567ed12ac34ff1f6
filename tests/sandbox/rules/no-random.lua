-- SPDX-License-Identifier: MIT
-- math.random() is not offered.
-- expect: refused 11 math

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = math.random()
  end,
}
