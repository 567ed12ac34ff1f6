-- SPDX-License-Identifier: MIT
-- Evidence that contains itself.
-- expect: errors 5 too deep

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order, p)
    local evidence = {}
    evidence[1] = evidence
    return exception { evidence = evidence }
  end,
}
