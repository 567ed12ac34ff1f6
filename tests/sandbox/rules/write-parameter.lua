-- SPDX-License-Identifier: MIT
-- A parameter changed by the test.
-- expect: refused 11

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    p.limit = 0
  end,
}
