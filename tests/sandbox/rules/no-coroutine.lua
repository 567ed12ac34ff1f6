-- SPDX-License-Identifier: MIT
-- coroutine.create(print) is not offered.
-- expect: refused 11 coroutine

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = coroutine.create(print)
  end,
}
