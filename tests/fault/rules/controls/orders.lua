-- SPDX-License-Identifier: MIT
-- One control of rows and one of groups.
control "FLT-01" {
  title       = { en = "Order whose lines do not add up" },
  severity    = "high",
  population  = "sales_order",
  parameters  = { tolerance = { decimal "0.01", origin = "policy" } },
  amount_kind = "misstatement",
  message     = { en = "{amount} apart, more than {tolerance}" },
  test = function(order, p)
    local apart = abs(order.amount - value_of(order))
    if apart <= p.tolerance then return end
    return exception { amount = apart, tolerance = p.tolerance, evidence = { order.customer, order.lines } }
  end,
  cases = { { "nothing", given = {}, expect = {} } },
}
control "FLT-02" {
  title       = { en = "Customer with three orders" },
  severity    = "low",
  population  = "sales_order",
  group       = { "customer_id" },
  amount_kind = "exposure",
  message     = { en = "{orders} orders" },
  test = function(orders)
    if #orders < 3 then return end
    local total = 0
    for order in each(sort(orders, "order_date")) do total = total + order.amount end
    return exception { amount = total, orders = #orders, evidence = orders }
  end,
  cases = { { "nothing", given = {}, expect = {} } },
}
