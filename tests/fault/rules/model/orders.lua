-- SPDX-License-Identifier: MIT
-- A model of three tables: a fault in any of its calls is tried.
table "customer" {
  key    = { "customer_id" },
  fields = { { "customer_id", text }, { "name", text } },
  reverse = { orders = { "sales_order", by = "customer" } },
}
table "sales_order" {
  key    = { "order_id" },
  fields = {
    { "order_id", text }, { "customer_id", text, to = "customer" }, { "order_date", date }, { "amount", money },
    { "currency", text }, { "approved_at", timestamp }, { "status", enum { "open", "closed" } }, { "net", decimal },
  },
  reverse = { lines = { "sales_order_line", by = "order" } },
  period = "order_date", customer = "customer_id", currency = "currency",
}
table "sales_order_line" {
  key    = { "order_id", "line_no" },
  fields = {
    { "order_id", text, to = "sales_order" }, { "line_no", int }, { "quantity", decimal }, { "unit_price", money },
  },
  period = "order.order_date",
}
