-- SPDX-License-Identifier: MIT
-- An amount beyond 64 bits.
-- expect: errors 5 more than 64 bits

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local big = decimal "9223372036854775807"
    local result = big + big -- before the braces, where it decides
    return exception { amount = result }
  end,
}
