-- SPDX-License-Identifier: MIT
-- A control declared while rows are tested.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local declare = control
  end,
}
