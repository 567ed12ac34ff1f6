-- SPDX-License-Identifier: MIT
-- A text and a number compared, their types hidden.
-- expect: errors 5 compare

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local pair = { order.order_id, order.amount }
    return pair[1] < pair[2]
  end,
}
