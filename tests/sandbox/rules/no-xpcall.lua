-- SPDX-License-Identifier: MIT
-- xpcall(error, print) is not offered.
-- expect: refused 11 xpcall

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = xpcall(error, print)
  end,
}
