-- SPDX-License-Identifier: MIT
-- Each finds exactly what the generator planted.

control "BEN-11" {
  title       = { en = "Sold below the floor price in force" },
  source      = { "benchmark" },
  severity    = "high",
  population  = "sales_order_line",
  amount_kind = "misstatement",
  message     = { en = "sold at {price}, floor {floor}" },
  test = function(line)
    local list = line.price
    if not list then return untestable "no price in force" end
    if line.unit_price >= list.floor_price then return end
    return exception {
      amount = (list.floor_price - line.unit_price) * line.quantity,
      price  = line.unit_price, floor = list.floor_price, evidence = { list, line.order },
    }
  end,
}

control "BEN-12" {
  title       = { en = "Amount is not quantity × price" },
  source      = { "benchmark" },
  severity    = "medium",
  population  = "sales_order_line",
  amount_kind = "misstatement",
  message     = { en = "{amount} recorded, {computed} computed" },
  test = function(line)
    local computed = line.quantity * line.unit_price
    if computed == line.amount then return end
    return exception { amount = line.amount - computed, computed = computed }
  end,
}

control "BEN-13" {
  title      = { en = "Entered and approved by one person" },
  source     = { "benchmark" },
  severity   = "high",
  population = "sales_order",
  message    = { en = "{person} entered and approved the order" },
  test = function(order)
    if not same_person(order.entered_by, order.approved_by) then return end
    return exception { person = order.entered_by }
  end,
}

control "BEN-14" {
  title      = { en = "Shipped before the order was approved" },
  source     = { "benchmark" },
  severity   = "high",
  population = "delivery",
  message    = { en = "shipped on {shipped}, approved at {approved}" },
  test = function(delivery)
    local order = delivery.order
    if order.approved_at <= delivery.delivery_date then return end
    return exception {
      shipped = delivery.delivery_date, approved = order.approved_at, evidence = { order },
    }
  end,
}

control "BEN-15" {
  title      = { en = "Invoiced in another month than shipped" },
  source     = { "benchmark" },
  severity   = "medium",
  population = "invoice",
  message    = { en = "shipped on {shipped}, invoiced on {invoiced}" },
  test = function(invoice)
    for delivery in each(invoice.order.deliveries) do
      if month(delivery.delivery_date) ~= month(invoice.issued_on) then
        return exception {
          shipped = delivery.delivery_date, invoiced = invoice.issued_on, evidence = { delivery },
        }
      end
    end
  end,
}
