-- SPDX-License-Identifier: MIT
-- Times compared while no zone is known.
-- expect: refused 5

local late = timestamp "2026-10-05T09:00:00" > date "2026-10-05"
control "ATK-01" { title = { en = "Attack" }, severity = "low", population = "sales_order", test = function() end }
