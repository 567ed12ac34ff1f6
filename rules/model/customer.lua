-- SPDX-License-Identifier: MIT
-- Customers, their files, credit and credit history.

table "customer" {
  zh  = "客户",
  key = { "customer_id" },
  absent = { ids = true,
    en = "customers are known by their numbers alone: the master was not imported",
    zh = "未提供客户档案：仅按单据所列客户编号识别",
  },
  fields = {
    { "customer_id",          text,      "客户编号" },
    { "name",                 text,      "客户名称" },
    { "tax_id",               text,      "税号" },
    { "address",              text,      "地址" },
    { "phone",                text,      "电话" },
    { "owner_name",           text,      "所有者" },
    { "operating_manager",    text,      "经营经理" },
    { "legal_representative", text,      "法人" },
    { "established_on",       date,      "成立时间" },
    { "first_trade_on",       date,      "与公司的交易时间" },
    { "organisation_type",    text,      "商业组织类型" },
    { "industry",             text,      "行业" },
    { "total_assets",         money,     "资产" },
    -- 政府/特殊公司/普通公司/个人消费者/商业伙伴
    { "nature",               enum {
        "government", "special_company", "company", "consumer", "partner",
      }, "客户性质" },
    -- 潜在/计划/正在/过去
    { "lifecycle",            enum { "prospect", "planned", "current", "past" }, "交易流程" },
    { "grade",                enum { "A", "B", "C" }, "客户等级" }, -- A 主要, B 一般, C 分散
    -- 直接客户/代理商/经销商/系统集成商
    { "channel_role",         enum { "direct", "agent", "distributor", "integrator" }, "渠道角色" },
    { "sales_region_id",      text,      "区域", to = "sales_region" },
    { "route_id",             text,      "巡访路线" },
    { "salesperson_id",       text,      "责任销售员", to = "employee", people = "employees" },
    { "is_key",               bool,      "重要客户" },
    { "created_at",           timestamp, "建档时间" },
    { "updated_at",           timestamp, "最近更新" },
    { "created_by",           text,      "建档人", to = "employee" },
    { "status",               enum { "active", "inactive", "deleted" }, "状态" }, -- 正常/停用/删除
    { "parent_id",            text,      "集团客户", to = "customer" },
  },
  absence = {
    grade = { en = "customers have no grades: prices and rules for all are taken",
      zh = "客户未分等级：适用不分等级的价格与规则" },
    sales_region_id = { en = "customers have no regions: prices for all regions are taken",
      zh = "客户未列区域：适用不分区域的价格" },
    is_key = { value = "false", role = "acquits", en = "no customer is a key customer: they are not marked",
      zh = "客户未标识重要客户：视为均非重要客户" },
    status = { en = "all customers are active: the list has no status",
      zh = "客户未列状态：视为均正常" },
    parent_id = { en = "no customer belongs to a group: the list has no parents",
      zh = "客户未列集团客户：视为无集团关系" },
  },
  reverse = {
    -- the file
    archive_sections        = { "customer_archive_section", by = "customer" },
    archive_records         = { "archive_record", by = "document" },
    group_members           = { "customer", by = "parent" },
    master_changes          = { "master_change", by = "record" },
    -- credit
    credits                 = { "customer_credit", by = "customer" },
    credit_events           = { "credit_event", by = "customer" },
    -- before the sale
    leads                   = { "lead", by = "customer" },
    visits                  = { "visit", by = "customer" },
    -- the sale
    contracts               = { "contract", by = "customer" },
    orders                  = { "sales_order", by = "customer" },
    deliveries              = { "delivery", by = "customer" },
    return_requests         = { "return_request", by = "customer" },
    service_requests        = { "service_request", by = "customer" },
    consignment_agreements  = { "consignment_agreement", by = "customer" },
    consignment_settlements = { "consignment_settlement", by = "customer" },
    -- the money
    invoices                = { "invoice", by = "customer" },
    receivables             = { "receivable_entry", by = "customer" },
    receipts                = { "receipt", by = "customer" },
    netting_entries         = { "netting_entry", by = "customer" },
    write_offs              = { "write_off", by = "customer" },
    opening_balances        = { "opening_balance", by = "customer" },
    collection_actions      = { "collection_action", by = "customer" },
  },
  customer = "customer_id",
  actor    = "salesperson_id",
}

