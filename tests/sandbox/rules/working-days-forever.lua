-- SPDX-License-Identifier: MIT
-- C code asked to count days many times.
-- expect: failed instructions

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    while true do working_days(date "0001-01-01", date "9999-12-31") end
  end,
}
