-- SPDX-License-Identifier: MIT
-- Goods requests, deliveries, issue slips, customers' confirmations.
-- Returned goods are deliveries of kind "return" with red issue slips: their quantities are negative.

table "delivery_request" {
  zh  = "需货申请单",
  key = { "request_id" },
  fields = {
    { "request_id",         text,      "编号" },
    { "contract_id",        text,      "合同" },
    { "order_id",           text,      "订单", to = "sales_order" },
    { "customer_id",        text,      "客户", to = "customer" },
    { "kind",               enum { "goods", "return" }, "正红字" }, -- 正/红字
    { "requested_by",       text,      "填写人", to = "employee" },
    { "requested_at",       timestamp, "填写时间" },
    { "branch_reviewed_by", text,      "分部经理", to = "employee" },
    { "branch_reviewed_at", timestamp, "分部审核" },
    { "sales_reviewed_by",  text,      "销售部经理", to = "employee" },
    { "sales_reviewed_at",  timestamp, "销售部审核" },
  },
  references = {
    contract = { "contract", match = { { "contract_id", "contract_id", otherwise = "order.contract_id" } } },
  },
  reverse = {
    lines      = { "delivery_request_line", by = "request" },
    deliveries = { "delivery", by = "request" },
    issues     = { "stock_issue", by = "request" },
    approvals  = { "approval", by = "document" },
  },
  period   = "requested_at",
  customer = "customer_id",
  actor    = "requested_by",
}

table "delivery_request_line" {
  zh  = "需货明细",
  key = { "request_id", "line_no" },
  fields = {
    { "request_id", text,    "申请单", to = "delivery_request" },
    { "line_no",    int,     "行号" },
    { "product_id", text,    "产品", to = "product" },
    { "quantity",   decimal, "数量" },
    { "unit_price", money,   "单价" },
  },
  period   = "request.requested_at",
  customer = "request.customer_id",
  actor    = "request.requested_by",
  currency = "request.contract.currency",
}

-- contract: its own, otherwise that of its order.
-- request is the goods request, return_request the customer's return.
table "delivery" {
  zh  = "发货单",
  key = { "delivery_id" },
  fields = {
    { "delivery_id",        text,      "编号" },
    { "kind",               enum { "delivery", "return" }, "发货或退货" }, -- 发货/退货
    -- 普通/委托代销/开票直接发货
    { "business_type",      enum { "normal", "consignment", "direct_invoice" }, "业务类型" },
    { "order_id",           text,      "订单", to = "sales_order" },
    { "contract_id",        text,      "合同" },
    { "request_id",         text,      "需货申请", to = "delivery_request" },
    { "return_id",          text,      "退货申请", to = "return_request" },
    { "source_delivery_id", text,      "原发货单", to = "delivery" },
    { "agreement_id",       text,      "委托代销协议", to = "consignment_agreement" },
    { "customer_id",        text,      "客户", to = "customer" },
    { "delivery_date",      date,      "发货日" },
    { "ship_to_address",    text,      "收货地点" },
    { "freight_borne_by",   enum { "seller", "customer" }, "运费承担" }, -- 卖方/客户
    { "freight_amount",     money,     "运费" },
    { "prepared_by",        text,      "制单", to = "employee" },
    { "approved_by",        text,      "审核", to = "employee" },
    { "approved_at",        timestamp, "审核时间" },
    { "company_id",         text,      "账套", to = "company" },
    { "status",             text,      "单据状态" }, -- void 作废
    { "posting_date",       date,      "记账日期" },
    { "reversal_of",        text,      "冲销原单", to = "delivery" },
    { "last_modified_by",   text,      "最后修改人", to = "employee" },
    { "last_modified_at",   timestamp, "最后修改时间" },
    { "incoterm",           text,      "贸易术语" },
    { "ship_to_id",         text,      "收货地址编号" },
    { "currency",           text,      "币种" },
  },
  references = {
    contract = { "contract", match = { { "contract_id", "contract_id", otherwise = "order.contract_id" } } },
    credit = { "customer_credit",
      match = { { "customer_id", "customer_id" }, { "company_id", "company_id" } },
      asof = { at = "delivery_date", from = "valid_from", to = "valid_to" },
    },
    day_rate = { "exchange_rate",
      match = { { "currency", "currency" } },
      asof = { at = "delivery_date", from = "rate_date" },
    },
  },
  reverse = {
    lines           = { "delivery_line", by = "delivery" },
    issues          = { "stock_issue", by = "delivery" },
    confirmations   = { "delivery_confirmation", by = "delivery" },
    shipment_events = { "shipment_event", by = "delivery" },
    installations   = { "installation", by = "delivery" },
    return_requests = { "return_request", by = "delivery" },
    returns         = { "delivery", by = "source_delivery" },
    invoice_lines   = { "invoice_line", by = "delivery" },
    revenue_entries = { "revenue_entry", by = "delivery" },
    approvals       = { "approval", by = "document" },
  },
  period   = "delivery_date",
  customer = "customer_id",
  actor    = "prepared_by",
  currency = "currency",
}

