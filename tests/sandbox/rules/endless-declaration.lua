-- SPDX-License-Identifier: MIT
-- A declaration that contains itself.
-- expect: refused

local title = { en = "Attack" }
title.zh = title
control "ATK-01" { title = title, severity = "low", population = "sales_order", test = function() end }
