-- SPDX-License-Identifier: MIT
-- Evidence nested a hundred thousand tables deep.
-- expect: errors 5 too deeply

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local evidence = { order }
    for i = 1, 100000 do evidence = { evidence } end
    return exception { evidence = evidence }
  end,
}
