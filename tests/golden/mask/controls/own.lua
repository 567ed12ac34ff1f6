control "OWN-01" {
  title      = { en = "Customers with one telephone" },
  severity   = "low",
  population = "customer",
  group      = { "phone" },
  scope      = "all",
  message    = { en = "{count} customers call from {phone}: {names}" },
  test = function(customers)
    if #customers < 2 then return end
    return exception {
      count = #customers, phone = customers[1].phone, evidence = customers,
      names = customers[1].name .. "/" .. customers[2].name,
    }
  end,
  cases = {
    { "two", given = { customer = { { customer_id = "C1", phone = "1", name = "a" }, { customer_id = "C2", phone = "1", name = "b" } } },
      expect = { { key = "1", count = "2" } } },
  },
}

control "OWN-02" {
  title      = { en = "Each order" },
  severity   = "low",
  population = "sales_order",
  message    = { en = "call {phone} or mail {name}" },
  test = function(order)
    local customer = order.customer
    return exception { label = customer.phone, phone = "tel:" .. customer.phone, name = customer.name, quantity = 138, evidence = { customer } }
  end,
  cases = {
    { "one", given = { sales_order = { { order_id = "SO1", order_date = "2026-10-05", customer_id = "C1" } },
        customer = { { customer_id = "C1", phone = "1", name = "a" } } },
      expect = { { key = "SO1", phone = "tel:1" } } },
  },
}
