engagement {
  title = "Grading", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
  materiality = { amount = "355", significant = decimal "40.00", significant_count = 3 },
}
import.csv { folder = "data" }
controls { folder = "controls" }
