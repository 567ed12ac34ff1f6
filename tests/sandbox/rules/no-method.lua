-- SPDX-License-Identifier: MIT
-- A text has only the methods of the allow-list.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = order.order_id
    return text:rep(1000000000)
  end,
}
