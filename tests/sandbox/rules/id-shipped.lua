-- SPDX-License-Identifier: MIT
-- A control with the id of a shipped one.
-- expect: refused PRC-01

control "PRC-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
