-- SPDX-License-Identifier: MIT
-- A declaration a million tables deep.
-- expect: refused

local values = { 1 }
for i = 1, 1000000 do values = { values } end
control "ATK-01" {
  title = { en = "Attack" }, severity = "low", population = "sales_order",
  parameters = { values = { values, origin = "policy" } },
  test = function() end,
}
