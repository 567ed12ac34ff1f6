-- SPDX-License-Identifier: MIT
-- What the books say: revenue, cost, receivables, vouchers and balances.

table "revenue_entry" {
  zh  = "收入确认",
  key = { "revenue_id" },
  fields = {
    { "revenue_id",         text,      "编号" },
    { "customer_id",        text,      "客户", to = "customer" },
    { "delivery_id",        text,      "发货单", to = "delivery" },
    { "invoice_id",         text,      "发票", to = "invoice" },
    { "settlement_id",      text,      "结算单", to = "consignment_settlement" },
    { "recognised_on",      date,      "确认日" },
    { "period",             text,      "期间", to = "accounting_period" },
    { "quantity",           decimal,   "数量" },
    { "amount",             money,     "金额" }, -- 不含税
    { "reversal_of",        text,      "冲回", to = "revenue_entry" },
    { "entered_by",         text,      "制单", to = "employee" },
    { "source",             enum { "system", "manual" }, "来源" }, -- 系统/手工
    { "company_id",         text,      "账套", to = "company" },
    { "currency",           text,      "币种" },
    { "exchange_rate",      decimal,   "汇率" },
    { "status",             text,      "单据状态" }, -- void 作废
    { "posting_date",       date,      "记账日期" },
    { "last_modified_by",   text,      "最后修改人", to = "employee" },
    { "last_modified_at",   timestamp, "最后修改时间" },
    { "delivery_line_no",   int,       "发货行" },
    { "invoice_line_no",    int,       "发票行" },
    { "product_id",         text,      "产品", to = "product" },
    { "settlement_line_no", int,       "结算行" },
  },
  references = {
    delivery_line = { "delivery_line",
      match = { { "delivery_id", "delivery_id" }, { "line_no", "delivery_line_no" } },
    },
    invoice_line = { "invoice_line",
      match = { { "invoice_id", "invoice_id" }, { "line_no", "invoice_line_no" } },
    },
    settlement_line = { "consignment_settlement_line",
      match = { { "settlement_id", "settlement_id" }, { "line_no", "settlement_line_no" } },
    },
  },
  reverse = {
    vouchers = { "voucher", by = "document" },
    reversals       = { "revenue_entry", by = "reversal_of_revenue_entry" },
    voucher_sources = { "voucher_source", by = "document" },
    approvals       = { "approval", by = "document" },
  },
  period   = "period",
  known    = "recognised_on",
  customer = "customer_id",
  actor    = "entered_by",
  currency = "currency",
}

table "cost_entry" {
  zh  = "销售成本结转",
  key = { "cost_id" },
  fields = {
    { "cost_id",       text,    "编号" },
    { "issue_id",      text,    "出库单", to = "stock_issue" },
    { "invoice_id",    text,    "发票", to = "invoice" },
    { "product_id",    text,    "产品", to = "product" },
    { "posted_on",     date,    "记账日" },
    { "period",        text,    "期间", to = "accounting_period" },
    { "quantity",      decimal, "数量" },
    { "amount",        money,   "成本" },
    -- 发出商品/销售发票/销售出库单
    { "basis",         enum { "issued_goods", "sales_invoice", "stock_issue" }, "核算方式" },
    { "company_id",    text,    "账套", to = "company" },
    { "currency",      text,    "币种" },
    { "exchange_rate", decimal, "汇率" },
  },
  references = {
    customer = { "customer",
      match = { { "customer_id", "invoice.customer_id", otherwise = "issue.customer.customer_id" } },
    },
  },
  reverse = {
    vouchers = { "voucher", by = "document" },
    voucher_sources = { "voucher_source", by = "document" },
  },
  period   = "period",
  known    = "posted_on",
  customer = "customer.customer_id",
  currency = "currency",
}

table "receivable_entry" {
  zh  = "应收单据",
  key = { "receivable_id" },
  fields = {
    { "receivable_id",    text,      "编号" },
    { "invoice_id",       text,      "发票", to = "invoice" },
    { "customer_id",      text,      "客户", to = "customer" },
    { "posted_on",        date,      "入账日" },
    { "due_on",           date,      "到期日" },
    { "amount",           money,     "金额" }, -- red entries negative
    { "audited_by",       text,      "应收审核", to = "employee" },
    { "audited_at",       timestamp, "审核时间" },
    { "company_id",       text,      "账套", to = "company" },
    { "currency",         text,      "币种" },
    { "exchange_rate",    decimal,   "汇率" },
    { "status",           text,      "单据状态" }, -- void 作废
    { "posting_date",     date,      "记账日期" },
    { "reversal_of",      text,      "冲销原单", to = "receivable_entry" },
    { "last_modified_by", text,      "最后修改人", to = "employee" },
    { "last_modified_at", timestamp, "最后修改时间" },
    { "kind",             enum { "opening", "invoice", "adjustment" }, "类别" }, -- 期初/发票/调整
  },
  references = {
    accounting_period = { "accounting_period",
      match = {},
      asof = { at = "posted_on", from = "starts_on", to = "ends_on" },
    },
    day_rate = { "exchange_rate",
      match = { { "currency", "currency" } },
      asof = { at = "posted_on", from = "rate_date" },
    },
  },
  reverse = {
    vouchers = { "voucher", by = "document" },
    applications    = { "receipt_application", by = "receivable" },
    voucher_sources = { "voucher_source", by = "document" },
    approvals       = { "approval", by = "document" },
    master_changes  = { "master_change", by = "record" },
  },
  period   = "posted_on",
  customer = "customer_id",
  actor    = "audited_by",
  currency = "currency",
}

