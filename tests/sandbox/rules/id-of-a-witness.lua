-- SPDX-License-Identifier: MIT
-- A control with the id of another file.
-- expect: refused WIT-01

control "WIT-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
