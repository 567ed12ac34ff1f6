-- SPDX-License-Identifier: MIT
-- The name of a value of a megabyte.
-- expect: errors 5 1 to 100 bytes

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local text = "xxxxxxxxxxxxxxxx"
    for i = 1, 16 do text = text .. text end
    return exception { [text] = "x" }
  end,
}
