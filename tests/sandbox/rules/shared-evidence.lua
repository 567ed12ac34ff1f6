-- SPDX-License-Identifier: MIT
-- Evidence that shares its parts: 2^60 rows.
-- expect: errors 5 too deeply

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local evidence = { order }
    for i = 1, 60 do evidence = { evidence, evidence } end
    return exception { evidence = evidence }
  end,
}
