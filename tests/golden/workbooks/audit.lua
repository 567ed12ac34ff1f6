engagement {
  title = "Workbooks", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
}
controls { folder = "controls" }
local where = function(source) return source["单据编号"] ~= "合计" end
import.xlsx { file = "data/export.xlsx" }          -- sheets named like tables
import.xlsx {
  table = "sales_order_line", file = "data/export.xlsx", sheet = "明细", skip = 2, skip_end = 1, where = where,
  fill = { "单据编号", "单据日期", "客户" }, number = { line_no = "order_id" },
  columns = { order_id = "单据编号", product_id = "存货编码", quantity = "数量", amount = "金额", tax_rate = "税率" },
}
import.xlsx {                                      -- the headers of the same list, without `fill` where it is wanted
  table = "sales_order", file = "data/export.xlsx", sheet = 1, skip = 2, skip_end = 1,
  where = { ["单据编号"] = "^XS" },
  columns = { order_id = "单据编号", order_date = "单据日期", customer_id = "客户", amount = "金额" },
}
import.xls {
  table = "receipt", file = "data/old.xls", sheet = "发货单",
  columns = { receipt_id = "单号", received_on = "日期", amount = "金额", payer_name = "时间" },
}
import.xls {
  table = "receipt", file = "data/formulas.xls", header = false,
  columns = { receipt_id = 1, amount = 2, received_on = 3, payer_name = 4 },
}
