control "OWN-01" {
  title      = { en = "Order above the limit without approval", zh = "超限额订单未审批" },
  source     = { "Sales policy 4.2" },
  severity   = "high",
  population = "sales_order",
  parameters = { limit = { decimal "50000", origin = "policy" } },
  amount_kind = "transaction",
  message    = {
    en = "{amount} is above {limit} and nobody approved it",
    zh = "金额 {amount} 超过限额 {limit}，且无人审批",
  },

  test = function(order, p)
    if order.amount <= p.limit then return end
    if order.approved_at then return end
    return exception { amount = order.amount, limit = p.limit }
  end,

  cases = {
    { "one cent above the limit",
      given  = { sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "50000.01" } } },
      expect = { { key = "SO1", amount = "50000.01" } } },
    { "at the limit",
      given  = { sales_order = { { order_id = "SO1", order_date = "2026-10-05", amount = "50000" } } },
      expect = {} },
    { "above the limit, approved",
      given  = { sales_order = {
        { order_id = "SO1", order_date = "2026-10-05", amount = "50001", approved_at = "2026-10-05T09:00:00" },
      } },
      expect = {} },
  },
}
