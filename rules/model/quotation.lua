-- SPDX-License-Identifier: MIT
-- Inquiries and tenders, quotations, negotiations and technical agreements.

table "inquiry" {
  zh  = "询价招标",
  key = { "inquiry_id" },
  fields = {
    { "inquiry_id",     text,      "编号" },
    { "kind",           enum { "rfq", "tender" }, "询价或招标" }, -- 询价/招标
    { "customer_id",    text,      "客户", to = "customer" },
    { "salesperson_id", text,      "销售员", to = "employee", people = "employees" },
    { "received_at",    timestamp, "得到信息", empty = "unknown" },
    { "reported_at",    timestamp, "汇报时间", recorded = "maybe" },
    { "reported_to",    text,      "汇报对象", to = "employee" },
    { "is_major",       bool,      "重大" },
    { "amount",         money,     "估计金额" },
    { "due_at",         timestamp, "截止" },
    { "decision",       enum { "bid", "no_bid" }, "是否参加" }, -- 参加/不参加
    { "decided_by",     text,      "决定人", to = "employee" },
    { "decided_at",     timestamp, "决定时间", recorded = "maybe" },
  },
  absence = {
    is_major = { en = "major inquiries are told by their amount: they are not marked",
      zh = "询价未标识重大：按金额标准认定" },
  },
  reverse = {
    quotations      = { "quotation", by = "inquiry" },
    support_records = { "support_record", by = "document" },
    approvals       = { "approval", by = "document" },
  },
  period   = "received_at",
  customer = "customer_id",
  actor    = "salesperson_id",
}

table "quotation" {
  zh  = "报价单",
  key = { "quotation_id" },
  absent = {
    contradicted = { "inquiry.decision=bid" },
    en = "no quotations were made in writing: none were imported",
    zh = "未提供报价单：视为无书面报价",
  },
  fields = {
    { "quotation_id",     text,      "编号" },
    { "inquiry_id",       text,      "询价", to = "inquiry" },
    { "opportunity_id",   text,      "项目", to = "opportunity" },
    { "customer_id",      text,      "客户", to = "customer" },
    { "version",          int,       "版次" },
    { "kind",             enum { "quote", "bid" }, "类别" }, -- 报价/投标
    { "medium",           enum { "written", "email", "oral" }, "形式", recorded = "maybe" }, -- 书面/邮件/口头
    { "amount",           money,     "金额", empty = "unknown" },
    { "delivery_days",    int,       "交货期" },
    { "payment_terms",    text,      "付款条件" },
    { "requirements_ref", text,      "客户需求信息" }, -- 参数/选型/配套主机/附加件/进口件/变更
    { "prepared_by",      text,      "编制", to = "employee" },
    { "prepared_at",      timestamp, "编制时间" },
    { "reviewed_by",      text,      "价格预审", to = "employee", recorded = "maybe" },
    { "reviewed_at",      timestamp, "审核时间" },
    { "printed_at",       timestamp, "打印" },
    { "sealed_at",        timestamp, "盖章", recorded = "maybe" },
    { "sent_at",          timestamp, "发出" },
    { "valid_until",      date,      "有效期" },
    { "company_id",       text,      "账套", to = "company" },
    { "currency",         text,      "币种" },
    { "exchange_rate",    decimal,   "汇率" },
    { "quoted_on",        date,      "报价日期" },
  },
  absence = {
    inquiry_id = { en = "quotations name no inquiry: each stands alone",
      zh = "报价单未列询价：视为各自独立" },
    opportunity_id = { en = "quotations name no project: the list does not say",
      zh = "报价单未列销售项目：视为不属于任何项目" },
    version = { role = "acquits", en = "quotations have one version: they are not numbered",
      zh = "报价单未列版次：视为仅一版" },
    kind = { value = "quote", role = "acquits", en = "all are quotations, none is a bid: the list has no kind",
      zh = "报价单未列类别：视为均非投标" },
    amount = { from = "lines.gross_amount", en = "quotations state no amount: that of their lines is taken",
      zh = "报价单未列金额：取明细价税合计" },
    delivery_days = { role = "acquits", en = "quotations state no days of delivery: they are not compared",
      zh = "报价单未列交货期：不比较交货期" },
    payment_terms = { role = "acquits", en = "quotations state no terms of payment: they are not compared",
      zh = "报价单未列付款条件：不比较付款条件" },
    company_id = { from = { { only = true } }, en = "quotations name no company: taken as the only one in the books",
      zh = "报价单未列账套：视为唯一账套" },
    currency = { from = { "company.currency", { currency = true } }, role = "neither",
      en = "quotations state no currency: taken as the home currency",
      zh = "报价单未列币种：视为本位币" },
    quoted_on = { from = { "sent_at", "prepared_at" },
      en = "the day of quotations is not listed: the day of sending or making is taken",
      zh = "报价单未列报价日期：取发出日或编制日" },
  },
  references = {
    season = { "season", match = {}, asof = { at = "quoted_on", from = "starts_on", to = "ends_on" } },
  },
  reverse = {
    lines           = { "quotation_line", by = "quotation" },
    negotiations    = { "negotiation", by = "quotation" },
    deviations      = { "deviation", by = "quotation" },
    contracts       = { "contract", by = "quotation" },
    support_records = { "support_record", by = "document" },
    archive_records = { "archive_record", by = "document" },
    approvals       = { "approval", by = "document" },
  },
  period   = "quoted_on",
  customer = "customer_id",
  actor    = "prepared_by",
  currency = "currency",
}

