-- SPDX-License-Identifier: MIT
-- A division of integers, its types hidden.
-- expect: refused 11 not exact

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function ratio(a, b) return a / b end
    return exception { amount = ratio(1, 3) }
  end,
}
