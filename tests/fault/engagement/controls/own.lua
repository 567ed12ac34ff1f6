-- SPDX-License-Identifier: MIT
-- A control of the engagement's own.
control "OWN-01" {
  title       = { en = "Closed order" },
  severity    = "medium",
  population  = "sales_order",
  message     = { en = "closed, net {net}" },
  test = function(order)
    if order.status == "closed" then return exception { net = order.net } end
  end,
  cases = { { "nothing", given = {}, expect = {} } },
}
