-- SPDX-License-Identifier: MIT
-- Returns and exchanges asked for by customers.

-- deliveries: the return itself and, for an exchange, its replacement.
table "return_request" {
  zh  = "退货申请",
  key = { "return_id" },
  absent = {
    contradicted = { "return_line" },
    en = "no return or exchange was asked for: no requests were imported",
    zh = "未提供退货申请：视为无退换货申请，退货以退货单为准",
  },
  fields = {
    { "return_id",            text,      "编号" },
    { "kind",                 enum { "return", "exchange" }, "退货或换货" }, -- 退货/换货
    { "customer_id",          text,      "客户", to = "customer" },
    { "delivery_id",          text,      "原发货单", to = "delivery" },
    { "requested_on",         date,      "客户申请日" },
    { "customer_request_ref", text,      "客户申请依据", recorded = "maybe" },
    { "salesperson_id",       text,      "销售员", to = "employee", people = "employees" },
    { "branch_confirmed_by",  text,      "分部经理", to = "employee" },
    { "branch_confirmed_at",  timestamp, "分部确认时间", recorded = "maybe" },
    { "checked_by",           text,      "核对人", to = "employee", recorded = "maybe" }, -- 销售员
    { "checked_at",           timestamp, "核对时间", recorded = "maybe" }, -- 核对品名规格数量
    { "authenticity_by",      text,      "鉴定人", to = "employee" }, -- 技术部
    { "authenticity_at",      timestamp, "鉴定时间", recorded = "maybe" }, -- 鉴定真伪
    { "authenticity_result",  enum { "genuine", "counterfeit" }, "鉴定结论" }, -- 真品/假冒
    { "reviewed_by",          text,      "审核人", to = "employee", recorded = "maybe" }, -- 销售部经理
    { "reviewed_at",          timestamp, "审核时间", recorded = "maybe" },
    { "company_id",           text,      "账套", to = "company" },
    { "status",               text,      "单据状态" }, -- void 作废
    { "posting_date",         date,      "记账日期" },
    { "reversal_of",          text,      "冲销原单", to = "return_request" },
    { "last_modified_by",     text,      "最后修改人", to = "employee" },
    { "last_modified_at",     timestamp, "最后修改时间" },
  },
  absence = {
    kind = { value = "return", en = "all requests are for returns, none for an exchange: the list has no kind",
      zh = "退货申请未列类别：视为均为退货" },
    customer_id = { from = "delivery.customer_id", en = "requests name no customer: that of the delivery is taken",
      zh = "退货申请未列客户：取原发货单客户" },
    company_id = { from = { "delivery.company_id", { only = true } },
      en = "return requests name no company: taken as that of the delivery, else the only one in the books",
      zh = "退货申请未列账套：取发货单的账套，否则视为唯一账套" },
    status = { en = "no return request is void: the list has no status",
      zh = "退货申请未列状态：视为无作废单据" },
    reversal_of = { en = "no return request reverses another: the list does not say; negative amounts are red",
      zh = "退货申请未列冲销原单：视为无冲销单，负数金额为红字" },
  },
  reverse = {
    lines      = { "return_line", by = "return_request" },
    deliveries = { "delivery", by = "return_request" },
    approvals  = { "approval", by = "document" },
  },
  period   = "requested_on",
  customer = "customer_id",
  actor    = "salesperson_id",
}

table "return_line" {
  zh  = "退货详单",
  key = { "return_id", "line_no" },
  fields = {
    { "return_id",        text,    "退货", to = "return_request" },
    { "line_no",          int,     "行号" },
    { "delivery_line_no", int,     "原发货行" },
    { "product_id",       text,    "产品", to = "product" },
    { "spec",             text,    "规格" },
    { "quantity",         decimal, "数量", empty = "unknown" },
    { "unit_price",       money,   "单价" },
  },
  absence = {
    product_id = { from = "delivery_line.product_id",
      en = "return lines name no product: that of the delivery line is taken",
      zh = "退货明细未列产品：取原发货行产品" },
    spec = { role = "acquits", en = "return lines state no specification: it is not compared",
      zh = "退货明细未列规格：不比较规格" },
    unit_price = { from = "delivery_line.unit_price",
      en = "return lines state no price: that of the delivery is taken",
      zh = "退货明细未列单价：取原发货单价" },
    delivery_line_no = { en = "return lines name no line of the delivery: goods are matched by product",
      zh = "退货明细未列发货行：按产品匹配" },
  },
  references = {
    delivery_line = { "delivery_line",
      match = { { "delivery_id", "return_request.delivery_id" }, { "line_no", "delivery_line_no" } },
    },
  },
  period   = "return_request.requested_on",
  customer = "return_request.customer_id",
  actor    = "return_request.salesperson_id",
  currency = "return_request.delivery.currency",
}
