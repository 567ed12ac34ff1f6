-- SPDX-License-Identifier: MIT
-- Sort keys that contain themselves.
-- expect: errors 5 too deep

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order, p)
    local a, b = {}, {}
    a[1] = a
    b[1] = b
    sort({ a, b })
  end,
}