table "voucher" {
  zh  = "记账凭证",
  key = { "voucher_id" },
  fields = {
    { "voucher_id",       text,      "凭证号" },
    -- 应收/收款/成本/收入/冲抵/手工
    { "source_kind",      enum {
        "receivable", "receipt", "cost", "revenue", "netting", "manual",
      }, "来源单据" },
    { "source_id",        text,      "来源号" },
    { "period",           text,      "期间", to = "accounting_period" },
    { "prepared_by",      text,      "制单", to = "employee" },
    { "reviewed_by",      text,      "审核", to = "employee" },
    { "posted_by",        text,      "记账", to = "employee" },
    { "posted_on",        date,      "记账日" },
    { "company_id",       text,      "账套", to = "company" },
    { "currency",         text,      "币种" },
    { "exchange_rate",    decimal,   "汇率" },
    { "status",           text,      "单据状态" }, -- void 作废
    { "posting_date",     date,      "记账日期" },
    { "reversal_of",      text,      "冲销原单", to = "voucher" },
    { "last_modified_by", text,      "最后修改人", to = "employee" },
    { "last_modified_at", timestamp, "最后修改时间" },
  },
  references = {
    document = { kind = "source_kind", id = "source_id",
                 tables = { receivable = "receivable_entry", cost = "cost_entry",
                            revenue = "revenue_entry", netting = "netting_entry" } },
  },
  reverse = {
    lines   = { "voucher_line", by = "voucher" },
    sources = { "voucher_source", by = "voucher" },
  },
  period   = "period",
  known    = "posted_on",
  actor    = "prepared_by",
  currency = "currency",
}

table "voucher_line" {
  zh  = "凭证分录",
  key = { "voucher_id", "line_no" },
  fields = {
    { "voucher_id",  text,  "凭证", to = "voucher" },
    { "line_no",     int,   "行号" },
    -- 应收账款/预收账款/货币资金/主营业务收入/主营业务成本/库存商品/发出商品/税金/其他
    { "account",     enum {
        "receivable", "advance_from_customer", "cash", "revenue", "cost_of_sales", "inventory",
        "goods_on_consignment", "tax", "other",
      }, "科目" },
    { "customer_id", text,  "客户", to = "customer" },
    { "debit",       money, "借" },
    { "credit",      money, "贷" },
  },
  period   = "voucher.period",
  known    = "voucher.posted_on",
  customer = "customer_id",
  actor    = "voucher.prepared_by",
  currency = "voucher.currency",
}

-- The documents that one voucher joins.
table "voucher_source" {
  zh  = "凭证来源",
  key = { "voucher_id", "source_kind", "source_id" },
  fields = {
    { "voucher_id",  text,  "凭证", to = "voucher" },
    -- a table's name, or as in voucher.source_kind
    { "source_kind", text,  "来源单据种类" },
    { "source_id",   text,  "来源单据号" },
    { "amount",      money, "金额" },
  },
  references = {
    document = { kind = "source_kind", id = "source_id",
                 tables = { receivable = "receivable_entry", cost = "cost_entry",
                            revenue = "revenue_entry", netting = "netting_entry" } },
  },
  period   = "voucher.period",
  known    = "voucher.posted_on",
  actor    = "voucher.prepared_by",
  currency = "voucher.currency",
}

-- Balances at the start of the period; brought forward, so in scope whatever the period.
table "opening_balance" {
  zh  = "期初余额",
  key = { "company_id?", "period", "account", "customer_id?", "product_id?" },
  fields = {
    { "company_id",  text,    "账套", to = "company" },
    { "period",      text,    "期间", to = "accounting_period" },
    { "account",     text,    "科目" },
    { "customer_id", text,    "客户", to = "customer" },
    { "product_id",  text,    "存货", to = "product" },
    { "quantity",    decimal, "期初数量" },
    { "amount",      money,   "期初余额" },
  },
  customer = "customer_id",
  currency = "company.currency",
}

-- Balances of the general ledger at the end of the period.
table "control_balance" {
  zh  = "总账余额",
  key = { "company_id?", "period", "account" },
  fields = {
    { "period",     text,  "期间", to = "accounting_period" },
    { "account",    text,  "科目" },
    { "balance",    money, "余额" },
    { "company_id", text,  "账套", to = "company" },
    { "currency",   text,  "币种" },
  },
  period   = "period",
  currency = "currency",
}
