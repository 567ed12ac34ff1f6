-- SPDX-License-Identifier: MIT
-- os.clock() is not offered.
-- expect: refused 11 os

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = os.clock()
  end,
}