table "customer_archive_section" {
  zh  = "客户档案内容",
  key = { "customer_id", "section" },
  fields = {
    { "customer_id", text,      "客户", to = "customer" },
    -- 基本信息/客户特征/业务状况/交易活动状态/目标客户基本/产业链/生产经营/在用产品
    { "section",     enum {
        "basic", "characteristics", "business_status", "trading_status", "target_basic",
        "target_chain", "target_operation", "installed_base",
      }, "内容类别" },
    { "is_complete", bool,      "是否齐全" },
    -- 访谈/客户填表/专业调查/公开
    { "source",      enum { "sales_visit", "customer_form", "agency_survey", "public" }, "来源" },
    { "updated_at",  timestamp, "更新时间" },
    { "updated_by",  text,      "更新人", to = "employee" },
    { "verified_at", timestamp, "审查时间" },
    { "verified_by", text,      "审查人", to = "employee" },
  },
  customer = "customer_id",
  actor    = "updated_by",
}

table "customer_credit" {
  zh  = "客户信用",
  key = { "customer_id", "valid_from" },
  fields = {
    { "customer_id",        text,  "客户", to = "customer" },
    { "credit_rating",      text,  "信用等级" },
    { "credit_limit",       money, "信用额度" },
    { "payment_terms_days", int,   "交易条件" }, -- 账期天数
    -- 预付/现结/赊销/委托代销
    { "trade_mode",         enum { "prepay", "cash", "credit", "consignment" }, "交易处理方式" },
    { "assessed_on",        date,  "评估日期", recorded = "maybe" },
    { "assessment_source",  text,  "评估来源" },
    { "set_by",             text,  "维护人", to = "employee" },
    { "valid_from",         date,  "生效" },
    { "valid_to",           date,  "失效" },
    { "terms_basis",        enum { "invoice", "delivery", "month_end" }, "起算" }, -- 开票/发货/月结
    { "company_id",         text,  "账套", to = "company" },
    { "currency",           text,  "币种" },
  },
  absence = {
    valid_to = { en = "terms are in force until the next: no end is given",
      zh = "客户信用未列失效日：视为持续有效至下次调整" },
    terms_basis = { role = "acquits", en = "approved terms name no basis: days are compared alone",
      zh = "客户信用未列起算方式：仅比较天数" },
    company_id = { en = "limits and terms hold for every company: none is named",
      zh = "客户信用未列账套：视为适用于各账套" },
    currency = { from = { "company.currency", { currency = true } }, role = "neither",
      en = "credit terms state no currency: taken as the home currency",
      zh = "客户信用未列币种：视为本位币" },
  },
  references = {
    policy = { "credit_policy", match = { { "credit_rating", "credit_rating" } }, optional = true },
  },
  reverse = {
    approvals      = { "approval", by = "document" },
    master_changes = { "master_change", by = "record" },
  },
  customer = "customer_id",
  actor    = "set_by",
  currency = "currency",
}

table "credit_policy" {
  zh  = "信用政策",
  key = { "credit_rating" },
  fields = {
    { "credit_rating",    text,  "信用等级" },
    { "max_credit_limit", money, "最高额度" },
    { "max_terms_days",   int,   "最长账期" },
    { "trade_mode",       text,  "允许的交易方式" },
    { "currency",         text,  "币种" },
  },
  absence = {
    currency = { from = { { currency = true } }, role = "neither",
      en = "credit policies state no currency: taken as the home currency",
      zh = "信用政策未列币种：视为本位币" },
  },
  currency = "currency",
}

table "credit_event" {
  zh  = "信用问题记录",
  key = { "event_id" },
  fields = {
    { "event_id",    text,  "编号" },
    { "customer_id", text,  "客户", to = "customer" },
    -- 逾期/争议/退票/坏账/欺诈
    { "kind",        enum { "overdue", "dispute", "bounced", "bad_debt", "fraud" }, "信用问题" },
    { "occurred_on", date,  "发生日", empty = "unknown" },
    { "resolved_on", date,  "解决日" },
    { "amount",      money, "金额" },
  },
  absence = {
    resolved_on = { role = "accuses", en = "no credit problem was resolved: the list does not say",
      zh = "信用问题未列解决日：视为均未解决" },
  },
  period   = "occurred_on",
  customer = "customer_id",
}
