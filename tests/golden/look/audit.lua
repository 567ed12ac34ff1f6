engagement {
  title = "Orders of October 2026", entity = "Example Bearings Co., Ltd.",
  period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
}
import.csv { folder = "data" }
controls { folder = "controls" }
