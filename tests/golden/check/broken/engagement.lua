engagement { title = "Settings with mistakes", period = "2026-13", curency = "CNY", language = "cn" }
import.csv { table = "sales_order", file = "data/sales_order.csv", expct = { rows = 1 } }
controls { folder = "contrls" }
required { "CRD-1" }
profiles { "ship-frist" }
none { "contrct" }
