-- A control for each reason: what it stumbles over stands in its test.
control "OWN-01" {
  title = { en = "No date", zh = "无日期" }, severity = "low", population = "sales_order",
  test = function(order) if order.customer_id == "C9" then return exception {} end end,
}
control "OWN-02" {
  title = { en = "A table", zh = "表" }, severity = "low", population = "sales_order", scope = "all",
  test = function(order) if #order.approvals > 0 then return exception {} end end,
}
control "OWN-03" {
  title = { en = "A reference", zh = "引用" }, severity = "low", population = "sales_order", scope = "all",
  test = function(order) if order.contract then return exception {} end end,
}
control "OWN-04" {
  title = { en = "A column", zh = "列" }, severity = "low", population = "sales_order", scope = "all",
  test = function(order) if order.status == "closed" then return exception {} end end,
}
control "OWN-05" {
  title = { en = "Two in force", zh = "同时有效" }, severity = "low", population = "sales_order",
  test = function(order) if not order.season then return exception {} end end,
}
control "OWN-06" {
  title = { en = "Cells and currencies", zh = "单元格和币种" }, severity = "low", population = "sales_order",
  scope = "all", group = { "customer_id" },
  test = function(orders)
    local total = 0
    for order in each(orders) do total = total + order.amount end
    if total < 0 then return exception {} end
  end,
}
control "OWN-07" {
  title = { en = "A rate", zh = "汇率" }, severity = "low", population = "sales_order", scope = "all",
  applies = function(order) return order.currency == "USD" end,
  test = function(order)
    if money_in(order, "amount", "CNY", order.order_date) > 1000000 then return exception {} end
  end,
}
control "OWN-08" {
  title = { en = "Other words", zh = "规则自己的话" }, severity = "low", population = "sales_order", scope = "all",
  test = function() untestable "the rule's own words" end,
}
control "OWN-09" {
  title = { en = "Not there", zh = "未导入" }, severity = "low", population = { "invoice", "receipt" },
  test = function() end,
}
control "OWN-10" {
  title = { en = "Evidence", zh = "证据" }, severity = "low", population = "sales_order",
  evidence_columns = { "sales_order.rejection_note" },
  test = function(order) if order.rejection_note then return exception {} end end,
}
control "OWN-11" {
  title = { en = "Nothing in scope", zh = "范围内没有" }, severity = "low", population = "season",
  applies = function() return false end,
  test = function() end,
}
control "OWN-12" {
  title = { en = "Instructions", zh = "指令" }, severity = "low", population = "customer",
  test = function() while true do end end,
}
control "OWN-13" {
  title = { en = "Two of one id", zh = "编号相同" }, severity = "low", population = "customer",
  test = function() return { exception {}, exception {} } end,
}
control "OWN-14" {
  title = { en = "A moment", zh = "时刻" }, severity = "low", population = "sales_order", scope = "all",
  applies = function(order) return order.order_id == "SO5" end,
  test = function(order) if order.credit_at_approval then return exception {} end end,
}
