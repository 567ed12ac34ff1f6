-- SPDX-License-Identifier: MIT
-- A date plus the largest integer.
-- expect: errors 5 the years 1 to 9999

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local result = order.order_date + 9223372036854775807 -- before the braces, where it decides
    return exception { value = result }
  end,
}
