-- SPDX-License-Identifier: MIT
-- Sums.

-- The value of an order's lines.
function value_of(order)
  local total = 0
  for line in each(order.lines) do total = total + line.quantity * line.unit_price end
  return total
end
