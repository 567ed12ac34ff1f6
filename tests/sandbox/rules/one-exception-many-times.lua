-- SPDX-License-Identifier: MIT
-- One exception listed five million times.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local one = exception { }
    local all = {}
    for i = 1, 5000000 do all[i] = one end
    return all
  end,
}
