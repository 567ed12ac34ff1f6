-- SPDX-License-Identifier: MIT
-- loadfile("/etc/passwd") is not offered.
-- expect: refused 11 loadfile

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = loadfile("/etc/passwd")
  end,
}
