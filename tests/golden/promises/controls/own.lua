control "OWN-01" {
  title = "Every row that can be tested errs: failed, though one has no date", severity = "low",
  population = "sales_order",
  test = function(order) error("no opinion on " .. order.order_id) end,
}

control "OWN-02" {
  title = "Applies to no row: nothing was tested", severity = "low", population = "sales_order",
  applies = function(order) return order.amount < 0 end,
  test = function() end,
}

control "OWN-03" {
  title = "Orders with an approval", severity = "low", population = "sales_order", scope = "all",
  message = { en = "{approvals} approvals" },
  test = function(order)
    if #order.approvals > 0 then return exception { approvals = #order.approvals } end
  end,
}
