-- SPDX-License-Identifier: MIT
-- dofile("/etc/passwd") is not offered.
-- expect: refused 11 dofile

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = dofile("/etc/passwd")
  end,
}
