-- SPDX-License-Identifier: MIT
-- The last day of a table that does not exist, by a name that is long and no text.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order)
    local name = "sales_order"
    for i = 1, 14 do name = name .. name end
    return covered_to(name) or covered_to(order)
  end,
}
