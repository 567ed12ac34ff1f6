-- SPDX-License-Identifier: MIT
-- Two controls of one id.
-- expect: refused ATK-01

control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
