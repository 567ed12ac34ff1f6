-- SPDX-License-Identifier: MIT
-- An array unpacked onto the stack.
-- expect: errors 5 200 values

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local list = {}
    for i = 1, 100000 do list[i] = i end
    return table.unpack(list)
  end,
}
