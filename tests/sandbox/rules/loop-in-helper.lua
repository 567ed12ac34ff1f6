-- SPDX-License-Identifier: MIT
-- An endless walk through a helper of the library.
-- expect: failed used more than 10000000 instructions on one row

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    while true do
      if any(order.lines, function(line) return false end) then return end
    end
  end,
}
