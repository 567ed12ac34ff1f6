-- SPDX-License-Identifier: MIT
-- Weekly commitments and monthly forecasts.

table "weekly_commitment" {
  zh  = "周度承诺",
  key = { "commitment_id" },
  fields = {
    { "commitment_id", text,      "编号" },
    { "employee_id",   text,      "承诺人", to = "employee", people = "employees" }, -- 客户经理/大区经理
    { "week_start",    date,      "周" },
    { "submitted_at",  timestamp, "上交" },
    { "commit_amount", money,     "承诺" },
    { "upside_amount", money,     "UPSIDE" },
    { "week_target",   decimal,   "周目标" }, -- 线性
  },
  reverse = {
    lines = { "weekly_commitment_line", by = "commitment" },
  },
  period   = "week_start",
  actor    = "employee_id",
}

table "weekly_commitment_line" {
  zh  = "承诺清单",
  key = { "commitment_id", "opportunity_id" },
  fields = {
    { "commitment_id",     text,  "承诺", to = "weekly_commitment" },
    { "opportunity_id",    text,  "项目", to = "opportunity" },
    { "kind",              enum { "commit", "upside" }, "类别" }, -- 承诺/UPSIDE
    { "amount",            money, "金额", empty = "unknown" },
    { "probability",       int,   "可靠性" },
    { "config_final",      bool,  "配置已确定" },
    { "end_user_signed",   bool,  "最终用户已签约" },
    { "integrator_signed", bool,  "集成商已签约" }, -- SI 与第二级 SI 签署合同
    { "discount_approved", bool,  "特殊折扣已批" },
    { "partner_ready",     bool,  "伙伴已备单" }, -- 合作伙伴已准备好下订单
  },
  period   = "commitment.week_start",
  customer = "opportunity.customer_id",
  actor    = "commitment.employee_id",
}

table "forecast" {
  zh  = "月度预测",
  key = { "forecast_id" },
  fields = {
    { "forecast_id",  text,      "编号" },
    { "employee_id",  text,      "上报人", to = "employee", people = "employees" },
    { "as_of_month",  text,      "月份" }, -- YYYY-MM
    { "submitted_at", timestamp, "上交" },
  },
  reverse = {
    lines         = { "forecast_line", by = "forecast" },
    opportunities = { "forecast_opportunity", by = "forecast" },
  },
  period   = "as_of_month",
  actor    = "employee_id",
}

table "forecast_line" {
  zh  = "预测明细",
  key = { "forecast_id", "month" },
  fields = {
    { "forecast_id",     text,  "预测", to = "forecast" },
    { "month",           text,  "月份" }, -- YYYY-MM
    { "forecast_amount", money, "预测", empty = "unknown" },
    { "commit_amount",   money, "承诺" },
    { "upside_amount",   money, "UPSIDE" },
    { "pipeline_amount", money, "通路" }, -- 潜在客户
    { "target_amount",   money, "目标" },
  },
  period   = "forecast.as_of_month",
  actor    = "forecast.employee_id",
}

table "forecast_opportunity" {
  zh  = "月度项目名单",
  key = { "forecast_id", "opportunity_id" },
  fields = {
    { "forecast_id",    text,  "预测", to = "forecast" },
    { "opportunity_id", text,  "项目", to = "opportunity" },
    { "month",          text,  "月份" }, -- YYYY-MM
    { "amount",         money, "金额", empty = "unknown" },
    { "probability",    int,   "可能性" },
  },
  period   = "forecast.as_of_month",
  customer = "opportunity.customer_id",
  actor    = "forecast.employee_id",
}

table "action_plan" {
  zh  = "每月行动计划",
  key = { "plan_id" },
  fields = {
    { "plan_id",     text,      "编号" },
    { "employee_id", text,      "客户经理", to = "employee", people = "employees" },
    { "manager_id",  text,      "大区经理", to = "employee", people = "employees" },
    { "month",       text,      "月份" }, -- YYYY-MM
    { "agreed_at",   timestamp, "制订时间" },
  },
  absence = {
    manager_id = { from = "employee.manager_id", en = "action plans name no manager: the employee's own is taken",
      zh = "行动计划未列大区经理：取员工直接上级" },
  },
  period   = "month",
  actor    = "employee_id",
}
