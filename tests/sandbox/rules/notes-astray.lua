-- SPDX-License-Identifier: MIT
-- Notes about rows that are not under test, of people and amounts that are none, by the thousand.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order)
    for i = 1, 5000 do
      for other in each(rows("sales_order")) do passed_same_day { by = other.order_id, row = other } end
    end
    passed_within_tolerance { amount = {}, row = "SO1" }
  end,
}
