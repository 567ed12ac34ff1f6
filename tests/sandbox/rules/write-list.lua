-- SPDX-License-Identifier: MIT
-- A list of rows.
-- expect: errors 5 cannot be changed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local function write(list) list[1] = nil end
    write(order.lines)
  end,
}
