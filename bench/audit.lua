-- SPDX-License-Identifier: MIT
-- The engagement that `make bench` runs over generated data.

engagement {
  title    = "Benchmark: a year of sales",
  entity   = "Generated",
  period   = { from = "2026-01-01", to = "2026-12-31" },
  currency = "CNY",
  timezone = "Asia/Shanghai",
  language = "en",
}

import.csv { folder = "data" }
controls   { folder = "controls" }
