-- SPDX-License-Identifier: MIT
-- Sort keys that share their parts: 2^60 comparisons of one pair.
-- expect: errors 5 too deeply

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local a, b = { 1 }, { 1 }
    for i = 1, 60 do
      a = { a, a }
      b = { b, b }
    end
    sort({ a, b })
  end,
}
