-- SPDX-License-Identifier: MIT
-- An array whose last position is the largest integer.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order, p)
    local list = { 1, 2, 3 }
    local at = 4
    for i = 1, 61 do
      list[at] = 1
      at = at * 2
    end
    list[9223372036854775807] = 1
    table.insert(list, 1, 0)
    table.remove(list, 1)
  end,
}
