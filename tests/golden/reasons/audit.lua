-- Every reason of the engine why a row is not tested that a run can be made to give, in a Chinese report. Result files say
-- them in English.
engagement {
  title = "Why it was not tested", entity = "Example Bearings Co., Ltd.",
  period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "zh",
}
import.csv { folder = "data" }
controls { folder = "controls" }
