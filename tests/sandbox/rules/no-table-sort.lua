-- SPDX-License-Identifier: MIT
-- table.sort({}, error) is not offered.
-- expect: refused 11 sort

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = table.sort({}, error)
  end,
}
