-- SPDX-License-Identifier: MIT
-- setmetatable({}, {}) is not offered.
-- expect: refused 11 setmetatable

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local x = setmetatable({}, {})
  end,
}
