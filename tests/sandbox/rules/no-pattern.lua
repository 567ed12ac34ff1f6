-- SPDX-License-Identifier: MIT
-- Patterns, by way of a method.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local name = "gm" .. "atch"
    return order.order_id[name](order.order_id, ".*")
  end,
}
