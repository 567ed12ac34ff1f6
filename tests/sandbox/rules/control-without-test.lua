-- SPDX-License-Identifier: MIT
-- A control that tests nothing.
-- expect: refused test

control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order" }
