control "OWN-02" {
  title = "Orders by size", severity = "low", population = "sales_order", scope = "all", amount_kind = "exposure",
  message = "{size}",
  test = function(order)
    if order.amount > 1000 then return exception { amount = order.amount - 1000, size = "large" } end
    if order.amount < 0 then return untestable "a red order" end
  end,
}

control "OWN-03" { title = "No case yet", severity = "low", population = "sales_order", test = function(order) end }
