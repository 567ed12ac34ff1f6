-- SPDX-License-Identifier: MIT
-- An array whose last position is the largest integer.
-- expect: errors 5 too long

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local list = {}
    local at = 64
    for i = 7, 63 do
      list[at] = 1
      at = at * 2
    end
    list[9223372036854775807] = 1
    for i = 1, 33 do list[i] = 1 end
    table.insert(list, 1, 0)
    table.remove(list, 1)
  end,
}
