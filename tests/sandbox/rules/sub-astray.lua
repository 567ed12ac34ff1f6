-- SPDX-License-Identifier: MIT
-- Texts cut at the largest and least integers.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local least = -9223372036854775807
    local text = order.order_id
    local cut = string.sub(text, least, 9223372036854775807) .. string.sub(text, least - 1, least - 1)
    if cut ~= text then return exception { cut = cut } end
  end,
}
