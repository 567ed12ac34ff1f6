-- SPDX-License-Identifier: MIT
-- An id that would leave its file and its line.
-- expect: refused id

control "../ATK\n01,=1" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
