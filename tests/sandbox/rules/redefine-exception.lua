-- SPDX-License-Identifier: MIT
-- What makes exceptions made to make none.
-- expect: refused 5 exception

exception = function() return nil end
control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
