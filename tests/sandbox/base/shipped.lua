-- SPDX-License-Identifier: MIT
-- Stands in for the shipped controls.

control "PRC-01" {
  title      = { en = "Line without a price" },
  severity   = "low",
  population = "sales_order_line",
  test = function(line) if not line.unit_price then return exception { line = line.line_no } end end,
  cases = { { "priced", given = { sales_order_line = { { order_id = "A", line_no = 1, unit_price = "1" } } }, expect = {} } },
}
