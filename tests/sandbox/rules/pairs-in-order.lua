-- SPDX-License-Identifier: MIT
-- pairs goes in one order, whatever the order of insertion.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text, other = "", ""
    for key in pairs { b = 1, a = 2, c = 3, [3] = 1, [1] = 1 } do text = text .. tostring(key) end
    for key in pairs { [1] = 1, c = 3, [3] = 1, a = 2, b = 1 } do other = other .. tostring(key) end
    if text ~= "13abc" or other ~= text then return exception { text = text, other = other } end
  end,
}
