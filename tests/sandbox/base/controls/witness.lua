-- SPDX-License-Identifier: MIT
-- What these find must not change, whatever stands in the file beside.

control "WIT-01" {
  title       = { en = "Order above the limit without approval" },
  severity    = "high",
  population  = "sales_order",
  parameters  = { limit = { decimal "50000", origin = "policy" } },
  amount_kind = "transaction",
  message     = { en = "{amount} is above {limit}" },
  test = function(order, p)
    if order.amount <= p.limit or order.approved_at then return end
    return exception { amount = order.amount, limit = p.limit, evidence = { order, order.customer } }
  end,
  cases = {
    { "one cent above", given = { sales_order = { { order_id = "A", order_date = "2026-10-05", amount = "50000.01" } } },
      expect = { { key = "A", amount = "50000.01" } } },
  },
}

control "WIT-02" {
  title       = { en = "Customer with two orders" },
  severity    = "low",
  population  = "sales_order",
  group       = { "customer_id" },
  amount_kind = "exposure",
  message     = { en = "{orders} orders" },
  test = function(orders)
    if #orders < 2 then return end
    return exception { amount = sum(orders, "amount"), orders = #orders, evidence = orders }
  end,
  cases = {
    { "two", given = { sales_order = {
        { order_id = "A", order_date = "2026-10-05", customer_id = "C", amount = "1" },
        { order_id = "B", order_date = "2026-10-05", customer_id = "C", amount = "2" },
      } }, expect = { { key = "C", amount = "3" } } },
  },
}
