-- SPDX-License-Identifier: MIT
-- Rules that find nothing: what reading a row costs. The figures of docs/benchmarks.md name them.

control "BEN-01" {
  title      = { en = "Empty rule" },
  source     = { "benchmark" },
  severity   = "low",
  population = "sales_order_line",
  test       = function() end,
}

control "BEN-02" {
  title      = { en = "One field: the price is negative" },
  source     = { "benchmark" },
  severity   = "low",
  population = "sales_order_line",
  message    = { en = "negative price" },
  test = function(line)
    if line.unit_price < 0 then return exception {} end
  end,
}

control "BEN-03" {
  title      = { en = "Three fields over a reference: sold below the floor price" },
  source     = { "benchmark" },
  severity   = "low",
  population = "sales_order_line",
  test = function(line)
    if line.unit_price < line.price.floor_price then return end
  end,
}

control "BEN-04" {
  title      = { en = "Three fields of a row: quantity × price is more than twice the amount" },
  source     = { "benchmark" },
  severity   = "low",
  population = "sales_order_line",
  message    = { en = "amount too low" },
  test = function(line)
    if line.quantity * line.unit_price > line.amount + line.amount then return exception {} end
  end,
}

control "BEN-05" {
  title      = { en = "Reference chain: an order of a customer who was deleted" },
  source     = { "benchmark" },
  severity   = "low",
  population = "sales_order_line",
  message    = { en = "customer deleted" },
  test = function(line)
    if line.order.customer.status == "deleted" then return exception {} end
  end,
}
