control "OWN-01" {
  title      = { en = "Order above the limit without approval", zh = "超限额订单未审批" },
  tests      = { en = "The amount of each order with the limit.", zh = "每张订单的金额与限额比较。" },
  severity   = "high",
  population = "sales_order",
  parameters = { limit = { decimal "50000", origin = "policy" } },
  amount_kind = "transaction",
  message    = { en = "{amount} is above {limit} and nobody approved it", zh = "金额 {amount} 超过限额 {limit}，且无人审批" },

  test = function(order, p)
    if order.amount <= p.limit then return end
    if order.approved_at then return end
    return exception { amount = order.amount, limit = p.limit, evidence = { order.customer } }
  end,

  cases = {
    { "one cent above the limit",
      given  = { sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "50000.01" } } },
      expect = { { key = "SO1", amount = "50000.01" } } },
  },
}

control "OWN-02" {
  title      = { en = "Several orders of a customer", zh = "同一客户多张订单" },
  severity   = "low",
  population = "sales_order",
  group      = { "customer_id" },
  message    = { en = "{orders} orders" },

  test = function(orders)
    if #orders < 2 then return end
    return exception { orders = #orders, evidence = orders }
  end,

  cases = {
    { "two orders",
      given  = { sales_order = {
        { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1" },
        { order_id = "SO2", order_date = "2026-10-05", customer_id = "C1" },
      } },
      expect = { { key = "C1", orders = "2" } } },
  },
}
