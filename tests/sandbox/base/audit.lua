-- SPDX-License-Identifier: MIT
-- The engagement that every attack runs in: six orders, a witness whose results must not change.
engagement {
  title = "Sandbox", entity = "Example Bearings Co., Ltd.",
  period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
}
import.csv { folder = "data" }
controls { folder = "controls" }
