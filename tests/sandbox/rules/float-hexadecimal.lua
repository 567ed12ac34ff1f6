-- SPDX-License-Identifier: MIT
-- A hexadecimal float.
-- expect: refused 11

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    if order.amount > 0x1p4 then return end
  end,
}
