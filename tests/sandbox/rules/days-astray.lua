-- SPDX-License-Identifier: MIT
-- A working day beyond the calendar.
-- expect: errors 5 the years 1 to 9999

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    add_working_days(order.order_date, -9223372036854775807)
  end,
}
