-- SPDX-License-Identifier: MIT
-- A float by its exponent.
-- expect: refused 11

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    if order.amount > 1e308 then return end
  end,
}
