-- SPDX-License-Identifier: MIT
-- Products beyond 64 bits.
-- expect: errors 5 more than 64 bits

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local big = decimal "9000000000000000000"
    local result = big * big -- before the braces, where it decides
    return exception { amount = result }
  end,
}
