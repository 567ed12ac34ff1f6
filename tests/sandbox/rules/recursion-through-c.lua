-- SPDX-License-Identifier: MIT
-- Recursion through a C function.
-- expect: errors 5 overflow

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function down(x) return sort({ 1 }, down) end
    down(1)
  end,
}
