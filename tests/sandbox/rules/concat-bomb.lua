-- SPDX-License-Identifier: MIT
-- A list of one text, joined: more than the memory of a rule.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = "xxxxxxxxxxxxxxxx"
    for i = 1, 16 do text = text .. text end
    local all = {}
    for i = 1, 1000 do table.insert(all, text) end
    return untestable(table.concat(all))
  end,
}
