-- SPDX-License-Identifier: MIT
-- _ENV is not offered.
-- expect: refused 11 _ENV

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = _ENV
  end,
}
