-- SPDX-License-Identifier: MIT
-- Sort keys that contain themselves.
-- expect: errors 5 too deeply

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local a, b = {}, {}
    a[1] = a
    b[1] = b
    sort({ a, b })
  end,
}
