-- SPDX-License-Identifier: MIT
-- Dates moved out of the calendar.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    add_months(order.order_date, 9223372036854775807)
  end,
}
