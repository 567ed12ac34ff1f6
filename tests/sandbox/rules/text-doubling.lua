-- SPDX-License-Identifier: MIT
-- A text that doubles until memory ends.
-- expect: failed used more than 268435456 bytes of memory

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = "xxxxxxxxxxxxxxxx"
    while true do text = text .. text end
  end,
}
