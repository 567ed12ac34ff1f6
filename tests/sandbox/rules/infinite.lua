-- SPDX-License-Identifier: MIT
-- Infinity as a value.
-- expect: refused 11 not exact

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function ratio(a, b) return a / b end
    return exception { value = ratio(1, 0) }
  end,
}
