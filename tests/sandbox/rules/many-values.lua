-- SPDX-License-Identifier: MIT
-- A hundred values of a megabyte.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = "xxxxxxxxxxxxxxxx"
    for i = 1, 16 do text = text .. text end
    local found = { amount = order.amount }
    for i = 1, 200 do found["value" .. tostring(i)] = text end
    return exception(found)
  end,
}
