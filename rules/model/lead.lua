-- SPDX-License-Identifier: MIT
-- From a first contact to a sales project: leads, visits, meetings, opportunities.

table "lead" {
  zh  = "准客户",
  key = { "lead_id" },
  fields = {
    { "lead_id",        text,      "编号" },
    { "customer_id",    text,      "客户", to = "customer" },
    { "customer_name",  text,      "名称" },
    { "source",         text,      "来源渠道" },
    { "received_on",    date,      "获取日" },
    { "salesperson_id", text,      "销售顾问", to = "employee", people = "employees" },
    { "has_intent",     bool,      "购买意向" },
    { "intent_on",      date,      "意向确认日" },
    { "submitted_at",   timestamp, "送交销售主管" },
    { "registered_by",  text,      "登记人", to = "employee" }, -- 销售主管
    { "registered_at",  timestamp, "登记时间" },
    { "notified_at",    timestamp, "通知销售顾问" },
    { "qualified_at",   timestamp, "资格认定" },
    { "closed_on",      date,      "成交日" },
    { "handed_over_at", timestamp, "转交客户服务主管" },
    { "handed_over_to", text,      "接收人", to = "employee" },
  },
  reverse = {
    visits        = { "visit", by = "lead" },
    opportunities = { "opportunity", by = "lead" },
  },
  period   = "received_on",
  customer = "customer_id",
  actor    = "salesperson_id",
}

table "visit_plan" {
  zh  = "客户拜访计划",
  key = { "plan_id" },
  fields = {
    { "plan_id",        text,      "编号" },
    { "salesperson_id", text,      "销售员", to = "employee", people = "employees" },
    { "period_kind",    enum { "month", "week", "day" }, "周期" }, -- 月/周/日
    { "period_start",   date,      "周期起" },
    { "customer_id",    text,      "客户", to = "customer" },
    { "is_focus",       bool,      "重点" },
    { "submitted_at",   timestamp, "汇报时间" },
    { "reviewed_by",    text,      "确认人", to = "employee" }, -- 指导并确认
    { "reviewed_at",    timestamp, "确认时间" },
  },
  absence = {
    is_focus = { value = "false", role = "acquits", en = "no visit is marked as a focus",
      zh = "拜访计划未标识重点：视为均非重点" },
  },
  reverse = {
    visits = { "visit", by = "plan" },
  },
  period   = "period_start",
  customer = "customer_id",
  actor    = "salesperson_id",
}

table "visit" {
  zh  = "拜访记录",
  key = { "visit_id" },
  fields = {
    { "visit_id",               text,      "编号" },
    { "plan_id",                text,      "计划", to = "visit_plan" },
    { "salesperson_id",         text,      "销售员", to = "employee", people = "employees" },
    { "customer_id",            text,      "客户", to = "customer" },
    { "lead_id",                text,      "准客户", to = "lead" },
    -- 接待/新客户/回访/服务
    { "kind",                   enum { "reception", "new", "return_visit", "service" }, "类别" },
    { "visited_on",             date,      "日期", empty = "unknown" },
    { "report_submitted_at",    timestamp, "拜访日报提交" },
    { "profile_form_at",        timestamp, "信息表填写" }, -- 《目标客户基本信息情况统计表》
    { "reported_in_meeting_id", text,      "例会汇报", to = "meeting" },
  },
  period   = "visited_on",
  customer = "customer_id",
  actor    = "salesperson_id",
}

table "work_log" {
  zh  = "工作日志",
  key = { "employee_id", "log_date" },
  fields = {
    { "employee_id",  text,      "销售员", to = "employee", people = "employees" },
    { "log_date",     date,      "日期", empty = "unknown" },
    { "submitted_at", timestamp, "提交时间" },
  },
  period   = "log_date",
  actor    = "employee_id",
}

table "meeting" {
  zh  = "会议",
  key = { "meeting_id" },
  fields = {
    { "meeting_id",  text,      "编号" },
    -- 销售例会/承诺评审/预测评审/回款分析
    { "kind",        enum {
        "weekly_sales", "commit_review", "forecast_review", "collection_analysis",
      }, "会议类别" },
    { "held_at",     timestamp, "时间", empty = "unknown" },
    { "chair_id",    text,      "主持", to = "employee" },
    { "minutes_ref", text,      "会议记录" },
  },
  reverse = {
    attendance = { "meeting_attendance", by = "meeting" },
    visits     = { "visit", by = "reported_in_meeting" },
  },
  period   = "held_at",
  actor    = "chair_id",
}

table "meeting_attendance" {
  zh  = "会议汇报",
  key = { "meeting_id", "employee_id" },
  fields = {
    { "meeting_id",  text, "会议", to = "meeting" },
    { "employee_id", text, "参加人", to = "employee", people = "employees" },
    { "reported",    bool, "已汇报" },
  },
  period   = "meeting.held_at",
  actor    = "employee_id",
}

table "opportunity" {
  zh  = "销售项目",
  key = { "opportunity_id" },
  fields = {
    { "opportunity_id",    text,  "编号" },
    { "lead_id",           text,  "线索", to = "lead" },
    { "customer_id",       text,  "客户", to = "customer" },
    { "salesperson_id",    text,  "客户经理", to = "employee", people = "employees" },
    { "amount",            money, "金额", empty = "unknown" },
    { "probability",       int,   "可能性" }, -- 0-100
    { "status",            enum { "open", "won", "lost" }, "状态" }, -- 进行中/成交/丢单
    { "created_on",        date,  "创建" },
    { "expected_close_on", date,  "预计签约日" },
    { "closed_on",         date,  "关闭日" },
  },
  reverse = {
    events               = { "opportunity_event", by = "opportunity" },
    quotations           = { "quotation", by = "opportunity" },
    negotiations         = { "negotiation", by = "opportunity" },
    technical_agreements = { "technical_agreement", by = "opportunity" },
    contracts            = { "contract", by = "opportunity" },
    forecast_entries     = { "forecast_opportunity", by = "opportunity" },
    commitment_lines     = { "weekly_commitment_line", by = "opportunity" },
    support_records      = { "support_record", by = "document" },
    archive_records      = { "archive_record", by = "document" },
  },
  period   = "created_on",
  customer = "customer_id",
  actor    = "salesperson_id",
}

table "opportunity_event" {
  zh  = "销售阶段事件",
  key = { "opportunity_id", "occurred_at", "event" },
  fields = {
    { "opportunity_id",    text,      "项目", to = "opportunity" },
    -- 见面/研讨演示/总部参观/决策流程/活动预算/签约日期/演示测试/最终方案/专家通过/客户认可/
    -- 管理层决定/客户选择/谈判完成/下单
    { "event",             enum {
        "meeting", "seminar_demo", "hq_visit", "decision_process_confirmed",
        "activity_budget_confirmed", "close_date_known", "demo_test_done", "solution_final",
        "expert_approved", "customer_recognised", "management_decided", "customer_selected",
        "negotiation_done", "order_placed",
      }, "事件" },
    { "occurred_at",       timestamp, "时间", empty = "unknown" },
    { "probability_after", int,       "事后可能性" },
    { "evidence_ref",      text,      "证据" },
  },
  period   = "occurred_at",
  customer = "opportunity.customer_id",
  actor    = "opportunity.salesperson_id",
}
