-- SPDX-License-Identifier: MIT
-- collectgarbage("stop") is not offered.
-- expect: refused 11 collectgarbage

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = collectgarbage("stop")
  end,
}
