-- SPDX-License-Identifier: MIT
-- A field of the row under test, its type hidden.
-- expect: refused 11 read-only

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function write(row, name) row[name] = 0 end
    write(order, "amount")
  end,
}
