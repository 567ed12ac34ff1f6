-- What `vouch check` says of data: each kind once, with its number, and every kind of it.
engagement {
  title = "What check says", entity = "Example Bearings Co., Ltd.",
  period = "2026-10", as_of = "2026-11-05", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
}
import.csv { file = "data/customer.csv", table = "customer" }
import.csv {
  file = "data/sales_order.csv", table = "sales_order",
  columns = { order_id = "id", customer_id = "customer", order_date = "date", amount = "amount",
              contract_id = "contract" },
  where = function(source) return source["id"] ~= "SO7" end,
  expect = { rows = 6, sum = { amount = "700.00" } },
}
import.csv { file = "data/sales_order_line.csv", table = "sales_order_line" }
controls { folder = "controls" }
required { "OWN-01", "RCT-01" }
none { "contract" }
waivers "waivers.csv"
