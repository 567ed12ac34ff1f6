-- SPDX-License-Identifier: MIT
-- A helper of the library made to approve everything.
-- expect: refused 5 approved

function approved() return true end
control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
