-- SPDX-License-Identifier: MIT
-- Evidence that contains itself.
-- expect: errors 5 too deeply

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local evidence = {}
    evidence[1] = evidence
    return exception { evidence = evidence }
  end,
}
