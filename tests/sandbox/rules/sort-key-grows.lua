-- SPDX-License-Identifier: MIT
-- Sort keys that take all memory.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local held = {}
    local list = {}
    for i = 1, 2000 do list[i] = i end
    local grow = "xxxxxxxxxxxxxxxx"
    for i = 1, 15 do grow = grow .. grow end
    sort(list, function(i)
      held[i] = grow .. tostring(i)
      return held[i]
    end)
  end,
}
