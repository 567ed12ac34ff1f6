-- SPDX-License-Identifier: MIT
-- Not a number, as a key and as an amount.
-- expect: refused 11 not exact

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function ratio(a, b) return a / b end
    local all = {}
    all[ratio(0, 0)] = 1
  end,
}
