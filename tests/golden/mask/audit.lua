engagement { title = "Telephones", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en" }
import.csv { folder = "data" }
controls { folder = "controls" }
