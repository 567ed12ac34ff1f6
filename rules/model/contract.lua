-- SPDX-License-Identifier: MIT
-- Reservations, concessions, contracts, their reviews, changes and payment plans.

table "reservation" {
  zh  = "预定书",
  key = { "reservation_id" },
  fields = {
    { "reservation_id", text,    "编号" },
    { "customer_id",    text,    "客户", to = "customer" },
    { "signed_on",      date,    "签订日" },
    { "signed_by",      text,    "销售顾问", to = "employee" },
    { "amount",         money,   "金额" },
    { "deposit_amount", money,   "定金" },
    { "concession_id",  text,    "优惠", to = "concession" },
    { "company_id",     text,    "账套", to = "company" },
    { "currency",       text,    "币种" },
    { "exchange_rate",  decimal, "汇率" },
  },
  references = {
    season = { "season", match = {}, asof = { at = "signed_on", from = "starts_on", to = "ends_on" } },
  },
  reverse = {
    lines       = { "reservation_line", by = "reservation" },
    concessions = { "concession", by = "reservation" },
    contracts   = { "contract", by = "reservation" },
    receipts    = { "receipt", by = "reservation" },
    approvals   = { "approval", by = "document" },
  },
  period   = "signed_on",
  customer = "customer_id",
  actor    = "signed_by",
  currency = "currency",
}

-- price: in force on the day of signing, on a list approved by then.
table "reservation_line" {
  zh  = "预定明细",
  key = { "reservation_id", "line_no" },
  fields = {
    { "reservation_id", text,    "预定书", to = "reservation" },
    { "line_no",        int,     "行号" },
    { "product_id",     text,    "产品", to = "product" },
    { "quantity",       decimal, "数量" },
    { "unit_price",     money,   "单价" },
  },
  references = {
    price = { "price_list_line",
      match = {
        { "product_id", "product_id" },
        { "customer_grade", "reservation.customer.grade" },
        { "season", "reservation.season.season" },
        { "sales_region_id", "reservation.customer.sales_region_id" },
        { "currency", "reservation.currency" },
        { "price_list.currency", "reservation.currency" },
        { "company_id", "reservation.company_id" },
        { "price_list.company_id", "reservation.company_id" },
      },
      asof = { at = "reservation.signed_on", from = "price_list.valid_from", to = "price_list.valid_to" },
      where = { "price_list.approved_at", "<=", "reservation.signed_on" },
    },
  },
  period   = "reservation.signed_on",
  customer = "reservation.customer_id",
  actor    = "reservation.signed_by",
  currency = "reservation.currency",
}

table "concession" {
  zh  = "优惠条件",
  key = { "concession_id" },
  fields = {
    { "concession_id",  text,      "编号" },
    { "customer_id",    text,      "客户", to = "customer" },
    { "reservation_id", text,      "预定书", to = "reservation" },
    { "contract_id",    text,      "合同", to = "contract" },
    { "proposed_by",    text,      "销售主管", to = "employee" },
    { "proposed_at",    timestamp, "上报时间" },
    { "discount_pct",   decimal,   "优惠比例" },
    { "amount",         money,     "优惠金额" },
    { "released_at",    timestamp, "下发时间" },
    { "released_to",    text,      "下发对象", to = "employee" },
  },
  reverse = {
    reservations = { "reservation", by = "concession" },
    approvals    = { "approval", by = "document" },
  },
  period   = "proposed_at",
  customer = "customer_id",
  actor    = "proposed_by",
  currency = "contract.currency",
}

