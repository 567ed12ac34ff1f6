-- SPDX-License-Identifier: MIT
-- Rows of a table that the model has not.
-- expect: refused 11

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return rows("no_such_table")
  end,
}
