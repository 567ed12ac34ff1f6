-- SPDX-License-Identifier: MIT
-- A grouping whose key has the largest number of parts.
-- expect: failed at most 64 parts

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  group = function(order)
    local key = {}
    local at = 1
    for i = 1, 63 do
      key[at] = 1
      at = at * 2
    end
    key[9223372036854775807] = 1
    return key
  end,
  test = function(orders) return end,
}
