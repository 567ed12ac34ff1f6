-- SPDX-License-Identifier: MIT
-- An error with bytes that are no text.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    error("\0\1\2\255\254\n\27[2J" .. order.order_id)
  end,
}
