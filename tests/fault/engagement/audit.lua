-- SPDX-License-Identifier: MIT
-- Thirty rows in three tables, read in every way there is.
engagement {
  title = "Faults", entity = "Example Bearings Co., Ltd.", period = "2026-10", as_of = "2026-11-05",
  currency = "CNY", timezone = "Asia/Shanghai", language = "en", holidays = { "2026-10-01" },
}
import.csv { folder = "data" }
import.csv {
  table = "sales_order", file = "orders.txt", encoding = "GB18030", delimiter = ";",
  columns = {
    order_id = "Order", customer_id = "Customer", order_date = { "Date", format = "%d.%m.%Y" },
    amount = { "Amount", decimal = ",", group = "." }, status = { "Status", map = { O = "open", C = "closed" } },
    net = function(source) return div(decimal(source["Cents"]), 100, 2) end,
  },
  expect = { rows = 10, sum = { amount = "1355.50" } },
}
controls { folder = "controls" }
parameters { ["FLT-01"] = { tolerance = "0.02" } }
required { "FLT-01" }