-- price: in force on the day of the quotation, on a list approved by then.
table "quotation_line" {
  zh  = "报价明细",
  key = { "quotation_id", "line_no" },
  absent = {
    contradicted = { "quotation" },
    en = "quotations have no lines: none were imported",
    zh = "未提供报价明细：视为无报价明细",
  },
  fields = {
    { "quotation_id",     text,    "报价", to = "quotation" },
    { "line_no",          int,     "行号" },
    { "product_id",       text,    "产品", to = "product" },
    { "spec",             text,    "规格参数" },
    { "quantity",         decimal, "数量", empty = "unknown" },
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
  absence = {
    spec = { role = "acquits", en = "quotation lines state no specification: it is not compared",
      zh = "报价明细未列规格：不比较规格" },
    amount = { from = { "gross_amount", "net_amount" },
      en = "quotation lines state no amount: gross or net amount is taken",
      zh = "报价明细未列金额：取价税合计或不含税金额" },
    line_kind = { value = "normal",
      en = "no quotation line is a gift, sample, service or freight: lines have no kind",
      zh = "报价明细未列行类别：视为均为普通商品" },
    uom = { en = "quotation lines are in the product's own unit: none is named",
      zh = "报价明细未列计量单位：视为主计量单位" },
    base_quantity = { en = "quantities in the product's unit are worked out by conversion",
      zh = "报价明细未列主计量数量：按换算率推算" },
    tax_rate = { en = "quotation lines state no rate of tax: only amounts with and without tax that are stated are compared",
      zh = "报价明细未列税率：仅比较已列的含税、不含税金额" },
    unit_price_gross = { en = "quotation lines state no price with tax: it is worked out from price and rate",
      zh = "报价明细未列含税单价：按不含税单价及税率推算" },
    discount_amount = { from = { { times = { "quantity", "unit_price" }, less = "net_amount" }, { none = true } },
      en = "quotation lines list no discount: it is what quantity and price are more than the net amount; none where that is not listed",
      zh = "报价明细未列折扣额：按数量乘单价与不含税金额之差推算，未列不含税金额的视为无折扣" },
    tax_amount = { from = { { minus = { "gross_amount", "net_amount" } }, { tax = { "net_amount", "tax_rate" } } },
      en = "tax is worked out from the other amounts",
      zh = "报价明细未列税额：按其他金额推算" },
    net_amount = { from = { { minus = { "gross_amount", "tax_amount" } }, { times = { "quantity", "unit_price" }, less_if_any = "discount_amount" } },
      en = "net amounts are worked out from the others",
      zh = "报价明细未列不含税金额：按其他金额或数量单价推算" },
    gross_amount = { from = { { plus = { "net_amount", "tax_amount" } } },
      en = "gross amounts are worked out from the others",
      zh = "报价明细未列价税合计：按其他金额推算" },
  },
  references = {
    price = { "price_list_line",
      match = {
        { "product_id", "product_id" },
        { "customer_grade", "quotation.customer.grade" },
        { "season", "quotation.season.season" },
        { "sales_region_id", "quotation.customer.sales_region_id" },
        { "currency", "quotation.currency" },
        { "price_list.currency", "quotation.currency" },
        { "company_id", "quotation.company_id" },
        { "price_list.company_id", "quotation.company_id" },
      },
      asof = { at = "quotation.quoted_on", from = "price_list.valid_from", to = "price_list.valid_to" },
      where = { "price_list.approved_at", "<=", "quotation.quoted_on" },
    },
    unit_conversion = { "uom_conversion", match = { { "product_id", "product_id" }, { "uom", "uom" } }, optional = true },
  },
  reverse = {
    approvals = { "approval", by = "document" },
  },
  period   = "quotation.quoted_on",
  customer = "quotation.customer_id",
  actor    = "quotation.prepared_by",
  currency = "quotation.currency",
}

table "support_record" {
  zh  = "协助支持记录",
  key = { "support_id" },
  fields = {
    { "support_id",     text,      "编号" },
    { "doc_kind",       text,      "单据种类" }, -- a table's name: quotation, inquiry, opportunity
    { "doc_id",         text,      "单据号" },
    { "product_id",     text,      "产品", to = "product" },
    -- 技术支持/原材料价格及交货期调研
    { "kind",           enum { "technical_support", "material_survey" }, "支持类别" },
    { "done_by",        text,      "完成人", to = "employee" },
    { "done_at",        timestamp, "完成时间" },
    { "material_price", money,     "原材料价格" },
    { "lead_time_days", int,       "交货期" },
  },
  absence = {
    product_id = { role = "acquits", en = "support names no product: it is for all products of its document",
      zh = "支持记录未列产品：视为针对单据全部产品" },
  },
  references = {
    document = { kind = "doc_kind", id = "doc_id" },
  },
  period   = "done_at",
  actor    = "done_by",
}

table "negotiation" {
  zh  = "谈判",
  key = { "negotiation_id" },
  fields = {
    { "negotiation_id",      text,      "编号" },
    { "customer_id",         text,      "客户", to = "customer" },
    { "opportunity_id",      text,      "项目", to = "opportunity" },
    { "quotation_id",        text,      "报价", to = "quotation" },
    { "contract_id",         text,      "合同", to = "contract" },
    { "kind",                enum { "commercial", "technical" }, "类别" }, -- 商务/技术
    { "held_on",             date,      "日期", empty = "unknown" },
    { "reported_at",         timestamp, "向销售部经理通报", recorded = "maybe" },
    { "reported_to",         text,      "通报对象", to = "employee" },
    { "result_confirmed_at", timestamp, "谈判结果确认", recorded = "maybe" },
  },
  absence = {
    opportunity_id = { en = "negotiations name no project: those of the contract or quotation count",
      zh = "谈判未列销售项目：按合同或报价认定" },
    quotation_id = { en = "negotiations name no quotation: those of the contract or project count",
      zh = "谈判未列报价：按合同或项目认定" },
  },
  reverse = {
    participants = { "negotiation_participant", by = "negotiation" },
  },
  period   = "held_on",
  customer = "customer_id",
}

table "negotiation_participant" {
  zh  = "谈判小组",
  key = { "negotiation_id", "employee_id" },
  fields = {
    { "negotiation_id", text, "谈判", to = "negotiation" },
    { "employee_id",    text, "成员", to = "employee", people = "employees" },
    { "role",           text, "代表岗位" },
  },
  period   = "negotiation.held_on",
  customer = "negotiation.customer_id",
  actor    = "employee_id",
}

table "technical_agreement" {
  zh  = "技术协议",
  key = { "agreement_id" },
  fields = {
    { "agreement_id",          text, "编号" },
    { "customer_id",           text, "客户", to = "customer" },
    { "opportunity_id",        text, "项目", to = "opportunity" },
    { "contract_id",           text, "合同", to = "contract" },
    { "signed_on",             date, "签订日" },
    { "has_commercial_terms",  bool, "商务条款" },
    { "has_statement_of_work", bool, "工作说明书" },
    { "commercial_by",         text, "商务条款负责", to = "employee" }, -- 营销员
    { "technical_by",          text, "工作说明书负责", to = "employee" }, -- 技术部
  },
  absence = {
    opportunity_id = { en = "agreements name no project: those of the contract count",
      zh = "技术合同未列销售项目：按合同认定" },
  },
  period   = "signed_on",
  customer = "customer_id",
  actor    = "commercial_by",
}
