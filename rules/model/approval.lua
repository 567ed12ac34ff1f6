-- SPDX-License-Identifier: MIT
-- Who may approve what, up to which amount, and every decision taken.

-- The approval matrix: which role decides which step of which kind of
-- approval, in the band [amount_from, amount_to).
table "approval_rule" {
  zh  = "审批矩阵",
  key = { "rule_id" },
  fields = {
    { "rule_id",       text,  "规则号" },
    { "doc_kind",      text,  "单据种类" }, -- a table's name
    -- order_approval, contract_approval, concession, special_price, credit_override, change, plan, write_off ...
    { "approval_kind", text,  "审批种类" },
    { "step_no",       int,   "步骤" },
    { "role",          text,  "应审岗位" },
    { "amount_from",   money, "金额下限" }, -- inclusive
    { "amount_to",     money, "金额上限" }, -- exclusive
    { "max_days",      int,   "时限" }, -- working days; 0 当日
    { "valid_from",    date,  "生效" },
    { "valid_to",      date,  "失效" },
    { "currency",      text,  "币种" },
  },
  currency = "currency",
}

table "delegation" {
  zh  = "授权书",
  key = { "delegation_id" },
  fields = {
    { "delegation_id", text,      "授权编号" },
    { "grantor_id",    text,      "授权人", to = "employee" },
    { "grantee_id",    text,      "被授权人", to = "employee" },
    { "doc_kind",      text,      "单据种类" }, -- a table's name
    { "amount_limit",  money,     "授权限额" },
    { "valid_from",    date,      "生效" },
    { "valid_to",      date,      "失效" },
    { "approval_kind", text,      "审批种类" },
    { "granted_at",    timestamp, "授权时间" },
    { "revoked_at",    timestamp, "撤销时间" },
    { "currency",      text,      "币种" },
  },
  actor    = "grantor_id",
  currency = "currency",
}

-- The largest discount a role may grant, in percent; without an abc_class for every product.
table "discount_authority" {
  zh  = "折扣权限",
  key = { "role", "abc_class?", "valid_from?" },
  fields = {
    { "role",             text,    "岗位" },
    { "abc_class",        enum { "A", "B", "C" }, "产品级别" },
    { "max_discount_pct", decimal, "可批折扣上限" },
    { "valid_from",       date,    "生效" },
    { "valid_to",         date,    "失效" },
  },
  references = {
    role_rank = { "role_rank", match = { { "role", "role" } }, optional = true },
  },
}

-- One row for each step of each round; withdrawn and reversed decisions stay.
-- Placed by the decision; a pending step by its request.
table "approval" {
  zh  = "审批记录",
  key = { "approval_id" },
  fields = {
    { "approval_id",    text,      "审批号" },
    { "doc_kind",       text,      "单据种类" }, -- a table's name
    { "doc_id",         text,      "单据号" }, -- its key, columns joined by /
    { "approval_kind",  text,      "审批种类" }, -- as in approval_rule
    { "step_no",        int,       "步骤" },
    { "role",           text,      "审批岗位" },
    { "requested_by",   text,      "提请人", to = "employee" },
    { "requested_at",   timestamp, "提请时间" },
    { "approver_id",    text,      "审批人", to = "employee" },
    -- 同意/驳回/待审/撤回/弃审
    { "decision",       enum { "approve", "reject", "pending", "withdraw", "unapprove" }, "决定" },
    { "opinion",        text,      "签署意见" },
    { "decided_at",     timestamp, "审批时间" },
    { "doc_amount",     money,     "审批时金额" },
    -- 批准的价格或额度; an approval covers only the value it names, if it names one
    { "approved_value", text,      "批准值" },
    { "round_no",       int,       "轮次" },
    { "currency",       text,      "币种" },
  },
  references = {
    document = { kind = "doc_kind", id = "doc_id" },
    role_rank = { "role_rank", match = { { "role", "role" } }, optional = true },
  },
  period   = { "decided_at", otherwise = "requested_at" },
  actor    = "approver_id",
  currency = "currency",
}
