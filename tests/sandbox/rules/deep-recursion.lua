-- SPDX-License-Identifier: MIT
-- Recursion without an end.
-- expect: errors 5 stack overflow

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function down(n) return 1 + down(n + 1) end
    return down(1) > 0 and untestable "never" or nil
  end,
}
