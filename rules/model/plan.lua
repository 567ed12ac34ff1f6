-- SPDX-License-Identifier: MIT
-- Sales plans, targets, budgets, expenses, commissions and periodic reports.

table "sales_plan" {
  zh  = "销售计划",
  key = { "plan_id" },
  fields = {
    { "plan_id",      text,      "编号" },
    -- 计划/政策/策略/费用计划
    { "kind",         enum { "plan", "policy", "strategy", "expense_plan" }, "类别" },
    { "period_kind",  enum { "year", "quarter", "month", "week" }, "周期" }, -- 年/季/月/周
    { "period_start", date,      "起" },
    { "org_unit_id",  text,      "部门", to = "org_unit" },
    { "approved_by",  text,      "批准", to = "employee" },
    { "approved_at",  timestamp, "批准时间" },
  },
  reverse = {
    changes   = { "sales_plan_change", by = "plan" },
    approvals = { "approval", by = "document" },
  },
  period   = "period_start",
  actor    = "approved_by",
}

table "sales_plan_change" {
  zh  = "计划调整",
  key = { "change_id" },
  absent = {
    en = "no plan was changed: changes were not imported",
    zh = "未提供计划调整：视为计划未调整",
  },
  fields = {
    { "change_id",  text,      "编号" },
    { "plan_id",    text,      "计划", to = "sales_plan" },
    { "target_id",  text,      "目标", to = "sales_target" },
    { "changed_by", text,      "调整人", to = "employee" },
    { "changed_at", timestamp, "时间" },
    { "old_value",  decimal,   "原值" },
    { "new_value",  decimal,   "新值" },
  },
  reverse = {
    approvals = { "approval", by = "document" },
  },
  period   = "changed_at",
  actor    = "changed_by",
}

table "sales_target" {
  zh  = "销售目标",
  key = { "target_id" },
  fields = {
    { "target_id",       text,    "编号" },
    { "parent_id",       text,    "上级目标", to = "sales_target" },
    { "period_kind",     enum { "year", "quarter", "month", "week", "day" }, "周期" }, -- 年/季/月/周/日
    { "period_start",    date,    "起" },
    { "period_end",      date,    "止" },
    { "org_unit_id",     text,    "部门", to = "org_unit" },
    { "employee_id",     text,    "个人", to = "employee", people = "employees" },
    { "product_id",      text,    "产品", to = "product" },
    { "sales_region_id", text,    "区域", to = "sales_region" },
    -- 销售额/数量/回款/合同/新客户/市场占有率/渗透率
    { "metric",          enum {
        "sales_amount", "quantity", "receipts", "contracts", "new_customers", "market_share",
        "penetration",
      }, "指标" },
    { "target_value",    decimal, "目标值", empty = "unknown" },
    { "raised_value",    decimal, "调高后的目标" },
  },
  absence = {
    parent_id = { role = "acquits", en = "no target is part of another: the list has no parents",
      zh = "销售目标未列上级目标：视为各目标独立" },
    raised_value = { en = "targets were not raised: the list does not say",
      zh = "销售目标未列调高目标：视为未调高" },
  },
  reverse = {
    parts   = { "sales_target", by = "parent" },
    changes = { "sales_plan_change", by = "target" },
  },
  period   = "period_start",
  actor    = "employee_id",
}

table "budget_line" {
  zh  = "费用预算",
  key = { "budget_id" },
  fields = {
    { "budget_id",   text,  "编号" },
    { "org_unit_id", text,  "部门", to = "org_unit" },
    { "period",      text,  "期间" }, -- YYYY-MM
    { "category",    text,  "费用类别" },
    { "amount",      money, "预算", empty = "unknown" },
  },
  references = {
    accounting_period = { "accounting_period", match = { { "period", "period" } }, optional = true },
  },
  period   = "period",
}

table "expense" {
  zh  = "销售费用",
  key = { "expense_id" },
  fields = {
    { "expense_id",  text,  "编号" },
    { "org_unit_id", text,  "部门", to = "org_unit" },
    { "employee_id", text,  "经手", to = "employee", people = "employees" },
    { "activity_id", text,  "活动", to = "marketing_activity" },
    { "category",    text,  "类别" },
    { "spent_on",    date,  "日期", empty = "unknown" },
    { "amount",      money, "金额", empty = "unknown" },
  },
  absence = {
    org_unit_id = { from = "employee.org_unit_id", en = "expenses name no department: that of the employee is taken",
      zh = "费用未列部门：取经手人所属部门" },
  },
  period   = "spent_on",
  actor    = "employee_id",
}

table "marketing_activity" {
  zh  = "市场活动",
  key = { "activity_id" },
  fields = {
    { "activity_id",       text,      "编号" },
    { "planned_on",        date,      "日期" },
    { "budget_amount",     money,     "经费" },
    { "plan_submitted_at", timestamp, "行动计划提交" },
    { "plan_approved_by",  text,      "批准", to = "employee" },
    { "plan_approved_at",  timestamp, "批准时间" },
    { "evaluated_at",      timestamp, "效果评估" },
  },
  reverse = {
    expenses  = { "expense", by = "activity" },
    approvals = { "approval", by = "document" },
  },
  period   = "planned_on",
  actor    = "plan_approved_by",
}

table "commission" {
  zh  = "佣金",
  key = { "commission_id" },
  fields = {
    { "commission_id", text,    "编号" },
    { "employee_id",   text,    "销售员", to = "employee", people = "employees" },
    { "contract_id",   text,    "合同", to = "contract" },
    { "period",        text,    "期间" }, -- YYYY-MM
    { "base_amount",   money,   "基数", empty = "unknown" },
    { "rate",          decimal, "比率", empty = "unknown" },
    { "amount",        money,   "佣金", empty = "unknown" },
  },
  references = {
    accounting_period = { "accounting_period", match = { { "period", "period" } }, optional = true },
  },
  period   = "period",
  customer = "contract.customer_id",
  actor    = "employee_id",
  currency = "contract.currency",
}

table "periodic_report" {
  zh  = "定期报告",
  key = { "report_id" },
  fields = {
    { "report_id",    text,      "编号" },
    -- 市场信息/月度费用/销售统计/计划评审/价格评审/费用趋势/绩效评价/销售总结
    { "kind",         enum {
        "market_info", "expense_monthly", "sales_statistics", "plan_review", "price_review",
        "cost_trend", "performance_review", "sales_summary",
      }, "类别" },
    { "period_kind",  enum { "week", "month", "quarter", "year" }, "周期" }, -- 周/月/季/年
    { "period_start", date,      "起" },
    { "org_unit_id",  text,      "部门", to = "org_unit" },
    { "employee_id",  text,      "个人", to = "employee", people = "employees" },
    { "submitted_at", timestamp, "提交" },
  },
  period   = "period_start",
  actor    = "employee_id",
}
