-- SPDX-License-Identifier: MIT
-- A lookup by a value of another type.
-- expect: errors 5 looked up

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function find(value) return lookup("sales_order", { order_id = value }) end
    find({})
  end,
}
