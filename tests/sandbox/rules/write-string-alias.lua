-- SPDX-License-Identifier: MIT
-- The table of text functions changed by an alias: it dies with the block.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local alias = string
    alias.upper = function(text) return "changed" end
  end,
}
