engagement { title = "A source that is not there", period = "2026-10", currency = "CNY" }
import.csv {
  table = "sales_order", file = "data/sales_ordr.csv",
}
