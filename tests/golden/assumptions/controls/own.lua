-- One that rests on an assumption, one that lacks what it reads, one without a row.
control "OWN-01" {
  title = "Orders above 100 that count", severity = "high", amount_kind = "transaction", population = "sales_order",
  test = function(order)
    if order.status == "cancelled" or order.contract then return end
    if order.amount > decimal "100" or order.amount < decimal "-100" then
      return exception { amount = order.amount, approved = order.approved_at }
    end
  end,
}
control "OWN-02" {
  title = "Orders without a day of approval", severity = "low", population = "sales_order",
  test = function(order)
    if not order.approved_at or not order.submitted_at then return exception {} end
  end,
}
control "OWN-03" {
  title = "Nothing to test", severity = "low", population = "sales_order",
  applies = function(order) return order.amount > decimal "1000" end,
  test = function(order) return exception {} end,
}
control "OWN-04" {
  title = "Receipts", severity = "low", population = "receipt",
  test = function(receipt) if receipt.amount > 0 then return exception {} end end,
}
