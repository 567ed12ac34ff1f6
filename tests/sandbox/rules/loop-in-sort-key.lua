-- SPDX-License-Identifier: MIT
-- A sort key that never ends: Lua called from C.
-- expect: failed instructions

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    sort(order.lines, function(line)
      while true do end
    end)
  end,
}
