-- SPDX-License-Identifier: MIT
-- Two exceptions of one row without labels.
-- expect: failed two exceptions have the same id

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return { exception { amount = order.amount }, exception { amount = order.amount } }
  end,
}
