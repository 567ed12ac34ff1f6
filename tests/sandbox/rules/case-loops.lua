-- SPDX-License-Identifier: MIT
-- A case whose data make the test endless.
-- expect: cases 1 instructions

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  test = function(order)
    while order.order_id == "A" do end
  end,
  cases = {
    { "endless", given = { sales_order = { { order_id = "A", order_date = "2026-10-05" } } }, expect = {} },
    { "ends", given = { sales_order = { { order_id = "B", order_date = "2026-10-05" } } }, expect = {} },
  },
}
