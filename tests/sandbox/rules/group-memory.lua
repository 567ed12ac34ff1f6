-- SPDX-License-Identifier: MIT
-- A test of groups that keeps all it can: the next group finds no memory.
-- expect: failed bytes

local kept = {}
local function keep(list, text) table.insert(list, text) end
control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  group      = { "order_id" },
  test = function(orders)
    local text = "xxxxxxxxxxxxxxxx"
    for i = 1, 21 do text = text .. text end
    keep(kept, text .. orders[1].order_id)
    keep(kept, text .. orders[1].customer_id)
  end,
}