-- A delivery may join several orders: a line's own order goes before its header's.
table "delivery_line" {
  zh  = "发货明细",
  key = { "delivery_id", "line_no" },
  fields = {
    { "delivery_id",      text,    "发货单", to = "delivery" },
    { "line_no",          int,     "行号" },
    { "order_line_no",    int,     "订单行" },
    { "product_id",       text,    "产品", to = "product" },
    { "lot_no",           text,    "批号" },
    { "quantity",         decimal, "数量" },
    { "unit_price",       money,   "单价" },
    -- 普通/赠品/样品/服务/运费
    { "line_kind",        enum { "normal", "gift", "sample", "service", "freight" }, "行类别" },
    { "uom",              text,    "计量单位" },
    { "base_quantity",    decimal, "主计量数量" },
    { "tax_rate",         decimal, "税率" },
    { "tax_amount",       money,   "税额" },
    { "net_amount",       money,   "不含税金额" },
    { "gross_amount",     money,   "价税合计" },
    { "unit_price_gross", money,   "含税单价" },
    { "discount_amount",  money,   "折扣额" },
    { "order_id",         text,    "订单" },
  },
  references = {
    order = { "sales_order", match = { { "order_id", "order_id", otherwise = "delivery.order_id" } } },
    order_line = { "sales_order_line",
      match = { { "order_id", "order_id", otherwise = "delivery.order_id" }, { "line_no", "order_line_no" } },
    },
    unit_conversion = { "uom_conversion", match = { { "product_id", "product_id" }, { "uom", "uom" } }, optional = true },
  },
  reverse = {
    issues          = { "stock_issue_line", by = "delivery_line" },
    confirmations   = { "delivery_confirmation", by = "delivery_line" },
    invoices        = { "invoice_line", by = "delivery_line" },
    revenue_entries = { "revenue_entry", by = "delivery_line" },
    returns         = { "return_line", by = "delivery_line" },
    settlements     = { "consignment_settlement_line", by = "delivery_line" },
  },
  period   = "delivery.delivery_date",
  customer = "delivery.customer_id",
  actor    = "delivery.prepared_by",
  currency = "delivery.currency",
}

table "stock_issue" {
  zh  = "销售出库单",
  key = { "issue_id" },
  fields = {
    { "issue_id",         text,      "编号" },
    { "sign",             enum { "blue", "red" }, "蓝红字" }, -- 蓝/红字
    { "delivery_id",      text,      "发货单", to = "delivery" },
    { "request_id",       text,      "需货申请", to = "delivery_request" },
    { "prepared_by",      text,      "销售内勤", to = "employee" },
    { "prepared_at",      timestamp, "开单时间" },
    { "issued_by",        text,      "库管", to = "employee" },
    { "issued_at",        timestamp, "出库时间" },
    { "company_id",       text,      "账套", to = "company" },
    { "status",           text,      "单据状态" }, -- void 作废
    { "posting_date",     date,      "记账日期" },
    { "reversal_of",      text,      "冲销原单", to = "stock_issue" },
    { "last_modified_by", text,      "最后修改人", to = "employee" },
    { "last_modified_at", timestamp, "最后修改时间" },
  },
  references = {
    customer = { "customer",
      match = { { "customer_id", "delivery.customer_id", otherwise = "request.customer_id" } },
    },
  },
  reverse = {
    lines         = { "stock_issue_line", by = "issue" },
    cost_entries  = { "cost_entry", by = "issue" },
    movements     = { "stock_movement", by = "document" },
    distributions = { "document_distribution", by = "document" },
    approvals     = { "approval", by = "document" },
  },
  period   = "prepared_at",
  customer = "customer.customer_id",
  actor    = "prepared_by",
}

table "stock_issue_line" {
  zh  = "出库明细",
  key = { "issue_id", "line_no" },
  fields = {
    { "issue_id",         text,    "出库单", to = "stock_issue" },
    { "line_no",          int,     "行号" },
    { "product_id",       text,    "产品", to = "product" },
    { "spec",             text,    "规格" },
    { "lot_no",           text,    "批号" },
    { "quality_status",   enum { "ok", "hold", "reject" }, "质量状况" }, -- 合格/待检/拒收
    { "quantity",         decimal, "数量" },
    { "delivery_line_no", int,     "发货行" },
  },
  references = {
    delivery_line = { "delivery_line",
      match = { { "delivery_id", "issue.delivery_id" }, { "line_no", "delivery_line_no" } },
    },
  },
  period   = "issue.prepared_at",
  customer = "issue.customer.customer_id",
  actor    = "issue.prepared_by",
}

table "delivery_confirmation" {
  zh  = "客户确认单",
  key = { "confirmation_id" },
  fields = {
    { "confirmation_id",  text,      "编号" },
    { "delivery_id",      text,      "发货单", to = "delivery" },
    { "signed_by",        text,      "签收人" }, -- the customer's person, a name
    { "signed_on",        date,      "签收日" },
    { "quantity",         decimal,   "签收数量" },
    { "condition_ok",     bool,      "外观完好" },
    { "handed_in_at",     timestamp, "交销售内勤" },
    { "delivery_line_no", int,       "发货行" },
  },
  references = {
    delivery_line = { "delivery_line",
      match = { { "delivery_id", "delivery_id" }, { "line_no", "delivery_line_no" } },
    },
  },
  reverse = {
    archive_records = { "archive_record", by = "document" },
  },
  period   = "signed_on",
  customer = "delivery.customer_id",
}

table "shipment_event" {
  zh  = "物流信息",
  key = { "delivery_id", "occurred_at" },
  fields = {
    { "delivery_id", text,      "发货单", to = "delivery" },
    { "occurred_at", timestamp, "时间" },
    { "event",       enum { "dispatched", "in_transit", "arrived", "problem" }, "事件" }, -- 发出/在途/到达/异常
  },
  period   = "occurred_at",
  customer = "delivery.customer_id",
}

table "installation" {
  zh  = "安装验收",
  key = { "installation_id" },
  fields = {
    { "installation_id", text, "编号" },
    { "contract_id",     text, "合同" },
    { "delivery_id",     text, "发货单", to = "delivery" },
    { "installed_on",    date, "安装日" },
    { "accepted_on",     date, "验收日" },
  },
  references = {
    contract = { "contract",
      match = { { "contract_id", "contract_id", otherwise = "delivery.contract.contract_id" } },
    },
  },
  period   = "installed_on",
  customer = "contract.customer_id",
}
