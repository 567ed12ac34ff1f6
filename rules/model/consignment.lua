-- SPDX-License-Identifier: MIT
-- Goods sold through consignees: agreements and settlements.

table "consignment_agreement" {
  zh  = "委托代销协议",
  key = { "agreement_id" },
  fields = {
    { "agreement_id",    text, "编号" },
    { "customer_id",     text, "受托方", to = "customer" },
    { "valid_from",      date, "生效" },
    { "valid_to",        date, "失效" },
    { "settlement_days", int,  "结算周期" },
  },
  customer = "customer_id",
}

table "consignment_settlement" {
  zh  = "委托代销结算单",
  key = { "settlement_id" },
  fields = {
    { "settlement_id",     text,      "编号" },
    { "customer_id",       text,      "受托方", to = "customer" },
    { "settled_on",        date,      "日期" },
    { "consignee_list_no", text,      "代销清单号" },
    { "consignee_list_on", date,      "代销清单日" },
    { "reviewed_by",       text,      "审核", to = "employee" },
    { "reviewed_at",       timestamp, "审核时间" },
    { "amount",            money,     "金额" },
    { "company_id",        text,      "账套", to = "company" },
    { "currency",          text,      "币种" },
    { "exchange_rate",     decimal,   "汇率" },
    { "status",            text,      "单据状态" }, -- void 作废
    { "posting_date",      date,      "记账日期" },
    { "reversal_of",       text,      "冲销原单", to = "consignment_settlement" },
    { "last_modified_by",  text,      "最后修改人", to = "employee" },
    { "last_modified_at",  timestamp, "最后修改时间" },
  },
  reverse = {
    lines           = { "consignment_settlement_line", by = "settlement" },
    invoices        = { "invoice", by = "settlement" },
    revenue_entries = { "revenue_entry", by = "settlement" },
    approvals       = { "approval", by = "document" },
  },
  period   = "settled_on",
  customer = "customer_id",
  actor    = "reviewed_by",
  currency = "currency",
}

table "consignment_settlement_line" {
  zh  = "结算明细",
  key = { "settlement_id", "line_no" },
  fields = {
    { "settlement_id",    text,    "结算单", to = "consignment_settlement" },
    { "line_no",          int,     "行号" },
    { "delivery_id",      text,    "委托代销发货单", to = "delivery" },
    { "delivery_line_no", int,     "发货行" },
    { "product_id",       text,    "产品", to = "product" },
    { "quantity",         decimal, "数量" }, -- returns negative
    { "unit_price",       money,   "单价" },
  },
  references = {
    delivery_line = { "delivery_line",
      match = { { "delivery_id", "delivery_id" }, { "line_no", "delivery_line_no" } },
    },
  },
  reverse = {
    revenue_entries = { "revenue_entry", by = "settlement_line" },
  },
  period   = "settlement.settled_on",
  customer = "settlement.customer_id",
  actor    = "settlement.reviewed_by",
  currency = "settlement.currency",
}
