-- SPDX-License-Identifier: MIT
-- Systems, people and their limits asked for by what is no id.
-- expect: errors 5

control "ATK-01" {
  title      = { en = "Attack" },
  severity   = "low",
  population = "sales_order",
  amount_kind = "exposure",
  test = function(order)
    local id = "x"
    for i = 1, 15 do id = id .. id end
    if is_system(id) or person(id) or automatic_limit(id) or same_person(id, id .. id) then return exception {} end
    return automatic_limit({}) or person({}) or is_system({})
  end,
}
