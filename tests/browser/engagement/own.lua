-- SPDX-License-Identifier: MIT
control "OWN-01" {
  title       = { en = "Every order is an exception" },
  risk        = { en = "None: the page is tested with as many as there are." },
  tests       = { en = "Nothing." },
  follow_up   = { en = "Nothing has to be done." },
  shape       = "row",
  source      = { "tests" },
  severity    = "medium",
  population  = "sales_order",
  parameters  = {},
  amount_kind = "transaction",
  message     = { en = "{customer} ordered for {amount} on {date}, entered by {actor}" },

  test = function(order)
    return exception {
      amount = order.amount, customer = order.customer_id, date = order.order_date, actor = order.entered_by,
      evidence = { order, order, order },
    }
  end,

  cases = {
    { "an order",
      given  = { sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1", amount = "1" } } },
      expect = { { key = "SO1", amount = "1", customer = "C1" } } },
  },
}
