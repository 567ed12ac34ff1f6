-- SPDX-License-Identifier: MIT
-- A row added to a list of rows.
-- expect: errors 5 table expected

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    table.insert(order.lines, order)
  end,
}
