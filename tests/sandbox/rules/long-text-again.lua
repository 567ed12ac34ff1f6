-- SPDX-License-Identifier: MIT
-- Texts of many megabytes copied over and over: each instruction costs milliseconds.
-- expect: failed

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = "xxxxxxxxxxxxxxxx"
    for i = 1, 21 do text = text .. text end
    while true do local copy = text .. "x" end
  end,
}
