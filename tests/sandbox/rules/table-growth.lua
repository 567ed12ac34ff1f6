-- SPDX-License-Identifier: MIT
-- A table that grows until memory or instructions end.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local all = {}
    while true do table.insert(all, { 1, 2, 3, 4, 5, 6, 7, 8, { 1, 2, 3, 4 }, { 5 }, { 6 } }) end
  end,
}
