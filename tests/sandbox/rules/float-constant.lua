-- SPDX-License-Identifier: MIT
-- A float.
-- expect: refused 11

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    if order.amount > 1.5 then return end
  end,
}
