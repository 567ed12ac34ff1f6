engagement {
  title = "Lists as they are exported", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "en",
}
controls { folder = "controls" }
import.csv {
  table = "sales_order_line", file = "data/flat_1.csv",
  where = function(source) return source["单据编号"] ~= "合计" and source["单据编号"] ~= "小计" end,
  fill = { "单据编号", "单据日期", "客户" }, number = { line_no = "order_id" },
  columns = { order_id = "单据编号", product_id = "存货编码", quantity = "数量", amount = "金额" },
}
import.csv {
  table = "sales_order_line", file = "data/flat_2.csv", skip_end = 2,
  fill = { "单据编号", "单据日期", "客户" }, number = { line_no = "order_id" },
  columns = { order_id = "单据编号", product_id = "存货编码", quantity = "数量", amount = "金额" },
}
import.csv {                                  -- the headers of the same lists
  table = "sales_order", file = "data/flat_*.csv",
  where = { ["存货编码"] = "^P" },
  fill = { "单据编号", "单据日期", "客户" }, distinct = true, sum = { amount = { "金额", round = { 1, "half_up" } } },
  with = { head = { file = "data/billing.csv", key = { there = "单据号", here = "单据编号" } } },
  columns = {
    order_id = "单据编号", order_date = "单据日期", customer_id = "客户",
    channel = function(source) return source.head["类型"] end, approved_by = "head.审核人", approved_at = { value = "" },
  },
  expect = { rows = 3, sum = { amount = "61500" } },
}
