-- SPDX-License-Identifier: MIT
-- Goods sold through consignees: agreements and settlements.

table "consignment_agreement" {
  zh  = "委托代销协议",
  key = { "agreement_id" },
  absent = {
    en = "no agreement of consignment was imported: the settlement cycle is the parameter's",
    zh = "未提供委托代销协议：结算周期按控制参数",
  },
  fields = {
    { "agreement_id",    text, "编号" },
    { "customer_id",     text, "受托方", to = "customer" },
    { "valid_from",      date, "生效" },
    { "valid_to",        date, "失效" },
    { "settlement_days", int,  "结算周期" },
  },
  absence = {
    valid_from = { en = "agreements were in force throughout: no beginning is given",
      zh = "代销协议未列生效日：视为一直有效" },
    valid_to = { en = "agreements are still in force: no end is given",
      zh = "代销协议未列失效日：视为一直有效" },
  },
  customer = "customer_id",
}

table "consignment_settlement" {
  zh  = "委托代销结算单",
  key = { "settlement_id" },
  absent = {
    contradicted = { "consignment_settlement_line", "delivery.business_type=consignment", "consignment_agreement" },
    en = "no goods were sold through consignees: settlements were not imported",
    zh = "未提供委托代销结算单：视为无委托代销业务",
  },
  fields = {
    { "settlement_id",     text,      "编号" },
    { "customer_id",       text,      "受托方", to = "customer" },
    { "settled_on",        date,      "日期", empty = "unknown" },
    { "consignee_list_no", text,      "代销清单号", recorded = "maybe" },
    { "consignee_list_on", date,      "代销清单日", recorded = "maybe" },
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
  absence = {
    company_id = { from = { { only = true } }, en = "settlements name no company: taken as the only one in the books",
      zh = "代销结算单未列账套：视为唯一账套" },
    currency = { from = { "company.currency", { currency = true } }, role = "neither",
      en = "settlements state no currency: taken as the home currency",
      zh = "代销结算单未列币种：视为本位币" },
    status = { en = "no settlement is void: the list has no status",
      zh = "代销结算单未列状态：视为无作废单据" },
    reversal_of = { en = "no settlement reverses another: the list does not say; negative amounts are red",
      zh = "代销结算单未列冲销原单：视为无冲销单，负数金额为红字" },
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
  absent = {
    contradicted = { "consignment_settlement", "delivery.business_type=consignment", "invoice.settlement_id", "revenue_entry.settlement_id", "consignment_agreement" },
    en = "nothing was settled with consignees: lines of settlements were not imported",
    zh = "未提供代销结算明细：视为无委托代销结算",
  },
  fields = {
    { "settlement_id",    text,    "结算单", to = "consignment_settlement" },
    { "line_no",          int,     "行号" },
    { "delivery_id",      text,    "委托代销发货单", to = "delivery" },
    { "delivery_line_no", int,     "发货行" },
    { "product_id",       text,    "产品", to = "product" },
    { "quantity",         decimal, "数量", empty = "unknown" }, -- returns negative
    { "unit_price",       money,   "单价" },
  },
  absence = {
    delivery_line_no = { en = "lines settled name no delivery line: goods are matched by product within the delivery",
      zh = "结算明细未列发货行：按发货单内产品匹配" },
    product_id = { from = "delivery_line.product_id",
      en = "lines settled name no product: that of the delivery line is taken",
      zh = "结算明细未列产品：取发货行产品" },
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
