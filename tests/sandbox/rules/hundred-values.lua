-- SPDX-License-Identifier: MIT
-- A hundred values: sorting them asks the system how much memory there is.
-- expect: finds 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local found = {}
    for i = 1, 100 do found["value" .. tostring(i)] = i end
    return exception(found)
  end,
}
