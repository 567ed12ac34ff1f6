-- SPDX-License-Identifier: MIT
-- A grouping whose key has the largest number of parts.
-- expect: errors 5 at most 64 parts

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  group = function(order)
    local key = {}
    local at = 64
    for i = 7, 63 do
      key[at] = 1
      at = at * 2
    end
    key[9223372036854775807] = 1
    for i = 1, 33 do key[i] = 1 end
    return key
  end,
  test = function(orders) return end,
}
