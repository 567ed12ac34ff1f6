-- SPDX-License-Identifier: MIT
-- Asking for the history of rows that have none.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order)
    for line in each(order.lines) do header_stands(line) end
    header_stands({ approved_at = true })
  end,
}
