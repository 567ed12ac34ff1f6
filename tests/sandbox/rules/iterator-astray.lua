-- SPDX-License-Identifier: MIT
-- The iterators of the library called with positions of their own.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local step = ipairs(order.lines)
    for _, at in ipairs({ -1, -9223372036854775807, 9223372036854775807, 4611686018427387904, 0, 17 }) do
      step(order.lines, at)
      step({ 1 }, at)
    end
  end,
}
