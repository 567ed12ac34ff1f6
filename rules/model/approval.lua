-- SPDX-License-Identifier: MIT
-- Who may approve what, up to which amount, and every decision taken.

-- The approval matrix: which role decides which step of which kind of
-- approval, in the band [amount_from, amount_to).
table "approval_rule" {
  zh  = "审批矩阵",
  key = { "rule_id" },
  absent = {
    contradicted = { "master_change.table_name=approval_rule" },
    en = "no approval matrix was imported: the last step on record is final, roles are those of the parameters",
    zh = "未提供审批矩阵：以记录的最后一步为终审，岗位按控制参数",
  },
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
  absence = {
    doc_kind = { en = "rules hold for every kind of document: none is named",
      zh = "审批矩阵未列单据种类：视为适用于各类单据" },
    step_no = { value = "1", en = "the matrix has one step: steps are not numbered",
      zh = "审批矩阵未列步骤：视为一级审批" },
    amount_from = { en = "bands begin at zero: no lower limit is given",
      zh = "审批矩阵未列金额下限：视为无下限" },
    amount_to = { en = "bands are open above: no upper limit is given",
      zh = "审批矩阵未列金额上限：视为无上限" },
    valid_from = { en = "rules were in force throughout: no beginning is given",
      zh = "审批矩阵未列生效日：视为一直有效" },
    valid_to = { en = "rules are still in force: no end is given",
      zh = "审批矩阵未列失效日：视为一直有效" },
    currency = { from = { { currency = true } }, role = "neither",
      en = "approval rules state no currency: taken as the home currency",
      zh = "审批矩阵未列币种：视为本位币" },
  },
  currency = "currency",
}

table "delegation" {
  zh  = "授权书",
  key = { "delegation_id" },
  absent = { role = "accuses",
    contradicted = { "master_change.table_name=delegation" },
    en = "no authority was delegated: no letters of delegation were imported",
    zh = "未提供授权书：视为无授权",
  },
  fields = {
    { "delegation_id", text,      "授权编号" },
    { "grantor_id",    text,      "授权人", to = "employee", people = "employees" },
    { "grantee_id",    text,      "被授权人", to = "employee", people = "employees" },
    { "doc_kind",      text,      "单据种类" }, -- a table's name
    { "amount_limit",  money,     "授权限额" },
    { "valid_from",    date,      "生效" },
    { "valid_to",      date,      "失效" },
    { "approval_kind", text,      "审批种类" },
    { "granted_at",    timestamp, "授权时间" },
    { "revoked_at",    timestamp, "撤销时间" },
    { "currency",      text,      "币种" },
  },
  absence = {
    doc_kind = { role = "acquits", en = "delegations hold for every kind of document: none is named",
      zh = "授权书未列单据种类：视为适用于各类单据" },
    valid_from = { role = "acquits", en = "delegations were in force throughout: no beginning is given",
      zh = "授权书未列生效日：视为一直有效" },
    valid_to = { role = "acquits", en = "delegations are still in force: no end is given",
      zh = "授权书未列失效日：视为一直有效" },
    approval_kind = { role = "acquits", en = "delegations hold for every kind of approval: none is named",
      zh = "授权书未列审批种类：视为适用于各类审批" },
    granted_at = { role = "acquits",
      en = "delegations were given before they were used: the day of giving is not listed",
      zh = "授权书未列授权时间：视为使用前已授权" },
    revoked_at = { role = "acquits", en = "no delegation was revoked: the list does not say",
      zh = "授权书未列撤销时间：视为未撤销" },
    currency = { from = { { currency = true } }, role = "neither",
      en = "delegations state no currency: taken as the home currency",
      zh = "授权书未列币种：视为本位币" },
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
    { "max_discount_pct", decimal, "可批折扣上限", empty = "unknown" },
    { "valid_from",       date,    "生效" },
    { "valid_to",         date,    "失效" },
  },
  absence = {
    abc_class = { en = "authority holds for products of every class: none is named",
      zh = "折扣权限未列产品级别：视为适用于各级产品" },
    valid_from = { en = "authority was in force throughout: no beginning is given",
      zh = "折扣权限未列生效日：视为一直有效" },
    valid_to = { en = "authority is still in force: no end is given",
      zh = "折扣权限未列失效日：视为一直有效" },
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
  absent = {
    en = "no approval is on record: approvals were not imported",
    zh = "未提供审批记录：视为无审批，以单据表头为准",
  },
  fields = {
    { "approval_id",    text,      "审批号" },
    { "doc_kind",       text,      "单据种类" }, -- a table's name
    { "doc_id",         text,      "单据号" }, -- its key, columns joined by /
    { "approval_kind",  text,      "审批种类" }, -- as in approval_rule
    { "step_no",        int,       "步骤", recorded = "maybe" },
    { "role",           text,      "审批岗位" },
    { "requested_by",   text,      "提请人", to = "employee" },
    { "requested_at",   timestamp, "提请时间" },
    { "approver_id",    text,      "审批人", to = "employee" },
    -- 同意/驳回/待审/撤回/弃审
    { "decision",       enum { "approve", "reject", "pending", "withdraw", "unapprove" }, "决定" },
    { "opinion",        text,      "签署意见", recorded = "maybe" },
    { "decided_at",     timestamp, "审批时间" },
    { "doc_amount",     money,     "审批时金额" },
    -- 批准的价格或额度; an approval covers only the value it names, if it names one
    { "approved_value", text,      "批准值" },
    { "round_no",       int,       "轮次" },
    { "currency",       text,      "币种" },
  },
  absence = {
    step_no = { value = "1", en = "there is one step of approval: steps are not numbered",
      zh = "审批记录未列步骤：视为一级审批" },
    role = { en = "approvals name no role: the roles that the approver held are taken",
      zh = "审批记录未列岗位：取审批人任职岗位" },
    round_no = { en = "rounds of approval are not numbered: each rejection takes back what was approved before",
      zh = "审批记录未列轮次：每次驳回均使此前审批失效" },
    approved_value = { role = "acquits", en = "approvals name no price or limit: they cover what was done",
      zh = "审批记录未列批准值：视为对实际价格、额度的批准" },
    currency = { from = { { currency = true } }, role = "neither",
      en = "approvals state no currency: taken as that of the document, else the home currency",
      zh = "审批记录未列币种：取所审单据的币种，否则视为本位币" },
  },
  references = {
    document = { kind = "doc_kind", id = "doc_id" },
    role_rank = { "role_rank", match = { { "role", "role" } }, optional = true },
  },
  period   = { "decided_at", otherwise = "requested_at" },
  actor    = "approver_id",
  currency = "currency",
}
