-- SPDX-License-Identifier: MIT
-- getmetatable("") is not offered.
-- expect: refused 11 getmetatable

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = getmetatable("")
  end,
}
