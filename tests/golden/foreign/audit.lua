engagement {
  title = "十月订单", period = "2026-10", currency = "CNY", timezone = "Asia/Shanghai", language = "zh",
}
import.csv {
  table    = "sales_order",
  file     = "export/销售订单.csv",
  encoding = "GB18030",
  columns  = {
    order_id   = "单据编号",
    order_date = { "单据日期", format = "%Y年%m月%d日" },
    amount     = { "价税合计", group = "," },
    status     = { "状态", map = { ["已审核"] = "approved", ["作废"] = "cancelled" } },
    approved_at = { value = "" },
  },
  expect   = { rows = 3, sum = { amount = "180000.01" } },
}
import.csv {                                  -- the same file: what either takes is used
  table    = "customer",
  file     = "export/销售订单.csv",
  encoding = "GB18030",
  columns  = { customer_id = "单据编号", name = "状态" },
}
controls { folder = "controls" }
