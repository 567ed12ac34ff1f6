-- SPDX-License-Identifier: MIT
engagement { title = "x", period = "2026-01", curency = "CNY" }
import.csv "x"
import.csv { foldr = "d", encodng = "UTF-8" }
waivers { fil = "x" }
