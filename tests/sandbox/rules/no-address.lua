-- SPDX-License-Identifier: MIT
-- The address of a table.
-- expect: errors 5 has no text

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local result = tostring({}) -- before the braces, where it decides
    return exception { value = result }
  end,
}
