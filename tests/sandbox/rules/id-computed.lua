-- SPDX-License-Identifier: MIT
-- Controls made in a loop without an end.
-- expect: refused

for i = 1, 1000000000 do
  control("ATK-" .. tostring(i)) { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
end
