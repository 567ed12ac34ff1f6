-- SPDX-License-Identifier: MIT
-- A hundred thousand exceptions of each row.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = "xxxxxxxxxxxxxxxx"
    for i = 1, 8 do text = text .. text end
    local all = {}
    for i = 1, 100000 do all[i] = exception { label = tostring(i), value = text } end
    return all
  end,
}
