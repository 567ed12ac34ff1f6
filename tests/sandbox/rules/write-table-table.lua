-- SPDX-License-Identifier: MIT
-- A function of tables replaced for all.
-- expect: refused 11 table

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    table.insert = nil
  end,
}
