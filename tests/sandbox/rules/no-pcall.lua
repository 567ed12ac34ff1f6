-- SPDX-License-Identifier: MIT
-- pcall(error, "x") is not offered.
-- expect: refused 11 pcall

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = pcall(error, "x")
  end,
}
