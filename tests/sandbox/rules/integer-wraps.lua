-- SPDX-License-Identifier: MIT
-- An integer beyond 64 bits.
-- expect: errors 5 64 bits

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
