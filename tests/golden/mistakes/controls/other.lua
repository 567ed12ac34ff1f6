control "OWN-02" {
  title      = { en = "Misspelt" },
  severity   = "sever",
  population = "sales_ordr",
  test = function(order)
    if order.amout > 0 then return end
    count = 1
  end,
}
