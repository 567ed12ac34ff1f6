-- SPDX-License-Identifier: MIT
-- table.move({}, 1, 1099511627776, 2) is not offered.
-- expect: refused 11 move

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = table.move({}, 1, 1099511627776, 2)
  end,
}
