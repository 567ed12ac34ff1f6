-- SPDX-License-Identifier: MIT
-- Controls made in a loop without an end.
-- expect: refused

local text = "xxxxxxxxxxxxxxxx"
for i = 1, 12 do text = text .. text end
for i = 1, 1000000000 do
  control("ATK-" .. tostring(i)) { title = { en = text .. tostring(i) }, severity = "low", population = "sales_order", test = function() end }
end