table "contract" {
  zh  = "销售合同",
  key = { "contract_id" },
  fields = {
    { "contract_id",             text,      "编号" },
    { "contract_no",             text,      "合同号" },
    { "customer_id",             text,      "客户", to = "customer" },
    { "opportunity_id",          text,      "项目", to = "opportunity" },
    { "quotation_id",            text,      "报价", to = "quotation" },
    { "reservation_id",          text,      "预定书", to = "reservation" },
    -- 标准范本/客户范本/其他
    { "template",                enum { "standard", "customer", "other" }, "合同范本" },
    { "is_major",                bool,      "重大合同" },
    { "amount",                  money,     "合同金额" },
    { "salesperson_id",          text,      "营销员", to = "employee" },
    { "signed_by",               text,      "签订人", to = "employee" },
    { "signed_on",               date,      "签订日" },
    { "confirmed_by",            text,      "确认人", to = "employee" }, -- 销售部经理
    { "confirmed_at",            timestamp, "确认时间" },
    { "effective_on",            date,      "生效日" },
    { "delivery_due_on",         date,      "交货期" },
    { "delivery_days",           int,       "交货天数" },
    { "payment_terms",           text,      "付款条件" },
    { "payment_terms_days",      int,       "账期" },
    { "ship_to_address",         text,      "指定地点" },
    { "quality_terms",           text,      "质量条款" }, -- 技术/质量条款
    { "liability_terms",         text,      "违约责任" },
    { "warranty_end_on",         date,      "质保期止" },
    { "retention_amount",        money,     "质保金" },
    -- 草稿/评审/已签/执行/结束/作废
    { "status",                  enum { "draft", "review", "signed", "executing", "closed", "void" }, "状态" },
    { "closed_on",               date,      "结束日" },
    { "company_id",              text,      "账套", to = "company" },
    { "currency",                text,      "币种" },
    { "exchange_rate",           decimal,   "汇率" },
    { "posting_date",            date,      "记账日期" },
    { "reversal_of",             text,      "冲销原单", to = "contract" },
    { "last_modified_by",        text,      "最后修改人", to = "employee" },
    { "last_modified_at",        timestamp, "最后修改时间" },
    { "revenue_trigger",         enum { "issue", "sign_off", "acceptance" }, "收入确认时点" }, -- 出库/签收/验收
    { "invoice_before_shipment", bool,      "允许先票后货" },
    { "ship_to_id",              text,      "收货地址编号" },
    { "terms_basis",             enum { "invoice", "delivery", "month_end" }, "起算" }, -- 开票/发货/月结
  },
  references = {
    season = { "season", match = {}, asof = { at = "signed_on", from = "starts_on", to = "ends_on" } },
    credit = { "customer_credit",
      match = { { "customer_id", "customer_id" }, { "company_id", "company_id" } },
      asof = { at = "signed_on", from = "valid_from", to = "valid_to" },
    },
  },
  reverse = {
    -- making it
    lines                = { "contract_line", by = "contract" },
    reviews              = { "contract_review", by = "contract" },
    approvals            = { "approval", by = "document" },
    negotiations         = { "negotiation", by = "contract" },
    technical_agreements = { "technical_agreement", by = "contract" },
    concessions          = { "concession", by = "contract" },
    deviations           = { "deviation", by = "contract" },
    changes              = { "contract_change", by = "contract" },
    -- carrying it out; rows that name only an order of the contract are included
    orders               = { "sales_order", by = "contract" },
    production_orders    = { "production_order", by = "contract" },
    schedule_notices     = { "schedule_notice", by = "contract" },
    delivery_requests    = { "delivery_request", by = "contract" },
    deliveries           = { "delivery", by = "contract" },
    installations        = { "installation", by = "contract" },
    service_requests     = { "service_request", by = "contract" },
    -- the money
    payment_plans        = { "payment_plan", by = "contract" },
    invoice_requests     = { "invoice_request", by = "contract" },
    invoices             = { "invoice", by = "contract" },
    receipts             = { "receipt", by = "contract" },
    netting_entries      = { "netting_entry", by = "contract" },
    commissions          = { "commission", by = "contract" },
    -- the file: archive_items belong to the contract's file, archive_records are the contract itself, archived
    archive_items        = { "archive_record", by = "contract" },
    archive_records      = { "archive_record", by = "document" },
    distributions        = { "document_distribution", by = "document" },
  },
  period   = "signed_on",
  customer = "customer_id",
  actor    = "salesperson_id",
  currency = "currency",
}

-- price: in force on the day of signing, on a list approved by then.
table "contract_line" {
  zh  = "合同明细",
  key = { "contract_id", "line_no" },
  fields = {
    { "contract_id",      text,    "合同", to = "contract" },
    { "line_no",          int,     "行号" },
    { "product_id",       text,    "产品", to = "product" },
    { "spec",             text,    "规格" },
    { "quantity",         decimal, "数量" },
    { "unit_price",       money,   "单价" },
    { "amount",           money,   "金额" },
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
  },
  references = {
    price = { "price_list_line",
      match = {
        { "product_id", "product_id" },
        { "customer_grade", "contract.customer.grade" },
        { "season", "contract.season.season" },
        { "sales_region_id", "contract.customer.sales_region_id" },
        { "currency", "contract.currency" },
        { "price_list.currency", "contract.currency" },
        { "company_id", "contract.company_id" },
        { "price_list.company_id", "contract.company_id" },
      },
      asof = { at = "contract.signed_on", from = "price_list.valid_from", to = "price_list.valid_to" },
      where = { "price_list.approved_at", "<=", "contract.signed_on" },
    },
    unit_conversion = { "uom_conversion", match = { { "product_id", "product_id" }, { "uom", "uom" } }, optional = true },
  },
  reverse = {
    order_lines = { "sales_order_line", by = "contract_line" },
    changes     = { "contract_change", by = "contract_line" },
    approvals   = { "approval", by = "document" },
  },
  period   = "contract.signed_on",
  customer = "contract.customer_id",
  actor    = "contract.salesperson_id",
  currency = "contract.currency",
}

