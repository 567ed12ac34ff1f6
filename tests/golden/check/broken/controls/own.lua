-- SPDX-License-Identifier: MIT
control "OWN-01" {
  title      = { en = "A mistake in many a line", zh = "多处错误" },
  severity   = "low"
  population = "sales_order"，
  parameters = { limit = { 100, origin = "policy" } },
  message    = { en = "{amount}", zh = "{amount}" },
  amount_kind = "transaction",
  test = function(order p)
    if order.status = "draft" then return end
    if order.amount != nil && first(order.lines, "quantity", 3) return end
    if first(order.amount) then return end
    return exception { amount = order.amuont }
  end,
  cases = {},
}
control "OWN-02" {
  title    = { en = "Never closed", zh = "没有结束",
  severity = "low",
}
control "OWN-03" {
  title    = { en = "No end", zh = "缺少 end" },
  severity = "low",
  test = function(order)
    if order.amount == nil then return
    local amount = order.amount
    return exception { amount = amount }
  end,
}
control "OWN-04" {
  title    = { en = "No quote, zh = "缺少引号" },
  severity = "low",
}
