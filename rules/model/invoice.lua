-- SPDX-License-Identifier: MIT
-- Invoice requests and sales invoices. Red invoices carry negative quantities and amounts.

table "invoice_request" {
  zh  = "开票申请单",
  key = { "request_id" },
  fields = {
    { "request_id",   text,      "编号" },
    { "customer_id",  text,      "客户", to = "customer" },
    { "contract_id",  text,      "合同" },
    { "order_id",     text,      "订单", to = "sales_order" },
    { "amount",       money,     "金额" },
    { "requested_by", text,      "销售员", to = "employee" },
    { "requested_at", timestamp, "申请" },
    { "reviewed_by",  text,      "销售部审核", to = "employee" },
    { "reviewed_at",  timestamp, "审核时间" },
  },
  references = {
    contract = { "contract", match = { { "contract_id", "contract_id", otherwise = "order.contract_id" } } },
  },
  reverse = {
    invoices  = { "invoice", by = "request" },
    approvals = { "approval", by = "document" },
  },
  period   = "requested_at",
  customer = "customer_id",
  actor    = "requested_by",
  currency = "order.currency",
}

-- contract: its own, otherwise that of its order.
table "invoice" {
  zh  = "销售发票",
  key = { "invoice_id" },
  fields = {
    { "invoice_id",          text,      "编号" },
    { "invoice_no",          text,      "发票号" },
    { "kind",                enum { "vat_special", "vat_ordinary" }, "发票种类" }, -- 专用/普通
    { "sign",                enum { "blue", "red" }, "蓝红字" }, -- 蓝/红字
    { "mode",                enum { "after_delivery", "direct" }, "开票方式" }, -- 先发货后开票/开票直接发货
    { "original_invoice_id", text,      "原发票", to = "invoice" },
    { "request_id",          text,      "开票申请", to = "invoice_request" },
    { "customer_id",         text,      "客户", to = "customer" },
    { "contract_id",         text,      "合同" },
    { "order_id",            text,      "订单", to = "sales_order" },
    { "settlement_id",       text,      "委托代销结算单", to = "consignment_settlement" },
    { "net_amount",          money,     "不含税" },
    { "tax_amount",          money,     "税额" },
    { "gross_amount",        money,     "价税合计" },
    { "issued_by",           text,      "开票人", to = "employee" },
    { "issued_on",           date,      "开票日" },
    { "reviewed_by",         text,      "复核", to = "employee" },
    { "reviewed_at",         timestamp, "复核时间" },
    { "cash_settled",        bool,      "现结" },
    { "delivered_on",        date,      "送达客户" },
    { "customer_signed_on",  date,      "客户签收" },
    { "customer_posted_on",  date,      "对方挂账" },
    { "company_id",          text,      "账套", to = "company" },
    { "currency",            text,      "币种" },
    { "exchange_rate",       decimal,   "汇率" },
    { "status",              text,      "单据状态" }, -- void 作废
    { "posting_date",        date,      "记账日期" },
    { "reversal_of",         text,      "冲销原单", to = "invoice" },
    { "last_modified_by",    text,      "最后修改人", to = "employee" },
    { "last_modified_at",    timestamp, "最后修改时间" },
    { "invoice_code",        text,      "发票代码" },
    { "invoice_kind",        enum { "paper", "e_invoice" }, "发票形式" }, -- 纸质/数电票
  },
  references = {
    contract = { "contract", match = { { "contract_id", "contract_id", otherwise = "order.contract_id" } } },
  },
  reverse = {
    lines               = { "invoice_line", by = "invoice" },
    red_invoices        = { "invoice", by = "original_invoice" },
    receivables         = { "receivable_entry", by = "invoice" },
    revenue_entries     = { "revenue_entry", by = "invoice" },
    cost_entries        = { "cost_entry", by = "invoice" },
    applications        = { "receipt_application", by = "invoice" },
    write_offs          = { "write_off", by = "invoice" },
    collection_requests = { "collection_request", by = "invoice" },
    collection_actions  = { "collection_action", by = "invoice" },
    approvals           = { "approval", by = "document" },
  },
  period   = "issued_on",
  customer = "customer_id",
  actor    = "issued_by",
  currency = "currency",
}

-- An invoice may join several orders and deliveries: a line's own order goes before its header's.
table "invoice_line" {
  zh  = "发票明细",
  key = { "invoice_id", "line_no" },
  fields = {
    { "invoice_id",       text,    "发票", to = "invoice" },
    { "line_no",          int,     "行号" },
    { "delivery_id",      text,    "发货单", to = "delivery" },
    { "delivery_line_no", int,     "发货行" },
    { "order_id",         text,    "订单" },
    { "order_line_no",    int,     "订单行" },
    { "product_id",       text,    "产品", to = "product" },
    { "quantity",         decimal, "数量" },
    { "unit_price",       money,   "单价" },
    { "net_amount",       money,   "金额" },
    -- 普通/赠品/样品/服务/运费
    { "line_kind",        enum { "normal", "gift", "sample", "service", "freight" }, "行类别" },
    { "uom",              text,    "计量单位" },
    { "base_quantity",    decimal, "主计量数量" },
    { "tax_rate",         decimal, "税率" },
    { "tax_amount",       money,   "税额" },
    { "gross_amount",     money,   "价税合计" },
    { "unit_price_gross", money,   "含税单价" },
    { "discount_amount",  money,   "折扣额" },
  },
  references = {
    order = { "sales_order", match = { { "order_id", "order_id", otherwise = "invoice.order_id" } } },
    order_line = { "sales_order_line",
      match = { { "order_id", "order_id", otherwise = "invoice.order_id" }, { "line_no", "order_line_no" } },
    },
    delivery_line = { "delivery_line",
      match = { { "delivery_id", "delivery_id" }, { "line_no", "delivery_line_no" } },
    },
    unit_conversion = { "uom_conversion", match = { { "product_id", "product_id" }, { "uom", "uom" } }, optional = true },
  },
  reverse = {
    revenue_entries = { "revenue_entry", by = "invoice_line" },
  },
  period   = "invoice.issued_on",
  customer = "invoice.customer_id",
  actor    = "invoice.issued_by",
  currency = "invoice.currency",
}
