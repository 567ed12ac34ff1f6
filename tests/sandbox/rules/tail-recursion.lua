-- SPDX-License-Identifier: MIT
-- Tail calls without an end.
-- expect: failed instructions

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function down(n) return down(n + 1) end
    return down(1)
  end,
}
