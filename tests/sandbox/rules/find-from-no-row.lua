-- SPDX-License-Identifier: MIT
-- Following a reference from a list, whose rows have it.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order)
    local any = { order.lines, order.order_id, {}, 7 }
    return find(any[1], "order")
  end,
}
