-- SPDX-License-Identifier: MIT
-- Integers are Lua's own and wrap; amounts are decimals and do not.
-- expect: finds 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local most = 9223372036854775807
    local function twice(n) return n * 2 end
    return exception { value = twice(most) }
  end,
}
