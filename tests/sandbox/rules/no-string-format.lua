-- SPDX-License-Identifier: MIT
-- string.format("%p", {}) is not offered.
-- expect: refused 11 format

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = string.format("%p", {})
  end,
}
