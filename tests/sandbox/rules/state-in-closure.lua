-- SPDX-License-Identifier: MIT
-- State in a closure made by the test is new for each row.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local seen = {}
    local function note(key) seen[key] = true end
    note(order.order_id)
    local count = 0
    for _ in pairs(seen) do count = count + 1 end
    if count ~= 1 then return exception { count = count } end
  end,
}
