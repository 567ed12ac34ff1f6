control "OWN-03" {
  title = { en = "No end" },
  test = function(order)
    if order.amount > 0 then return
  end,
}
