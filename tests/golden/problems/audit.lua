-- Every reason why a cell, a record or a line of waivers cannot be read, in English and in Chinese.
engagement {
  title = "What cannot be read", entity = "Example Bearings Co., Ltd.",
  period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "zh",
}
table "reading" {
  zh     = "读数",
  key    = { "reading_id" },
  fields = {
    { "reading_id", text, "编号" }, { "amount", money, "金额" }, { "pieces", int, "件数" }, { "day", date, "日期" },
    { "moment", timestamp, "时间" }, { "rush", bool, "加急" }, { "grade", enum { "a", "b" }, "等级" },
    { "customer_id", text, "客户", to = "customer" }, { "document_type", text, "单据类型" },
    { "document_id", text, "单据编号" },
  },
  references = { document = { kind = "document_type", id = "document_id" } },
}
import.csv { file = "data/customer.csv", table = "customer" }
import.csv { file = "data/reading.csv", table = "reading" }
import.csv { file = "data/form.csv", table = "reading",
  columns = { reading_id = "id", day = { "day", format = "%d.%m.%Y" }, amount = { "amount", decimal = ",", group = "." } } }
import.csv { file = "data/computed.csv", table = "reading", columns = {
  reading_id = function(source) if source.id == "none" then return nil end return source.id end,
  amount = function(source) if source.id == "F2" then return true end return source.amount * 2 end,
} }
import.csv { file = "data/narrow.csv", table = "customer", columns = { customer_id = "customer_id" } }
import.csv { file = "data/long.csv", table = "customer", field_cap = 40 }
controls { folder = "controls" }
waivers "waivers.csv"
