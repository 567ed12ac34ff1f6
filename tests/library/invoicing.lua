-- SPDX-License-Identifier: MIT
-- The library's goods, shipments and billings of invoices, tried by controls that show what they find.

-- An order line of 10 delivered as 6 and 4, of which 2 came back, and these invoice lines.
local function sold(lines, more)
  local given = {
    product = { { product_id = "P1", uom = "piece" } },
    uom_conversion = { { product_id = "P1", uom = "box", base_quantity = "2" } },
    sales_order = { { order_id = "SO1", order_date = "2026-10-01" } },
    sales_order_line = { { order_id = "SO1", line_no = "1", product_id = "P1", quantity = "10" }, { order_id = "SO1", line_no = "2", product_id = "P2", quantity = "1" } },
    delivery = {
      { delivery_id = "D1", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-05" },
      { delivery_id = "D2", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-12" },
      { delivery_id = "D3", kind = "return", source_delivery_id = "D1", delivery_date = "2026-10-08" },
      { delivery_id = "D4", kind = "delivery", order_id = "SO1", delivery_date = "2026-10-12", status = "draft" },
    },
    delivery_line = {
      { delivery_id = "D1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
      { delivery_id = "D2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "2", uom = "box" },
      { delivery_id = "D3", line_no = "1", product_id = "P1", quantity = "-2" },
      { delivery_id = "D4", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "5" },
    },
    invoice = {
      { invoice_id = "I1", order_id = "SO1", issued_on = "2026-10-06" },
      { invoice_id = "I2", order_id = "SO1", issued_on = "2026-10-07", status = "void" },
      { invoice_id = "I3", issued_on = "2026-10-09", sign = "red" },
    },
    invoice_line = lines,
  }
  for name, rows in pairs(more or {}) do given[name] = rows end
  return given
end

local function listed(events)
  return table.concat(map(sort(events, function(event) return { event.on, event.quantity } end), function(event)
    return tostring(event.on) .. " " .. tostring(event.quantity)
  end), ", ")
end

control "GOODS-01" {
  title       = "The goods of an invoice line, what was shipped and what was invoiced of them",
  severity    = "low",
  scope       = "all",
  amount_kind = "transaction",
  population  = "invoice_line",
  message     = "{goods}: {shipped}; {billed}",
  test = function(line)
    local goods = goods_of(line)
    return exception {
      goods = goods and table_of(goods) .. " " .. key_of(goods) or "none",
      shipped = goods and listed(shipments_of(goods)) or "", billed = goods and listed(billings_of(goods)) or "",
      ordered = ordered_line(line) and key_of(ordered_line(line)) or "none",
    }
  end,
  cases = {
    { "a line that names its delivery line: the return of it counts, the other delivery does not",
      given = sold {
        { invoice_id = "I1", line_no = "1", delivery_id = "D1", delivery_line_no = "1", order_line_no = "1", product_id = "P1", quantity = "6" },
        { invoice_id = "I2", line_no = "1", delivery_id = "D1", delivery_line_no = "1", product_id = "P1", quantity = "9" },
        { invoice_id = "I3", line_no = "1", delivery_id = "D3", delivery_line_no = "1", product_id = "P1", quantity = "-2" },
      },
      expect = {
        { key = "I1/1", goods = "delivery_line D1/1", shipped = "2026-10-05 6, 2026-10-08 -2", billed = "2026-10-06 6, 2026-10-09 -2", ordered = "SO1/1" },
        { key = "I2/1", goods = "delivery_line D1/1", ordered = "SO1/1" },
        { key = "I3/1", goods = "delivery_line D3/1", shipped = "2026-10-08 -2", billed = "2026-10-09 -2", ordered = "none" },
      } },
    { "a line that names its order line: all deliveries, in the product's own unit; neither drafts nor void invoices",
      given = sold {
        { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "4", uom = "box" },
        { invoice_id = "I2", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "9" },
      },
      expect = {
        { key = "I1/1", goods = "sales_order_line SO1/1", shipped = "2026-10-05 6, 2026-10-08 -2, 2026-10-12 4", billed = "2026-10-06 8" },
        { key = "I2/1", goods = "sales_order_line SO1/1" },
      } },
    { "a line that names its delivery only, its product once in it; another product; its order only",
      given = sold {
        { invoice_id = "I1", line_no = "1", delivery_id = "D2", product_id = "P1", quantity = "1" },
        { invoice_id = "I1", line_no = "2", delivery_id = "D2", product_id = "P9", quantity = "1" },
        { invoice_id = "I1", line_no = "3", product_id = "P2", quantity = "1" },
      },
      expect = {
        { key = "I1/1", goods = "delivery_line D2/1", shipped = "2026-10-12 4", billed = "2026-10-06 1", ordered = "SO1/1" },
        { key = "I1/2", goods = "none", ordered = "none" },
        { key = "I1/3", goods = "sales_order_line SO1/2", ordered = "SO1/2" },
      } },
    { "deliveries were not imported: what was shipped is not known", absent = { "delivery" },
      given = sold { { invoice_id = "I1", line_no = "1", order_line_no = "1", product_id = "P1", quantity = "1" } },
      expect = { { key = "I1/1", goods = "sales_order_line SO1/1" } } },
  },
}

control "GOODS-02" {
  title       = "Kinds of invoices, their orders and payments",
  severity    = "low",
  scope       = "all",
  amount_kind = "transaction",
  population  = "invoice",
  message     = "{blue} {paper} {orders} {paid}",
  test = function(invoice)
    return exception {
      blue = tostring(is_blue_invoice(invoice)), paper = tostring(is_paper(invoice)), settled = tostring(is_of_settlement(invoice)),
      orders = table.concat(map(orders_of_invoice(invoice), "order_id"), " "), paid = sum(applications_of(invoice), "amount"),
    }
  end,
  cases = {
    { "blue by its sign, red by its sign, by its original, reversed, void, a draft",
      given = { invoice = {
        { invoice_id = "I1", sign = "blue", order_id = "SO1" }, { invoice_id = "I2", sign = "red" }, { invoice_id = "I3", original_invoice_id = "I1" },
        { invoice_id = "I4", reversal_of = "I1" }, { invoice_id = "I5", status = "void" }, { invoice_id = "I6", status = "draft", settlement_id = "T1" },
        { invoice_id = "I7", invoice_kind = "e_invoice" },
      }, sales_order = { { order_id = "SO1" }, { order_id = "SO2" } },
        invoice_line = { { invoice_id = "I1", line_no = "1", order_id = "SO2" }, { invoice_id = "I1", line_no = "2" }, { invoice_id = "I1", line_no = "3" } },
        receivable_entry = { { receivable_id = "A1", invoice_id = "I1" } },
        receipt_application = {
          { application_id = "X1", invoice_id = "I1", receivable_id = "A1", amount = "5" }, { application_id = "X2", receivable_id = "A1", amount = "2" },
          { application_id = "X3", invoice_id = "I1", amount = "1" },
        } },
      expect = {
        { key = "I1", blue = "true", paper = "true", settled = "false", orders = "SO2 SO1", paid = "8" }, { key = "I2", blue = "false" }, { key = "I3", blue = "false" },
        { key = "I4", blue = "false" }, { key = "I5", blue = "false" }, { key = "I6", blue = "false", settled = "true" }, { key = "I7", blue = "true", paper = "false" },
      } },
  },
}

control "GOODS-03" {
  title       = "Customers of one group",
  severity    = "low",
  scope       = "all",
  amount_kind = "transaction",
  population  = "customer",
  message     = "{same} {group}",
  test = function(customer)
    local other = lookup_one("customer", { customer_id = "C1" })
    return exception { same = tostring(is_one_customer(customer, other, false)), group = tostring(is_one_customer(customer, other, true)) }
  end,
  cases = {
    { "itself, its parent, its child, of the same parent, of another, of none",
      given = { customer = {
        { customer_id = "C1", parent_id = "P" }, { customer_id = "P" }, { customer_id = "C2", parent_id = "C1" }, { customer_id = "C3", parent_id = "P" },
        { customer_id = "C4", parent_id = "Q" }, { customer_id = "C5" },
      } },
      expect = {
        { key = "C1", same = "true", group = "true" }, { key = "P", same = "false", group = "true" }, { key = "C2", same = "false", group = "true" },
        { key = "C3", same = "false", group = "true" }, { key = "C4", same = "false", group = "false" }, { key = "C5", same = "false", group = "false" },
      } },
    { "two without a parent", given = { customer = { { customer_id = "C1" }, { customer_id = "C5" } } },
      expect = { { key = "C1", same = "true", group = "true" }, { key = "C5", same = "false", group = "false" } } },
  },
}
