-- SPDX-License-Identifier: MIT
-- A global of the file.
-- expect: refused 5 shared

shared = {}
control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
