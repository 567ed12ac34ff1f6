-- SPDX-License-Identifier: MIT
-- string.dump(error) is not offered.
-- expect: refused 11 dump

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = string.dump(error)
  end,
}
