-- SPDX-License-Identifier: MIT
-- A test that never ends.
-- expect: failed used more than 10000000 instructions on one row

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    while true do end
  end,
}
