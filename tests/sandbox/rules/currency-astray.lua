-- SPDX-License-Identifier: MIT
-- Amounts converted to a currency that is none, at a moment that is none, to places that are none.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order)
    local code = "CNY"
    for i = 1, 12 do code = code .. code end
    select_currency(code)
    local moment = ({ order, code })[#code % 2 + 1]
    return money_in(order, "amount", code, moment, 1099511627776) or plain_amount(order, "order_id", "CNY", nil, -1)
  end,
}
