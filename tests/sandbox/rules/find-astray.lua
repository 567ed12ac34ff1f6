-- SPDX-License-Identifier: MIT
-- Following references that the table has not, from what is no row.
-- expect: errors 5 no reference

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order)
    local name = "nowhere"
    for i = 1, 12 do name = name .. name end
    return find(order, name)
  end,
}
