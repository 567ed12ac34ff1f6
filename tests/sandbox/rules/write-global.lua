-- SPDX-License-Identifier: MIT
-- A new global.
-- expect: refused 11 count

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    count = 1
  end,
}
