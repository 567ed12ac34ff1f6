-- SPDX-License-Identifier: MIT
-- A control declared while rows are tested: it declares nothing.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    control "ATK-02" {
      title = { en = "Late" }, severity = "low", population = "sales_order", test = function() end,
    }
  end,
}
