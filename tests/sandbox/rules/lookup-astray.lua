-- SPDX-License-Identifier: MIT
-- A lookup by fields that the table has not.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local fields = {}
    for i = 1, 100000 do fields["field" .. tostring(i)] = i end
    return lookup("sales_order", fields)
  end,
}
