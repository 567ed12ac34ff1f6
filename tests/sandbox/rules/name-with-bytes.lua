-- SPDX-License-Identifier: MIT
-- The name of a value with bytes that are no text.
-- expect: errors 5 without control characters

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return exception { ["na\"me\n\255"] = "x" }
  end,
}
