-- SPDX-License-Identifier: MIT
-- A declaration that shares its parts: 2^40 values.
-- expect: refused

local values = { 1 }
for i = 1, 40 do values = { values, values } end
control "ATK-01" {
  title = { en = "Attack" }, severity = "low", population = "sales_order",
  parameters = { values = { values, origin = "policy" } },
  test = function() end,
}
