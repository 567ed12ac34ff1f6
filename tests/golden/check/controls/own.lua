-- SPDX-License-Identifier: MIT
control "OWN-01" {
  title       = { en = "An order of more than a hundred", zh = "超过一百的订单" },
  severity    = "low",
  population  = "sales_order",
  amount_kind = "transaction",
  message     = { en = "{amount}", zh = "{amount}" },
  test = function(order)
    if order.amount > 100 then return exception { amount = order.amount } end
  end,
  cases = {
    { "above", given = { sales_order = { { order_id = "SO1", amount = "101" } } }, expect = { { key = "SO1", amount = "101" } } },
  },
}
