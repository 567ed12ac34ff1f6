-- SPDX-License-Identifier: MIT
-- A case that expects what is not found.
-- expect: cases 1

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order) return end,
  cases = { { "wrong", given = { sales_order = { { order_id = "A" } } }, expect = { { key = "A" } } } },
}
