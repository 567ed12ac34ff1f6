-- SPDX-License-Identifier: MIT
-- utf8.char(1) is not offered.
-- expect: refused 11 utf8

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = utf8.char(1)
  end,
}
