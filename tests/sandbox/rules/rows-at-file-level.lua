-- SPDX-License-Identifier: MIT
-- Rows asked for while the file is loaded.
-- expect: refused 5

local all = rows("sales_order")
control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
