engagement { title = "A rule with mistakes", period = "2026-10", currency = "CNY" }
controls { folder = "controls" }
