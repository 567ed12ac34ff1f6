-- SPDX-License-Identifier: MIT
-- A value that is a table of tables.
-- expect: errors 5 has no text

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local value = { 1 }
    for i = 1, 1000 do value = { value } end
    return exception { value = value }
  end,
}
