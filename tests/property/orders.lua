-- SPDX-License-Identifier: MIT
-- Controls whose findings would show an order that is not fixed: of rows, of groups, of keys, of equal sort keys.

control "ORD-A1" {
  title       = { en = "Order without approval" },
  severity    = "medium",
  population  = "sales_order",
  amount_kind = "transaction",
  message     = { en = "{amount} not approved" },
  test = function(order)
    if order.approved_at then return end
    return exception { amount = order.amount, lines = #order.lines, evidence = { order.customer, order.lines } }
  end,
  cases = { { "none", given = {}, expect = {} } },
}

control "ORD-A2" {
  title       = { en = "Orders of one customer on one day" },
  severity    = "low",
  population  = "sales_order",
  group       = { "customer_id", "order_date" },
  message     = { en = "{orders} orders: {first}" },
  test = function(orders)
    if #orders < 2 then return end
    local sorted = sort(orders, "amount")
    local products = {}
    for order in each(sorted) do
      for line in each(order.lines) do products[line.product_id] = true end
    end
    local names = {}
    for product in pairs(products) do table.insert(names, product) end
    return exception {
      orders = #orders, first = key_of(sorted[1]), products = table.concat(names, " "), evidence = sorted,
    }
  end,
  cases = { { "none", given = {}, expect = {} } },
}

control "ORD-A3" {
  title      = { en = "Line among the dearest of its product" },
  severity   = "low",
  population = "sales_order_line",
  message    = { en = "{place} of {lines}" },
  test = function(line)
    local lines = lookup("sales_order_line", { product_id = line.product_id })
    for place, other in ipairs(sort(lines, "quantity")) do
      if other == line and place <= 3 then return exception { place = place, lines = #lines } end
    end
  end,
  cases = { { "none", given = {}, expect = {} } },
}
