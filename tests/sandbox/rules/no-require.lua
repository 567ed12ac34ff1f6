-- SPDX-License-Identifier: MIT
-- require("os") is not offered.
-- expect: refused 11 require

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = require("os")
  end,
}
