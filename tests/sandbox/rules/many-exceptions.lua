-- SPDX-License-Identifier: MIT
-- A million exceptions of each row.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local all = {}
    for i = 1, 1000000 do all[i] = exception { label = tostring(i) } end
    return all
  end,
}
