-- SPDX-License-Identifier: MIT
-- io.open("/etc/passwd") is not offered.
-- expect: refused 11 io

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = io.open("/etc/passwd")
  end,
}
