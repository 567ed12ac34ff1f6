-- SPDX-License-Identifier: MIT
-- An error that is a row.
-- expect: refused text must be a text

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    error(order)
  end,
}
