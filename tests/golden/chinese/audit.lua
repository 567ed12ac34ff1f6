engagement {
  title = "Orders of October", entity = "Example Bearings Co., Ltd.",
  period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "zh",
}
import.csv { folder = "data" }
controls { folder = "controls" }
