-- SPDX-License-Identifier: MIT
-- A remainder by zero.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function rest(a, b) return a % b end
    return rest(1, 0)
  end,
}
