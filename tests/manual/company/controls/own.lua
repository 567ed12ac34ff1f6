-- SPDX-License-Identifier: MIT
-- Tests whatever an example has imported.
control "OWN-01" {
  title      = "Rows are seen",
  severity   = "low",
  profile    = { "general" },
  population = { "customer", "sales_order", "sales_order_line", "voucher_line", "receipt", "receivable_entry", "revenue_entry",
                 "opening_balance" },
  scope      = "all",
  test       = function(row) return end,
}

control "OWN-02" {
  title      = "Orders are seen",
  severity   = "low",
  population = "sales_order",
  test       = function(order) return end,
}
