-- SPDX-License-Identifier: MIT
-- A condition that never ends.
-- expect: failed used more than 10000000 instructions on one row

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  applies = function(order)
    local n = 0
    while n >= 0 do n = n + 0 end
    return true
  end,
  test = function(order) return end,
}
