-- SPDX-License-Identifier: MIT
-- A function of texts replaced for all.
-- expect: refused 11 string

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    string.upper = function(text) return "x" end
  end,
}
