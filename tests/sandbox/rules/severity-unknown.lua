-- SPDX-License-Identifier: MIT
-- A severity that is none.
-- expect: errors 5 severity is low, medium, high or critical

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    return exception { ["sever" .. "ity"] = "sev" .. "ere" }
  end,
}
