engagement {
  title = "Orders of October", entity = "Example Bearings Co., Ltd.",
  period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
}
import.csv { folder = "data" }
import.csv {
  table = "sales_order", file = "data/sales_order.csv",
  expect = { rows = 5, sum = { amount = "270001.01" } },
}
controls { folder = "controls" }
required { "OWN-01" }
