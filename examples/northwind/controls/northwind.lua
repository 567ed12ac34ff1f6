-- SPDX-License-Identifier: MIT
-- Two rules of Northwind's own. A control is data and a function; its cases are run by `vouch test`.

control "NWD-01" {
  title      = { en = "Unit price below the list price, before any discount",
                 zh = "未计折扣的单价低于标准价" },
  risk       = { en = "Old prices stay in use and revenue is lost.",
                 zh = "沿用旧价，收入流失。" },
  source     = { "Northwind price list" },
  severity   = "medium",
  profile    = { "general" },
  population = "sales_order_line",
  parameters = { tolerance_pct = { decimal "0", origin = "default" } },
  amount_kind = "misstatement",
  message    = { en = "sold at {price}, list price {list}", zh = "成交单价 {price}，标准价 {list}" },

  test = function(line, p)
    local list = line.price          -- the price list line in force on the order date
    if not list then return untestable "no list price" end
    if line.unit_price >= less_percent(list.list_price, p.tolerance_pct) then return end
    return exception {
      amount   = (list.list_price - line.unit_price) * line.quantity,
      price    = line.unit_price, list = list.list_price,
      evidence = { list, line.order },
    }
  end,

  cases = {
    { "one dollar below the list price",
      given = {
        price_list       = { { price_list_id = "L", valid_from = "1990-01-01", approved_at = "1989-12-15" } },
        price_list_line  = { { price_list_id = "L", product_id = "P", list_price = "10", floor_price = "10" } },
        sales_order      = { { order_id = "A", order_date = "1997-03-03", approved_at = "1997-03-03" } },
        sales_order_line = { { order_id = "A", line_no = 1, product_id = "P", quantity = 5, unit_price = "9" } },
      },
      expect = { { key = "A/1", amount = "5.00" } } },
    { "at the list price, with a discount on top",
      given = {
        price_list       = { { price_list_id = "L", valid_from = "1990-01-01", approved_at = "1989-12-15" } },
        price_list_line  = { { price_list_id = "L", product_id = "P", list_price = "10", floor_price = "10" } },
        sales_order      = { { order_id = "A", order_date = "1997-03-03", approved_at = "1997-03-03" } },
        sales_order_line = { { order_id = "A", line_no = 1, product_id = "P", quantity = 5, unit_price = "10",
                               discount_amount = "7.50" } },
      },
      expect = {} },
    { "no list names the product",
      given = {
        sales_order      = { { order_id = "A", order_date = "1997-03-03", approved_at = "1997-03-03" } },
        sales_order_line = { { order_id = "A", line_no = 1, product_id = "P", quantity = 5, unit_price = "9" } },
      },
      expect = { { key = "A/1", untestable = "no list price" } } },
  },
}

control "NWD-02" {
  title      = { en = "Shipped after the day the customer required",
                 zh = "晚于客户要求日期发货" },
  risk       = { en = "Customers are lost over late deliveries.", zh = "延期交货导致客户流失。" },
  source     = { "Northwind order terms" },
  severity   = "low",
  profile    = { "general" },
  population = "sales_order",
  applies    = function(order) return order.shipped_on ~= nil end,
  amount_kind = "transaction",
  message    = { en = "required on {required}, shipped on {shipped}, {days} days late",
                 zh = "要求 {required}，实际发货 {shipped}，晚 {days} 天" },

  test = function(order)
    if not order.delivery_due_on then return untestable "no required date" end
    if order.shipped_on <= order.delivery_due_on then return end
    return exception {
      required = order.delivery_due_on, shipped = order.shipped_on,
      days     = order.shipped_on - order.delivery_due_on,
    }
  end,

  cases = {
    { "one day late",
      given = { sales_order = { { order_id = "A", order_date = "1997-03-03", delivery_due_on = "1997-03-31",
                                  shipped_on = "1997-04-01" } } },
      expect = { { key = "A" } } },
    { "on the day itself, and not shipped yet",
      given = { sales_order = {
        { order_id = "A", order_date = "1997-03-03", delivery_due_on = "1997-03-31", shipped_on = "1997-03-31" },
        { order_id = "B", order_date = "1997-03-03", delivery_due_on = "1997-03-31" },
      } },
      expect = {} },
    { "no required date",
      given = { sales_order = { { order_id = "A", order_date = "1997-03-03", shipped_on = "1997-03-10" } } },
      expect = { { key = "A", untestable = "no required date" } } },
  },
}
