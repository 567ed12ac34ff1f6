-- SPDX-License-Identifier: MIT
-- A reason of megabytes.
-- expect: untestable 5 xxxx

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = "xxxxxxxxxxxxxxxx"
    for i = 1, 18 do text = text .. text end
    return untestable(text .. order.order_id)
  end,
}
