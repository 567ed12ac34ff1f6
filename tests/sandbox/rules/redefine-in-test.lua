-- SPDX-License-Identifier: MIT
-- A helper replaced by a test.
-- expect: refused 11 untestable

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    untestable = nil
  end,
}
