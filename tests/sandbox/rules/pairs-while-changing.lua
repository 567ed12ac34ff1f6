-- SPDX-License-Identifier: MIT
-- A table that changes while it is walked.
-- expect: clean

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order, p)
    local all = { a = 1, b = 2, c = 3 }
    for key in pairs(all) do
      all[key] = nil
      for i = 1, 50 do all[key .. tostring(i)] = i end
    end
  end,
}