table "contract_review" {
  zh  = "合同评审",
  key = { "contract_id", "org_unit_id", "aspect" },
  fields = {
    { "contract_id", text,      "合同", to = "contract" },
    { "org_unit_id", text,      "评审部门", to = "org_unit" },
    { "reviewer_id", text,      "评审人", to = "employee" },
    -- 技术/价格/交期/财务/法律
    { "aspect",      enum { "technical", "price", "delivery", "finance", "legal" }, "评审内容" },
    { "decision",    enum { "pass", "fail" }, "结论" }, -- 通过/不通过
    { "opinion",     text,      "意见" },
    { "reviewed_at", timestamp, "时间" },
  },
  period   = "reviewed_at",
  customer = "contract.customer_id",
  actor    = "reviewer_id",
}

table "contract_change" {
  zh  = "合同变更",
  key = { "change_id" },
  fields = {
    { "change_id",    text,      "编号" },
    { "contract_id",  text,      "合同", to = "contract" },
    { "changed_at",   timestamp, "时间" },
    { "changed_by",   text,      "修改人", to = "employee" },
    { "field",        text,      "条款" },
    { "old_value",    text,      "原值" },
    { "new_value",    text,      "新值" },
    -- 权利义务/价格/数量/交期/付款/技术/文字
    { "nature",       enum {
        "rights_obligations", "price", "quantity", "delivery", "payment", "technical", "editorial",
      }, "性质" },
    { "amount",       money,     "变更金额" },
    { "effective_at", timestamp, "生效时间" },
    { "line_no",      int,       "行号" },
  },
  references = {
    contract_line = { "contract_line", match = { { "contract_id", "contract_id" }, { "line_no", "line_no" } } },
  },
  reverse = {
    approvals = { "approval", by = "document" },
  },
  period   = "changed_at",
  customer = "contract.customer_id",
  actor    = "changed_by",
  currency = "contract.currency",
}

-- Placed by the contract, for an open deviation has no confirmation yet.
table "deviation" {
  zh  = "偏离确认",
  key = { "deviation_id" },
  fields = {
    { "deviation_id", text,      "编号" },
    { "quotation_id", text,      "原报价", to = "quotation" },
    { "contract_id",  text,      "合同", to = "contract" },
    -- 价格/数量/规格/交期/付款/其他
    { "aspect",       enum { "price", "quantity", "spec", "delivery", "payment", "other" }, "偏离项" },
    { "confirmed_by", text,      "再次确认人", to = "employee" },
    { "confirmed_at", timestamp, "确认时间" },
  },
  references = {
    customer = { "customer",
      match = { { "customer_id", "contract.customer_id", otherwise = "quotation.customer_id" } },
    },
  },
  period   = "contract.signed_on",
  customer = "customer.customer_id",
  actor    = "confirmed_by",
}

table "payment_plan" {
  zh  = "收款计划",
  key = { "plan_id" },
  fields = {
    { "plan_id",       text,    "编号" },
    { "contract_id",   text,    "合同", to = "contract" },
    -- 定金/预收款/发货前款/到货/验收款/质保金
    { "milestone",     enum {
        "deposit", "advance", "before_shipment", "on_delivery", "acceptance", "retention",
      }, "节点" },
    { "pct",           decimal, "比例" },
    { "amount",        money,   "金额" },
    { "due_on",        date,    "到期日" },
    { "company_id",    text,    "账套", to = "company" },
    { "currency",      text,    "币种" },
    { "exchange_rate", decimal, "汇率" },
  },
  reverse = {
    receipts       = { "receipt", by = "plan" },
    approvals      = { "approval", by = "document" },
    master_changes = { "master_change", by = "record" },
  },
  period   = "due_on",
  known    = "contract.signed_on", -- what falls due later is planned already
  customer = "contract.customer_id",
  actor    = "contract.salesperson_id",
  currency = "currency",
}
