-- SPDX-License-Identifier: MIT
-- string.gsub("x", ".", "y") is not offered.
-- expect: refused 11 gsub

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = string.gsub("x", ".", "y")
  end,
}
